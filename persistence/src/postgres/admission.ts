import { outranks } from '../giving.ts'
import type { ListId, StoredRole, UserId } from '../ports.ts'
import type { Queryable } from './database.ts'

/** What an offer made at some moment does for somebody. */
export type Admission =
  /** They have no access, and get it. */
  | { readonly kind: 'new' }
  /** They have a lower role, and get this one. */
  | { readonly kind: 'raise'; readonly from: StoredRole }
  /** They have as much already, or somebody decided about their role since. */
  | { readonly kind: 'keep' }
  /** They were removed since. */
  | { readonly kind: 'removed' }

interface LastGrant {
  role: StoredRole
  stands: boolean
  removed_since: boolean
  decided_since: boolean
}

// Compared here and not outside, where moments lose their microseconds.
const text = `
  SELECT role, revoked_at IS NULL AS stands,
    coalesce(end_reason = 'removed' AND revoked_at >= $3::timestamptz, false) AS removed_since,
    link_id IS NULL AND decided_at >= $3::timestamptz AS decided_since
  FROM share_grants WHERE list_id = $1 AND grantee_id = $2
  ORDER BY revoked_at DESC NULLS FIRST LIMIT 1`

/**
 * Of an offer and a decision about the person the later one counts: somebody who was removed or given less must not undo it with a
 * link they still have. `offeredAt` is the database's own spelling of the moment.
 */
export async function admission(
  transaction: Queryable,
  offer: { listId: ListId; userId: UserId; role: StoredRole; offeredAt: string },
): Promise<Admission> {
  const { listId, userId, role, offeredAt } = offer
  const values = [listId, userId, offeredAt]
  const [last] = (await transaction.query<LastGrant>({ name: 'tandem-admission-1', text, values })).rows
  if (last === undefined) return { kind: 'new' }
  if (!last.stands) return { kind: last.removed_since ? 'removed' : 'new' }
  if (last.decided_since || !outranks(role, last.role)) return { kind: 'keep' }
  return { kind: 'raise', from: last.role }
}
