import { expect, it } from 'vitest'
import { freshDatabase, withClient } from '../../support/postgres.ts'

it('[TOOL-9] a fresh database is migrated, is nobody else’s, and runs with fsync on', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  await withClient(one.url, (client) => client.query('CREATE TABLE mine (x int)'))
  const tables = await withClient(other.url, (client) =>
    client.query<{ tablename: string }>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"),
  )
  const names = tables.rows.map((row) => row.tablename)
  expect(names).toContain('list_updates')
  expect(names).not.toContain('mine')
  const { rows } = await withClient(other.url, (client) => client.query('SHOW fsync'))
  expect(rows).toEqual([{ fsync: 'on' }])
  await Promise.all([one.drop(), other.drop()])
})
