import type { Member } from '../people-ports.ts'
import type { ListId, StoredRole, UserId } from '../ports.ts'
import type { Queryable } from './database.ts'

interface MemberRow {
  list_id: ListId
  user_id: UserId
  name: string
  email: string | null
  role: StoredRole
  granted_by: UserId
  granted_at: Date
  link_id: string | null
  anonymous_id: string | null
}

/** Of everybody with access; append conditions on `g`. */
const memberText = `
  SELECT g.list_id, g.grantee_id AS user_id, u.name, u.email::text, g.role, g.granted_by, g.granted_at, g.link_id,
    CASE WHEN g.is_anonymous THEN g.anonymous_id END AS anonymous_id
  FROM share_grants g JOIN users u ON u.id = g.grantee_id
  WHERE g.revoked_at IS NULL AND g.list_id = $1`

export function member(row: MemberRow): Member {
  const { list_id: listId, user_id: userId, name, email, role } = row
  const { granted_by: grantedBy, granted_at: grantedAt, link_id: linkId, anonymous_id: anonymousId } = row
  return { listId, userId, name, email, role, grantedBy, grantedAt, linkId, anonymousId }
}

export async function membersOf(database: Queryable, listId: ListId): Promise<Member[]> {
  const { rows } = await database.query<MemberRow>({
    name: 'tandem-members-1',
    text: `${memberText} ORDER BY g.role = 'owner' DESC, g.granted_at, g.grantee_id`,
    values: [listId],
  })
  return rows.map(member)
}

export async function memberOf(database: Queryable, listId: ListId, userId: UserId): Promise<Member | null> {
  const { rows } = await database.query<MemberRow>({
    name: 'tandem-member-1',
    text: `${memberText} AND g.grantee_id = $2`,
    values: [listId, userId],
  })
  return rows[0] === undefined ? null : member(rows[0])
}

/** Those with access whom `by` let in. */
export async function invitedBy(database: Queryable, listId: ListId, by: UserId): Promise<Member[]> {
  const { rows } = await database.query<MemberRow>({
    name: 'tandem-invited-1',
    text: `${memberText} AND g.granted_by = $2 AND g.grantee_id <> $2 ORDER BY g.granted_at, g.grantee_id`,
    values: [listId, by],
  })
  return rows.map(member)
}

/** Whoever goes unnamed, or did last, and the id they go by. */
export async function unnamedIn(database: Queryable, listId: ListId): Promise<Map<UserId, string>> {
  const { rows } = await database.query<{ user_id: UserId; anonymous_id: string }>({
    name: 'tandem-unnamed-1',
    text: `SELECT user_id, anonymous_id FROM (
             SELECT DISTINCT ON (grantee_id) grantee_id AS user_id, anonymous_id, is_anonymous FROM share_grants
             WHERE list_id = $1 ORDER BY grantee_id, revoked_at DESC NULLS FIRST
           ) last WHERE is_anonymous`,
    values: [listId],
  })
  return new Map(rows.map((row) => [row.user_id, row.anonymous_id]))
}
