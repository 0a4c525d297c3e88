import type { EndedAccess, EndReason } from '../people-ports.ts'
import type { ListId, UserId } from '../ports.ts'
import type { Queryable } from './database.ts'

interface EndedRow {
  title: string
  deleted_at: Date | null
  revoked_at: Date | null
  end_reason: Exclude<EndReason, 'list-deleted'> | null
  by_name: string | null
}

// A person's last grant says how it stands; one that stands counts as ended only while its list is deleted. Whoever is not to be
// named in this list is not named here either, also after they left.
const text = `
  SELECT l.title, l.deleted_at, g.revoked_at, g.end_reason,
    CASE WHEN (
      SELECT a.is_anonymous FROM share_grants a WHERE a.list_id = l.id AND a.grantee_id = u.id
      ORDER BY a.revoked_at DESC NULLS FIRST LIMIT 1
    ) THEN NULL ELSE u.name END AS by_name
  FROM lists l
  CROSS JOIN LATERAL (
    SELECT revoked_at, revoked_by, end_reason FROM share_grants WHERE list_id = l.id AND grantee_id = $2
    ORDER BY revoked_at DESC NULLS FIRST LIMIT 1
  ) g
  LEFT JOIN users u ON u.id = CASE WHEN g.revoked_at IS NULL THEN l.deleted_by ELSE g.revoked_by END
  WHERE l.id = $1 AND (g.revoked_at IS NOT NULL OR l.deleted_at IS NOT NULL)`

/** How this person's access to the list ended; null while they have it, and when they never had. */
export async function endedAccess(
  database: Queryable,
  listId: ListId,
  userId: UserId,
): Promise<EndedAccess | null> {
  const { rows } = await database.query<EndedRow>({ name: 'tandem-ended-1', text, values: [listId, userId] })
  const [row] = rows
  if (row === undefined) return null
  const at = row.revoked_at ?? row.deleted_at
  if (at === null) return null
  return { why: row.end_reason ?? 'list-deleted', byName: row.by_name, title: row.title, at }
}
