import type { EndReason, Member } from '../people-ports.ts'
import type { ListId, StoredRole, UserId } from '../ports.ts'
import { type AuditNote, recordAudit } from './audit.ts'
import type { Queryable } from './database.ts'
import { memberOf } from './member-rows.ts'

/** Writes of grants. Whoever calls them holds the list's row and has asked whether they may. */

export async function isKnown(database: Queryable, userId: UserId): Promise<boolean> {
  const text = 'SELECT 1 FROM users WHERE id = $1'
  return (await database.query({ name: 'tandem-known-1', text, values: [userId] })).rowCount === 1
}

interface Given {
  readonly listId: ListId
  readonly userId: UserId
  readonly role: StoredRole
  readonly by: UserId
  /** The link the person came by; null: somebody gave it to them. */
  readonly linkId: string | null
  /** Their role until now. */
  readonly was: StoredRole | null
  /** What the audit says instead of "given" or "changed". */
  readonly note?: Pick<AuditNote, 'action' | 'actorId' | 'detail'>
}

/** Gives a role, whatever the person had before. */
export async function giveGrant(
  transaction: Queryable,
  given: Given,
): Promise<{ outcome: 'granted' | 'changed' | 'unchanged'; member: Member }> {
  const { listId, userId, role, by, linkId, was, note } = given
  if (was === null) await insertGrant(transaction, given)
  else await changeGrant(transaction, { listId, userId, role, linkId })
  if (was !== role) {
    const { action, actorId } = note ?? {
      action: was === null ? 'grant.given' : 'grant.changed',
      actorId: by,
    }
    const detail = { role, ...(was === null ? {} : { from: was }), ...note?.detail }
    await recordAudit(transaction, { action, actorId, listId, subjectId: userId, detail })
  }
  const member = await memberOf(transaction, listId, userId)
  if (member === null) throw new Error('A grant that was just written is not there.')
  if (was === null) return { outcome: 'granted', member }
  return { outcome: was === role ? 'unchanged' : 'changed', member }
}

// Somebody who comes back is named, or not, as before, and by the same name.
async function insertGrant(transaction: Queryable, given: Given): Promise<void> {
  const { listId, userId, role, by, linkId } = given
  await transaction.query({
    name: 'tandem-grant-1',
    text: `INSERT INTO share_grants
             (list_id, grantee_id, role, granted_by, link_id, granted_at, decided_at, anonymous_id, is_anonymous)
           SELECT $1, $2, $3, $4, $5, t.now, t.now, e.anonymous_id, coalesce(e.is_anonymous, false)
           FROM (SELECT clock_timestamp() AS now) t
           LEFT JOIN LATERAL (
             SELECT anonymous_id, is_anonymous FROM share_grants
             WHERE list_id = $1 AND grantee_id = $2 AND revoked_at IS NOT NULL ORDER BY revoked_at DESC LIMIT 1
           ) e ON true`,
    values: [listId, userId, role, by, linkId],
  })
}

/** Who let the person in stays as it was. */
export async function changeGrant(
  transaction: Queryable,
  change: { listId: ListId; userId: UserId; role: StoredRole; linkId: string | null },
): Promise<void> {
  await transaction.query({
    name: 'tandem-grant-change-1',
    text: `UPDATE share_grants SET role = $3, link_id = $4, decided_at = clock_timestamp()
           WHERE list_id = $1 AND grantee_id = $2 AND revoked_at IS NULL`,
    values: [change.listId, change.userId, change.role, change.linkId],
  })
}

/** Ends a grant, and takes back what the person has offered to others. */
export async function endGrant(
  transaction: Queryable,
  end: {
    listId: ListId
    userId: UserId
    by: UserId
    why: Exclude<EndReason, 'list-deleted'>
    was: StoredRole
  },
): Promise<void> {
  const { listId, userId, by, why, was } = end
  await transaction.query({
    name: 'tandem-grant-end-1',
    text: `UPDATE share_grants SET revoked_at = clock_timestamp(), revoked_by = $3, end_reason = $4
           WHERE list_id = $1 AND grantee_id = $2 AND revoked_at IS NULL`,
    values: [listId, userId, by, why],
  })
  await recordAudit(transaction, {
    action: why === 'left' ? 'grant.left' : 'grant.revoked',
    actorId: by,
    listId,
    subjectId: userId,
    detail: { role: was, why },
  })
  await withdrawOffers(transaction, { listId, maker: userId, by })
}

// It could let them in again, or others in their name.
async function withdrawOffers(
  transaction: Queryable,
  offers: { listId: ListId; maker: UserId; by: UserId },
): Promise<void> {
  const { listId, maker, by } = offers
  const links = await transaction.query<{ id: string }>({
    name: 'tandem-links-of-maker-1',
    text: `UPDATE share_links SET revoked_at = clock_timestamp(), revoked_by = $3
           WHERE list_id = $1 AND created_by = $2 AND revoked_at IS NULL RETURNING id`,
    values: [listId, maker, by],
  })
  const invitations = await transaction.query<{ id: string }>({
    name: 'tandem-invitations-of-maker-1',
    text: 'DELETE FROM invitations WHERE list_id = $1 AND invited_by = $2 RETURNING id',
    values: [listId, maker],
  })
  const note = (action: string, id: string) =>
    recordAudit(transaction, {
      action,
      actorId: by,
      listId,
      subjectId: maker,
      detail: { id, why: 'maker-left' },
    })
  for (const { id } of links.rows) await note('link.revoked', id)
  for (const { id } of invitations.rows) await note('invitation.withdrawn', id)
}
