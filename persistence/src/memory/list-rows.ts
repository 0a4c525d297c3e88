import type { ListOverview, ListWithRole, UserId } from '../ports.ts'
import type { MemoryList } from './cluster.ts'
import { anonymousIdOf, grantOf } from './sharing.ts'

/** The list as this person has it; null when they have no role. */
export function listWithRole(list: MemoryList, userId: UserId): ListWithRole | null {
  const grant = grantOf(list, userId)
  if (grant === null) return null
  const { id, ownerId, title, headSeq, createdAt, updatedAt, editorsMayShare } = list
  return {
    id,
    ownerId,
    title,
    headSeq,
    createdAt,
    updatedAt,
    role: grant.role,
    anonymousId: anonymousIdOf(grant),
    ownerAnonymousId: anonymousIdOf(grantOf(list, ownerId)),
    editorsMayShare,
  }
}

export function listOverview(list: MemoryList, userId: UserId): ListOverview | null {
  const own = listWithRole(list, userId)
  if (own === null) return null
  const newest = list.snapshots.get(Math.max(0, ...list.snapshots.keys()))
  const memberCount = list.grants.filter((grant) => grant.ended === null).length
  return { ...own, memberCount, sizeBytes: newest?.data.byteLength ?? 0 }
}
