import type { Environment } from '../environment.ts'
import { couldStillGive } from '../giving.ts'
import type { Invitation, Invitations } from '../people-ports.ts'
import type { ListId, StoredRole, UserId } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import { admission } from './admission.ts'
import { recordAudit } from './audit.ts'
import type { Database, Queryable } from './database.ts'
import { giveGrant, isKnown } from './grant-writes.ts'
import { allowed, lockList, roleOf } from './sharing-state.ts'

interface InvitationRow {
  id: string
  list_id: ListId
  role: Exclude<StoredRole, 'owner'>
  email: string | null
  user_id: UserId | null
  invited_by: UserId
  created_at: Date
  created_exactly: string
  expires_at: Date
}

const columns = `
  i.id, i.list_id, i.role, i.email::text, i.user_id, i.invited_by, i.created_at, i.created_at::text AS created_exactly,
  i.expires_at`

const renew = `DO UPDATE SET role = excluded.role, invited_by = excluded.invited_by, created_at = excluded.created_at,
  expires_at = excluded.expires_at RETURNING ${columns}`
const insert = `
  INSERT INTO invitations AS i (id, list_id, role, email, user_id, invited_by, expires_at, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())`
const inviteEmailText = `${insert} ON CONFLICT (list_id, email) WHERE email IS NOT NULL ${renew}`
const inviteUserText = `${insert} ON CONFLICT (list_id, user_id) WHERE user_id IS NOT NULL ${renew}`

export function createInvitations(database: Database, environment: Environment): Invitations {
  const accept = async (transaction: Queryable, id: string, userId: UserId): Promise<ListId | null> => {
    const found = await transaction.query<{ list_id: ListId }>({
      name: 'tandem-invitation-list-1',
      text: 'SELECT list_id FROM invitations WHERE id = $1',
      values: [id],
    })
    const listId = found.rows[0]?.list_id
    const list = listId === undefined ? null : await lockList(transaction, listId)
    if (list === null) return null
    const [row] = (
      await transaction.query<InvitationRow>({
        name: 'tandem-invitation-take-1',
        text: `DELETE FROM invitations i WHERE i.id = $1 AND i.expires_at > $2 RETURNING ${columns}`,
        values: [id, environment.now()],
      })
    ).rows
    if (row === undefined) return null
    const { role, invited_by: by, created_exactly: offeredAt } = row
    const actor = await roleOf(transaction, row.list_id, by)
    if (!couldStillGive({ actor, editorsMayShare: list.editorsMayShare }, role)) return null
    const admitted = await admission(transaction, { listId: row.list_id, userId, role, offeredAt })
    if (admitted.kind === 'keep' || admitted.kind === 'removed') return null
    const was = admitted.kind === 'raise' ? admitted.from : null
    const note = { action: 'invitation.accepted', actorId: userId, detail: { id, invitedBy: by } }
    await giveGrant(transaction, { listId: row.list_id, userId, role, by, linkId: null, was, note })
    return row.list_id
  }

  return {
    invite: ({ id, listId, role, to, by, expiresAt, may }) =>
      database.transaction(async (transaction) => {
        await takeTurns(transaction, 'email' in to ? to.email : to.userId)
        const known = await knownUser(transaction, to)
        const about = known ?? ('userId' in to ? to.userId : null)
        const state = await allowed(transaction, { listId, by, about, may })
        if (state.outcome !== 'allowed') return state
        if (state.target === 'owner') return { outcome: 'is-owner' }
        if (known !== null) {
          return giveGrant(transaction, { listId, userId: known, role, by, linkId: null, was: state.target })
        }
        const [email, userId] = 'email' in to ? [to.email, null] : [null, to.userId]
        const { rows } = await transaction.query<InvitationRow>({
          name: email === null ? 'tandem-invite-user-1' : 'tandem-invite-email-1',
          text: email === null ? inviteUserText : inviteEmailText,
          values: [id, listId, role, email, userId, by, expiresAt],
        })
        const [row] = rows
        if (row === undefined) throw new Error('An invitation that was just written is not there.')
        // Not the address: entries are never removed, and it may belong to somebody who never comes.
        const detail = { id: row.id, role }
        await recordAudit(transaction, {
          action: 'invitation.made',
          actorId: by,
          listId,
          subjectId: userId,
          detail,
        })
        return { outcome: 'waiting', invitation: invitation(row) }
      }),

    waiting: async (listId) => {
      if (!isUuid(listId)) return []
      const { rows } = await database.query<InvitationRow>({
        name: 'tandem-invitations-1',
        text: `SELECT ${columns} FROM invitations i WHERE i.list_id = $1 AND i.expires_at > $2
               ORDER BY i.created_at, i.id`,
        values: [listId, environment.now()],
      })
      return rows.map(invitation)
    },

    withdraw: ({ listId, id, by, may }) =>
      database.transaction(async (transaction) => {
        const state = await allowed(transaction, { listId, by, may })
        if (state.outcome !== 'allowed') return state
        if (!isUuid(id)) return { outcome: 'no-such-invitation' }
        const { rows } = await transaction.query<{ user_id: UserId | null }>({
          name: 'tandem-invitation-withdraw-1',
          text: 'DELETE FROM invitations WHERE id = $1 AND list_id = $2 RETURNING user_id',
          values: [id, listId],
        })
        const [row] = rows
        if (row === undefined) return { outcome: 'no-such-invitation' }
        await recordAudit(transaction, {
          action: 'invitation.withdrawn',
          actorId: by,
          listId,
          subjectId: row.user_id,
          detail: { id },
        })
        return { outcome: 'withdrawn' }
      }),

    arrived: async ({ userId, verifiedEmail }) => {
      // Not held while we look: whoever invites from now on finds the person known.
      for (const address of [userId, verifiedEmail]) if (address !== null) await takeTurns(database, address)
      const { rows } = await database.query<{ id: string }>({
        name: 'tandem-invitations-for-1',
        text: `SELECT id FROM invitations WHERE (user_id = $1 OR email = $2) AND expires_at > $3
               ORDER BY created_at, id`,
        values: [userId, verifiedEmail, environment.now()],
      })
      const changed = new Set<ListId>()
      // One transaction for each: two lists are never locked at once.
      for (const { id } of rows) {
        const listId = await database.transaction((transaction) => accept(transaction, id, userId))
        if (listId !== null) changed.add(listId)
      }
      return [...changed]
    },
  }
}

/**
 * Of an invitation and the arrival of the person invited, one comes first and the other sees it. Without this an invitation that
 * is not committed yet when the person arrives would wait until they arrive again.
 */
async function takeTurns(database: Queryable, address: string): Promise<void> {
  await database.query({
    name: 'tandem-invitation-turn-1',
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`invitation ${address.toLowerCase()}`],
  })
}

async function knownUser(
  transaction: Queryable,
  to: { email: string } | { userId: UserId },
): Promise<UserId | null> {
  if ('userId' in to) return (await isKnown(transaction, to.userId)) ? to.userId : null
  const { rows } = await transaction.query<{ id: UserId }>({
    name: 'tandem-user-by-email-1',
    text: 'SELECT id FROM users WHERE email = $1',
    values: [to.email],
  })
  return rows[0]?.id ?? null
}

function invitation(row: InvitationRow): Invitation {
  const { id, list_id: listId, role, email, user_id: userId } = row
  const { invited_by: invitedBy, created_at: createdAt, expires_at: expiresAt } = row
  return { id, listId, role, email, userId, invitedBy, createdAt, expiresAt }
}
