import { randomUUID } from 'node:crypto'
import type { ListId, Storage, UserId } from '@tandem/persistence'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { always, ann, dayMs, makeKnown, newList, rolesIn } from '../../contract/persistence/harness.ts'
import { type PostgresHarness, postgresHarness } from '../../contract/persistence/postgres-harness.ts'
import { until } from '../../support/until.ts'

const eve = 'eve' as UserId
const email = 'eve@example.com'
const lockWaits = `
  SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`

describe('an invitation and the arrival of the person invited at the same moment', () => {
  let harness: PostgresHarness
  let storage: Storage
  let other: Storage
  let list: ListId
  let outsider: pg.Client
  let watcher: pg.Client
  beforeEach(async () => {
    harness = await postgresHarness()
    storage = await harness.open()
    other = await harness.open()
    await makeKnown(storage)
    list = await newList(storage)
    outsider = new pg.Client({ connectionString: harness.url })
    await outsider.connect()
    // Not the same: what a transaction sees of others' waits stays as it was at first.
    watcher = new pg.Client({ connectionString: harness.url })
    await watcher.connect()
  })
  afterEach(async () => {
    await outsider.end()
    await watcher.end()
    await harness.close()
  })

  const invite = (to: { email: string } | { userId: UserId }) => {
    const expiresAt = new Date(Date.now() + 30 * dayMs)
    const invitation = { id: randomUUID(), listId: list, role: 'editor', to, by: ann, expiresAt } as const
    return storage.invitations.invite({ ...invitation, may: always })
  }
  const waits = async () => (await watcher.query<{ n: number }>(lockWaits)).rows[0]?.n

  it.each([
    ['an address', { email: 'EVE@example.com' }],
    ['an id', { userId: eve }],
  ])('[GRANT-7][P-17] to %s let the person in: nobody waits for their next visit', async (_, to) => {
    await outsider.query('BEGIN')
    await outsider.query('SELECT 1 FROM lists WHERE id = $1 FOR UPDATE', [list])
    const inviting = invite(to)
    // It has seen that nobody of that address is known, and has written nothing yet.
    await until(async () => (await waits()) === 1)
    await other.directory.ensureUser({ id: eve, name: 'Eve', email })
    const arriving = other.invitations.arrived({ userId: eve, verifiedEmail: email })
    await Promise.race([arriving, until(async () => (await waits()) === 2)])
    await outsider.query('COMMIT')
    await Promise.all([inviting, arriving])
    expect((await rolesIn(storage, list))[eve]).toBe('editor')
  })
})
