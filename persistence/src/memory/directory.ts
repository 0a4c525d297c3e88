import { StorageError } from '../errors.ts'
import type { Directory, ListOverview } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import type { MemoryCluster, MemoryList } from './cluster.ts'
import { createMemoryDeletedLists } from './deleted-lists.ts'
import { giveGrant } from './grant-writes.ts'
import { listOverview, listWithRole } from './list-rows.ts'
import { listIn } from './reader.ts'
import { standingList } from './sharing.ts'
import { createMemoryUsers } from './users.ts'

export function createMemoryDirectory(cluster: MemoryCluster): Directory {
  const find: Directory['find'] = async (listId, userId) => {
    const list = standingList(cluster, listId)
    return list === null ? null : listWithRole(list, userId)
  }
  return {
    find,
    ...createMemoryUsers(cluster),
    createList: async ({ id, ownerId, title }) => {
      if (!isUuid(id)) throw new StorageError('unknown-list', `There is no list ${JSON.stringify(id)}.`)
      const isNew = !cluster.lists.has(id)
      if (isNew) {
        const list = emptyList(cluster, { id, ownerId, title })
        cluster.lists.set(id, list)
        const created = { action: 'list.created', actorId: ownerId, detail: {} }
        giveGrant(cluster, list, { userId: ownerId, role: 'owner', by: ownerId, linkId: null, note: created })
      }
      const list = await find(id, ownerId)
      if (list === null || list.ownerId !== ownerId) return { outcome: 'taken' }
      return { outcome: isNew ? 'created' : 'exists', list }
    },
    listFor: async (userId, { view, limit } = { view: 'all' }) => {
      const standing = [...cluster.lists.values()].filter((list) => list.deleted === null)
      const all = standing.flatMap((list) => listOverview(list, userId) ?? [])
      return all
        .filter(({ role }) => view === 'all' || view === 'recent' || (view === 'mine') === (role === 'owner'))
        .sort(view === 'all' ? byAge : byChange)
        .slice(0, limit)
    },
    listIds: async (after, limit) =>
      [...cluster.lists.keys()]
        .filter((id) => after === null || id > after)
        .sort()
        .slice(0, limit),
    setTitle: async (listId, title) => {
      const list = listIn(cluster, listId)
      list.title = title
      list.updatedAt = cluster.environment.now()
    },
    ...createMemoryDeletedLists(cluster),
    quarantine: async () => [...cluster.quarantine.values()],
    damagedLists: async () => new Set([...cluster.quarantine.values()].map(({ listId }) => listId)).size,
  }
}

function emptyList(cluster: MemoryCluster, list: Pick<MemoryList, 'id' | 'ownerId' | 'title'>): MemoryList {
  const now = cluster.environment.now()
  return {
    ...list,
    headSeq: 0,
    createdAt: now,
    updatedAt: now,
    editorsMayShare: false,
    deleted: null,
    grants: [],
    invitations: new Map(),
    links: new Map(),
    updates: new Map(),
    opIds: new Map(),
    snapshots: new Map(),
  }
}

// A Map keeps the order of creation, and sorting keeps it among those of the same millisecond.
function byAge(a: ListOverview, b: ListOverview): number {
  return a.createdAt.getTime() - b.createdAt.getTime()
}

function byChange(a: ListOverview, b: ListOverview): number {
  return b.updatedAt.getTime() - a.updatedAt.getTime()
}
