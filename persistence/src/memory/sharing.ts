import { outranks } from '../giving.ts'
import type { Denied, May, Member, SharingState } from '../people-ports.ts'
import type { KnownUser, ListId, StoredRole, UserId } from '../ports.ts'
import type { MemoryCluster, MemoryList } from './cluster.ts'
import type { MemoryGrant } from './people-rows.ts'

/** The list, unless it is deleted. */
export function standingList(cluster: MemoryCluster, listId: ListId): MemoryList | null {
  const list = cluster.lists.get(listId)
  return list === undefined || list.deleted !== null ? null : list
}

export function grantOf(list: MemoryList, userId: UserId): MemoryGrant | null {
  return list.grants.find((grant) => grant.userId === userId && grant.ended === null) ?? null
}

/** How this person last stood in the list. */
export function lastGrantOf(list: MemoryList, userId: UserId): MemoryGrant | null {
  return list.grants.findLast((grant) => grant.userId === userId) ?? null
}

export function roleOf(list: MemoryList, userId: UserId): StoredRole | null {
  return grantOf(list, userId)?.role ?? null
}

export function anonymousIdOf(grant: MemoryGrant | null): string | null {
  return grant?.isAnonymous === true ? grant.anonymousId : null
}

/** The name of somebody, unless they are not to be named in this list. */
export function nameIn(cluster: MemoryCluster, list: MemoryList, userId: UserId): string | null {
  if (anonymousIdOf(lastGrantOf(list, userId)) !== null) return null
  return cluster.users.get(userId)?.name ?? null
}

export function userByEmail(cluster: MemoryCluster, email: string): KnownUser | null {
  for (const user of cluster.users.values()) if (isSameEmail(user.email, email)) return user
  return null
}

export function isSameEmail(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase()
}

export function member(cluster: MemoryCluster, list: MemoryList, grant: MemoryGrant): Member {
  const { userId, role, grantedBy, grantedAt, linkId } = grant
  const user = cluster.users.get(userId)
  const [name, email] = [user?.name ?? userId, user?.email ?? null]
  const anonymousId = anonymousIdOf(grant)
  return { listId: list.id, userId, name, email, role, grantedBy, grantedAt, linkId, anonymousId }
}

/** Those with access, owner first, then in the order they came. */
export function membersOf(cluster: MemoryCluster, list: MemoryList): Member[] {
  const standing = list.grants.filter((grant) => grant.ended === null)
  return standing
    .sort((a, b) => Number(b.role === 'owner') - Number(a.role === 'owner'))
    .map((grant) => member(cluster, list, grant))
}

export type Allowed = { readonly outcome: 'allowed'; readonly list: MemoryList } & SharingState

export function allowed(
  cluster: MemoryCluster,
  change: { listId: ListId; by: UserId; about?: UserId | null; may: May },
): Allowed | Denied {
  const list = standingList(cluster, change.listId)
  if (list === null) return { outcome: 'no-such-list' }
  const actor = roleOf(list, change.by)
  const target = change.about == null ? null : roleOf(list, change.about)
  const { editorsMayShare } = list
  if (change.may({ actor, target, editorsMayShare }))
    return { outcome: 'allowed', list, actor, target, editorsMayShare }
  return { outcome: target === 'owner' && actor !== null ? 'is-owner' : 'not-allowed' }
}

export type Admission = 'new' | 'raise' | 'keep' | 'removed'

/** Of an offer and a decision about the person the later one counts. */
export function admission(
  list: MemoryList,
  offer: { userId: UserId; role: StoredRole; order: number },
): Admission {
  const last = lastGrantOf(list, offer.userId)
  if (last === null) return 'new'
  if (last.ended !== null) {
    return last.ended.why === 'removed' && last.ended.order > offer.order ? 'removed' : 'new'
  }
  const isDecidedSince = last.linkId === null && last.decided > offer.order
  return isDecidedSince || !outranks(offer.role, last.role) ? 'keep' : 'raise'
}
