import type { Denied, May, SharingState } from '../people-ports.ts'
import type { ListId, StoredRole, UserId } from '../ports.ts'
import { isUuid } from '../uuid.ts'
import type { Queryable } from './database.ts'

interface LockedList {
  readonly editorsMayShare: boolean
}

/**
 * Every change of who may do what takes this lock first, and sees what the one before it committed. It is the lock appends take,
 * and lets readers and rows that refer to the list pass. Null: no such list, or deleted.
 */
export async function lockList(transaction: Queryable, listId: ListId): Promise<LockedList | null> {
  if (!isUuid(listId)) return null
  const { rows } = await transaction.query<{ editors_may_share: boolean }>({
    name: 'tandem-list-lock-2',
    text: 'SELECT editors_may_share FROM lists WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE',
    values: [listId],
  })
  const [list] = rows
  return list === undefined ? null : { editorsMayShare: list.editors_may_share }
}

export async function roleOf(
  database: Queryable,
  listId: ListId,
  userId: UserId,
): Promise<StoredRole | null> {
  const { rows } = await database.query<{ role: StoredRole }>({
    name: 'tandem-role-of-1',
    text: 'SELECT role FROM share_grants WHERE list_id = $1 AND grantee_id = $2 AND revoked_at IS NULL',
    values: [listId, userId],
  })
  return rows[0]?.role ?? null
}

interface Allowed extends SharingState {
  readonly outcome: 'allowed'
}

/** Locks the list and asks `may` about its present state; what it allows holds until the transaction ends. */
export async function allowed(
  transaction: Queryable,
  change: { listId: ListId; by: UserId; about?: UserId | null; may: May },
): Promise<Allowed | Denied> {
  const { listId, by, about = null, may } = change
  const list = await lockList(transaction, listId)
  if (list === null) return { outcome: 'no-such-list' }
  const actor = await roleOf(transaction, listId, by)
  const target = about === null ? null : await roleOf(transaction, listId, about)
  const state = { actor, target, editorsMayShare: list.editorsMayShare }
  if (may(state)) return { outcome: 'allowed', ...state }
  // Who the owner is every member knows; a stranger learns nothing.
  return { outcome: target === 'owner' && actor !== null ? 'is-owner' : 'not-allowed' }
}
