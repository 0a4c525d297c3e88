import { openSchemaPool } from '@tandem/persistence'
import type { PostgresPool } from 'kysely'
import { expect, it } from 'vitest'
import { removeExpired } from '../../../server/src/accounts/expired.ts'
import { freshDatabase, withClient } from '../../support/postgres.ts'

it('[IDENT-14] sessions nobody came back to and questions nobody answered are removed, and nothing that still counts', async () => {
  const { url, drop } = await freshDatabase()
  const now = new Date('2026-11-22T12:00:00Z')
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  await withClient(url, async (client) => {
    await client.query(
      `INSERT INTO accounts."user" (id, name, email, "emailVerified", "isGuest") VALUES ('u', 'U', 'u@example.org', false, false)`,
    )
    for (const [id, expiresAt] of [['old', at(-1)] as const, ['new', at(1)] as const]) {
      await client.query(
        `INSERT INTO accounts.session (id, token, "userId", "expiresAt", "updatedAt") VALUES ($1, $1, 'u', $2, now())`,
        [id, expiresAt],
      )
      await client.query(
        `INSERT INTO accounts.verification (id, identifier, value, "expiresAt") VALUES ($1, $1, '', $2)`,
        [id, expiresAt],
      )
    }
  })
  const pool = openSchemaPool({
    connectionString: url,
    schema: 'accounts',
    name: 'test',
    maxConnections: 1,
    onError: () => undefined,
  })
  await removeExpired(pool as unknown as PostgresPool, now)
  await pool.end()
  const left = await withClient(url, async (client) => {
    const text = `SELECT id FROM accounts.session UNION ALL SELECT id FROM accounts.verification`
    return (await client.query<{ id: string }>(text)).rows.map(({ id }) => id)
  })
  expect(left).toEqual(['new', 'new'])
  await drop()
})
