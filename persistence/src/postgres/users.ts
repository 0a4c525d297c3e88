import type { Directory, UserId, UserKind } from '../ports.ts'
import type { Database } from './database.ts'
import { constraintOf } from './failure.ts'

// An address somebody else has is left out here, and refused by the database when two come at once.
const ensureText = `
  INSERT INTO users AS u (id, name, email, kind)
  SELECT $1, $2, (SELECT $3::citext WHERE NOT EXISTS (SELECT 1 FROM users WHERE email = $3::citext AND id <> $1)),
    coalesce($5, 'guest')
  ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    email = CASE WHEN NOT $4 OR (excluded.email IS NULL AND $3::citext IS NOT NULL) THEN u.email ELSE excluded.email END,
    kind = coalesce($5, u.kind),
    updated_at = now()
  WHERE u.name <> excluded.name
    OR ($4 AND u.email IS DISTINCT FROM excluded.email AND (excluded.email IS NOT NULL OR $3::citext IS NULL))
    OR ($5 IS NOT NULL AND u.kind <> $5)`

export function createUsers(database: Database): Pick<Directory, 'ensureUser' | 'user'> {
  const ensure = async (
    id: UserId,
    name: string,
    email: string | null | undefined,
    kind: UserKind | null,
  ): Promise<void> => {
    const values = [id, name, email ?? null, email !== undefined, kind]
    await database.query({ name: 'tandem-user-2', text: ensureText, values })
  }
  return {
    ensureUser: async ({ id, name, email, kind = null }) => {
      try {
        await ensure(id, name, email, kind)
      } catch (error) {
        if (constraintOf(error) !== 'users_email_key') throw error
        await ensure(id, name, undefined, kind)
      }
    },
    user: async (id) => {
      const { rows } = await database.query<{
        id: UserId
        name: string
        email: string | null
        kind: UserKind
      }>({
        name: 'tandem-user-of-1',
        text: 'SELECT id, name, email::text, kind FROM users WHERE id = $1',
        values: [id],
      })
      return rows[0] ?? null
    },
  }
}
