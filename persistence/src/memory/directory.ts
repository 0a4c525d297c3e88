import { StorageError } from '../errors.ts'
import type { Directory, ListWithRole, UserId } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import type { MemoryCluster, MemoryList } from './cluster.ts'
import { listIn } from './reader.ts'

export function createMemoryDirectory(cluster: MemoryCluster): Directory {
  const withRole = (list: MemoryList, userId: UserId): ListWithRole | null => {
    const role = list.roles.get(userId)
    if (role === undefined) return null
    const { id, ownerId, title, headSeq, createdAt, updatedAt } = list
    return { id, ownerId, title, headSeq, createdAt, updatedAt, role }
  }
  return {
    ensureUser: async ({ id, name }) => {
      cluster.users.set(id, name)
    },
    createList: async ({ id, ownerId, title }) => {
      if (!isUuid(id)) throw new StorageError('unknown-list', `There is no list ${JSON.stringify(id)}.`)
      const present = cluster.lists.get(id)
      if (present !== undefined) {
        const list = present.ownerId === ownerId ? withRole(present, ownerId) : null
        return list === null ? { outcome: 'taken' } : { outcome: 'exists', list }
      }
      const now = cluster.environment.now()
      const list: MemoryList = {
        id,
        ownerId,
        title,
        headSeq: 0,
        createdAt: now,
        updatedAt: now,
        roles: new Map([[ownerId, 'owner']]),
        updates: new Map(),
        opIds: new Map(),
        snapshots: new Map(),
      }
      cluster.lists.set(id, list)
      return { outcome: 'created', list: { ...list, role: 'owner' } }
    },
    listFor: async (userId) =>
      [...cluster.lists.values()].flatMap((list) => withRole(list, userId) ?? []).sort(byAge),
    listIds: async (after, limit) =>
      [...cluster.lists.keys()]
        .filter((id) => after === null || id > after)
        .sort()
        .slice(0, limit),
    find: async (listId, userId) => {
      const list = cluster.lists.get(listId)
      return list === undefined ? null : withRole(list, userId)
    },
    setRole: async ({ listId, userId, role }) => {
      if (role === 'owner') throw new StorageError('invalid-role', 'A list has one owner, its creator.')
      const list = cluster.lists.get(listId)
      if (list === undefined) return 'no-such-list'
      if (list.ownerId === userId) return 'is-owner'
      if (!cluster.users.has(userId)) return 'no-such-user'
      list.roles.set(userId, role)
      return 'set'
    },
    setTitle: async (listId, title) => {
      const list = listIn(cluster, listId)
      list.title = title
      list.updatedAt = cluster.environment.now()
    },
    quarantine: async () => [...cluster.quarantine.values()],
    damagedLists: async () => new Set([...cluster.quarantine.values()].map(({ listId }) => listId)).size,
  }
}

// A Map keeps the order of creation, and sorting keeps it among those of the same millisecond.
function byAge(a: ListWithRole, b: ListWithRole): number {
  return a.createdAt.getTime() - b.createdAt.getTime()
}
