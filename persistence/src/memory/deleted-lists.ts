import { mayDelete } from '../giving.ts'
import { type Directory, RESTORE_DAYS, type UserId } from '../ports.ts'
import { note } from './audit.ts'
import type { MemoryCluster, MemoryList } from './cluster.ts'
import { listWithRole } from './list-rows.ts'
import { roleOf, standingList } from './sharing.ts'

type DeletedLists = Pick<Directory, 'deleteList' | 'restoreList' | 'deletedLists' | 'purgeLists'>

const dayMs = 24 * 60 * 60 * 1000

export function createMemoryDeletedLists(cluster: MemoryCluster): DeletedLists {
  const { environment, lists } = cluster
  const mayRestore = (list: MemoryList, userId: UserId): boolean => {
    if (list.deleted === null) return false
    const isInTime = environment.now().getTime() - list.deleted.at.getTime() < RESTORE_DAYS * dayMs
    return isInTime && mayDelete(roleOf(list, userId))
  }
  return {
    deleteList: async (listId, by) => {
      const list = standingList(cluster, listId)
      if (list === null || !mayDelete(roleOf(list, by))) return false
      list.deleted = { at: environment.now(), by }
      note(cluster, { action: 'list.deleted', actorId: by, listId, detail: { title: list.title } })
      return true
    },
    restoreList: async (listId, by) => {
      const list = lists.get(listId)
      if (list === undefined || !mayRestore(list, by)) return false
      list.deleted = null
      note(cluster, { action: 'list.restored', actorId: by, listId, detail: { title: list.title } })
      return true
    },
    deletedLists: async (userId) =>
      [...lists.values()]
        .flatMap((list) => {
          const shown = mayRestore(list, userId) ? listWithRole(list, userId) : null
          return shown === null || list.deleted === null ? [] : [{ ...shown, deletedAt: list.deleted.at }]
        })
        .sort((a, b) => b.deletedAt.getTime() - a.deletedAt.getTime()),
    purgeLists: async (deletedBefore) => {
      const gone = [...lists.values()].filter(({ deleted }) => deleted !== null && deleted.at < deletedBefore)
      for (const { id } of gone) {
        lists.delete(id)
        for (const [key, damage] of cluster.quarantine) {
          if (damage.listId === id) cluster.quarantine.delete(key)
        }
      }
      return gone.length
    },
  }
}
