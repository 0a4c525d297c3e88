import type { PostgresPool } from 'kysely'

// Anybody may ask for a passkey's challenge, and each is a row until it is used.
const REMOVALS = [
  'DELETE FROM verification WHERE "expiresAt" < $1',
  'DELETE FROM session WHERE "expiresAt" < $1',
]

/** Removes sessions nobody came back to and questions nobody answered. Tokens of such a session have long expired, too. */
export async function removeExpired(pool: PostgresPool, before: Date): Promise<void> {
  const connection = await pool.connect()
  try {
    for (const text of REMOVALS) await connection.query(text, [before])
  } finally {
    connection.release()
  }
}
