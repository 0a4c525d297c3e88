import type { Directory } from '../ports.ts'
import type { MemoryCluster } from './cluster.ts'
import { userByEmail } from './sharing.ts'

export function createMemoryUsers(cluster: MemoryCluster): Pick<Directory, 'ensureUser' | 'user'> {
  return {
    ensureUser: async ({ id, name, email, kind }) => {
      const before = cluster.users.get(id)
      const holder = email == null ? null : userByEmail(cluster, email)
      const isFree = email !== undefined && (holder === null || holder.id === id)
      cluster.users.set(id, {
        id,
        name,
        email: isFree ? email : (before?.email ?? null),
        kind: kind ?? before?.kind ?? 'guest',
      })
    },
    user: async (id) => cluster.users.get(id) ?? null,
  }
}
