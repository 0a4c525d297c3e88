import { couldStillGive } from '../giving.ts'
import type { LinkFault, Member } from '../people-ports.ts'
import type { ListId, UserId } from '../ports.ts'
import { admission } from './admission.ts'
import type { Queryable } from './database.ts'
import { giveGrant } from './grant-writes.ts'
import { type LinkRow, linkColumns, linkFault } from './link-rows.ts'
import { memberOf } from './member-rows.ts'
import { lockList, roleOf } from './sharing-state.ts'

type Redeemed = { outcome: 'joined' | 'already-member'; member: Member } | { outcome: LinkFault }

/** Lets somebody in by a link, in a transaction: the list's lock makes everybody who comes at once take turns. */
export async function redeem(
  transaction: Queryable,
  { linkId, userId }: { linkId: string; userId: UserId },
  now: Date,
): Promise<Redeemed> {
  const listId = await listOfLink(transaction, linkId)
  const list = listId === null ? null : await lockList(transaction, listId)
  // Read under the lock: the one before may have used it up.
  const link = list === null ? null : await linkOf(transaction, linkId)
  if (list === null || link === null) return { outcome: 'no-such-link' }
  const offer = { listId: link.list_id, userId, role: link.role, offeredAt: link.created_exactly }
  const admitted = await admission(transaction, offer)
  const member = await memberOf(transaction, link.list_id, userId)
  // To a member an old link is the way to the list, whatever has become of it.
  if (admitted.kind === 'keep' && member !== null) return { outcome: 'already-member', member }
  const fault = linkFault(link, now) ?? (await makerFault(transaction, link, list.editorsMayShare))
  if (fault !== null) return member === null ? { outcome: fault } : { outcome: 'already-member', member }
  if (admitted.kind === 'removed') return { outcome: 'removed' }
  await transaction.query({
    name: 'tandem-link-use-1',
    text: 'UPDATE share_links SET uses = uses + 1 WHERE id = $1',
    values: [linkId],
  })
  const given = await giveGrant(transaction, {
    listId: link.list_id,
    userId,
    role: link.role,
    by: link.created_by,
    // Whom somebody gave a role by hand keeps their access when the link goes.
    linkId: member !== null && member.linkId === null ? null : linkId,
    was: member?.role ?? null,
    note: { action: 'link.redeemed', actorId: userId, detail: { linkId } },
  })
  return { outcome: 'joined', member: given.member }
}

async function makerFault(
  transaction: Queryable,
  link: LinkRow,
  editorsMayShare: boolean,
): Promise<LinkFault | null> {
  const actor = await roleOf(transaction, link.list_id, link.created_by)
  return couldStillGive({ actor, editorsMayShare }, link.role) ? null : 'revoked'
}

async function listOfLink(transaction: Queryable, linkId: string): Promise<ListId | null> {
  const { rows } = await transaction.query<{ list_id: ListId }>({
    name: 'tandem-link-list-1',
    text: 'SELECT list_id FROM share_links WHERE id = $1',
    values: [linkId],
  })
  return rows[0]?.list_id ?? null
}

async function linkOf(transaction: Queryable, linkId: string): Promise<LinkRow | null> {
  const { rows } = await transaction.query<LinkRow>({
    name: 'tandem-link-1',
    text: `SELECT ${linkColumns} FROM share_links k WHERE k.id = $1`,
    values: [linkId],
  })
  return rows[0] ?? null
}
