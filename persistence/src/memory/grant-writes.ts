import type { AuditEntry, EndReason, Member } from '../people-ports.ts'
import type { StoredRole, UserId } from '../ports.ts'
import { note } from './audit.ts'
import type { MemoryCluster, MemoryList } from './cluster.ts'
import type { MemoryGrant } from './people-rows.ts'
import { grantOf, lastGrantOf, member } from './sharing.ts'

interface Given {
  readonly userId: UserId
  readonly role: StoredRole
  readonly by: UserId
  readonly linkId: string | null
  readonly note?: Pick<AuditEntry, 'action' | 'actorId' | 'detail'>
}

/** Gives a role, whatever the person had before. */
export function giveGrant(
  cluster: MemoryCluster,
  list: MemoryList,
  given: Given,
): { outcome: 'granted' | 'changed' | 'unchanged'; member: Member } {
  const { userId, role, by, linkId } = given
  const standing = grantOf(list, userId)
  const was = standing?.role ?? null
  const grant = standing ?? newGrant(cluster, list, given)
  if (standing === null) list.grants.push(grant)
  Object.assign(grant, { role, linkId, decided: cluster.nextOrder() })
  if (was !== role) {
    const { action, actorId } = given.note ?? {
      action: was === null ? 'grant.given' : 'grant.changed',
      actorId: by,
    }
    const detail = { role, ...(was === null ? {} : { from: was }), ...given.note?.detail }
    note(cluster, { action, actorId, listId: list.id, subjectId: userId, detail })
  }
  const now = member(cluster, list, grant)
  if (was === null) return { outcome: 'granted', member: now }
  return { outcome: was === role ? 'unchanged' : 'changed', member: now }
}

// Somebody who comes back is named, or not, as before, and by the same name.
function newGrant(
  cluster: MemoryCluster,
  list: MemoryList,
  { userId, role, by, linkId }: Given,
): MemoryGrant {
  const last = lastGrantOf(list, userId)
  return {
    userId,
    role,
    grantedBy: by,
    grantedAt: cluster.environment.now(),
    decided: 0,
    linkId,
    anonymousId: last?.anonymousId ?? null,
    isAnonymous: last?.isAnonymous ?? false,
    ended: null,
  }
}

/** Ends a grant, and takes back what the person has offered to others. */
export function endGrant(
  cluster: MemoryCluster,
  list: MemoryList,
  end: { grant: MemoryGrant; by: UserId; why: Exclude<EndReason, 'list-deleted'> },
): void {
  const { grant, by, why } = end
  const { userId } = grant
  grant.ended = { at: cluster.environment.now(), by, why, order: cluster.nextOrder() }
  const tell = (action: string, detail: Record<string, unknown>): void =>
    note(cluster, { action, actorId: by, listId: list.id, subjectId: userId, detail })
  tell(why === 'left' ? 'grant.left' : 'grant.revoked', { role: grant.role, why })
  for (const link of list.links.values()) {
    if (link.createdBy !== userId || link.isRevoked) continue
    link.isRevoked = true
    tell('link.revoked', { id: link.id, why: 'maker-left' })
  }
  for (const { id, invitedBy } of [...list.invitations.values()]) {
    if (invitedBy === userId && list.invitations.delete(id))
      tell('invitation.withdrawn', { id, why: 'maker-left' })
  }
}
