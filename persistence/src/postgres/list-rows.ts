import type { ListId, ListOverview, ListWithRole, StoredRole, UserId } from '../ports.ts'

export interface ListRecord {
  id: ListId
  owner_id: UserId
  title: string
  head: number
  created_at: Date
  updated_at: Date
  role: StoredRole
  anonymous_id: string | null
  owner_anonymous_id: string | null
  editors_may_share: boolean
}

export interface OverviewRecord extends ListRecord {
  members: number
  size: number
}

/** Of list `l` with the grant `g` of whoever asks. */
export const listColumns = `
  l.id, l.owner_id, l.title, l.head_seq::float8 AS head, l.created_at, l.updated_at, l.editors_may_share, g.role,
  CASE WHEN g.is_anonymous THEN g.anonymous_id END AS anonymous_id,
  (
    SELECT o.anonymous_id FROM share_grants o
    WHERE o.list_id = l.id AND o.role = 'owner' AND o.revoked_at IS NULL AND o.is_anonymous
  ) AS owner_anonymous_id`

// The length of a value stored out of line is read without fetching it.
const overviewColumns = `${listColumns},
  (SELECT count(*)::int FROM share_grants m WHERE m.list_id = l.id AND m.revoked_at IS NULL) AS members,
  coalesce((
    SELECT octet_length(s.data) FROM list_snapshots s WHERE s.list_id = l.id ORDER BY s.seq DESC LIMIT 1
  ), 0) AS size`

const standing = 'g.revoked_at IS NULL AND l.deleted_at IS NULL'
const ofUser = `FROM share_grants g JOIN lists l ON l.id = g.list_id WHERE g.grantee_id = $1 AND ${standing}`
const lastChangedFirst = 'ORDER BY l.updated_at DESC, l.id LIMIT $2'

/** $1: whose; $2: at most how many, null for all. */
export const overviewTexts = {
  all: `SELECT ${overviewColumns} ${ofUser} ORDER BY l.created_at, l.id LIMIT $2`,
  recent: `SELECT ${overviewColumns} ${ofUser} ${lastChangedFirst}`,
  shared: `SELECT ${overviewColumns} ${ofUser} AND g.role <> 'owner' ${lastChangedFirst}`,
  mine: `SELECT ${overviewColumns} FROM lists l JOIN share_grants g ON g.list_id = l.id AND g.role = 'owner'
    WHERE l.owner_id = $1 AND ${standing} ${lastChangedFirst}`,
} as const

export function listWithRole(row: ListRecord): ListWithRole {
  const { id, owner_id: ownerId, title, head: headSeq, role, anonymous_id: anonymousId } = row
  const { created_at: createdAt, updated_at: updatedAt, editors_may_share: editorsMayShare } = row
  const { owner_anonymous_id: ownerAnonymousId } = row
  const metadata = { id, ownerId, title, headSeq, createdAt, updatedAt }
  return { ...metadata, role, anonymousId, ownerAnonymousId, editorsMayShare }
}

export function listOverview(row: OverviewRecord): ListOverview {
  return { ...listWithRole(row), memberCount: row.members, sizeBytes: row.size }
}
