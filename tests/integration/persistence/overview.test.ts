import type { Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditOfListText } from '../../../persistence/src/postgres/audit.ts'
import { overviewTexts } from '../../../persistence/src/postgres/list-rows.ts'
import { type ann, bob, makeKnown, newList, updateOf } from '../../contract/persistence/harness.ts'
import { type PostgresHarness, postgresHarness } from '../../contract/persistence/postgres-harness.ts'

describe('overviews on a database with many lists', () => {
  let harness: PostgresHarness
  let storage: Storage
  beforeEach(async () => {
    harness = await postgresHarness()
    storage = await harness.open()
    await makeKnown(storage)
  })
  afterEach(() => harness.close())

  /** 20,000 lists of 2,000 people; everybody owns ten and has ten of others. A busy person owns 3,000 more. */
  async function fill(): Promise<void> {
    await harness.sql(`INSERT INTO users (id, name) SELECT 'p' || n, 'P' FROM generate_series(0, 1999) n`)
    await harness.sql(
      `INSERT INTO lists (id, owner_id, title, updated_at)
       SELECT gen_random_uuid(), 'p' || n % 2000, 'L' || n, now() - n * interval '1 minute'
       FROM generate_series(0, 19999) n`,
    )
    await harness.sql(
      `INSERT INTO lists (id, owner_id, title, updated_at)
       SELECT gen_random_uuid(), 'p1999', 'L', now() - n * interval '1 minute' FROM generate_series(1, 3000) n`,
    )
    await harness.sql(
      `INSERT INTO share_grants (list_id, grantee_id, role, granted_by)
       SELECT id, owner_id, 'owner', owner_id FROM lists WHERE title LIKE 'L%'
       UNION ALL
       SELECT id, 'p' || (substr(owner_id, 2)::int + 1) % 2000, 'editor', owner_id FROM lists WHERE title LIKE 'L%'`,
    )
    await harness.sql(
      `INSERT INTO list_snapshots (list_id, seq, data, checksum) SELECT id, 1, '\\x00', 0 FROM lists WHERE title LIKE 'L%'`,
    )
    await harness.sql(
      `INSERT INTO audit_log (action, list_id) SELECT 'list.opened', id FROM lists WHERE title LIKE 'L%'`,
    )
    await harness.sql('ANALYZE')
  }

  async function planOf(text: string, values: unknown[]): Promise<string> {
    const rows = await harness.sql<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }

  it('[GRANT-13][B-11][B-14][Q-06] my lists, shared with me and recent are read through their indexes', async () => {
    await fill()
    expect(await planOf(overviewTexts.mine, ['p7', 20])).toContain('lists_of_owner')
    // In the order of the index: of thousands of lists none but those shown are looked at.
    const busy = await planOf(overviewTexts.mine, ['p1999', 20])
    expect(busy).toMatch(/Presorted Key: l\.updated_at/)
    expect(busy).toContain('Index Scan using lists_of_owner')
    for (const view of ['shared', 'recent', 'all'] as const) {
      expect(await planOf(overviewTexts[view], ['p7', 20]), view).toContain('share_grants_of_user')
    }
    for (const [view, text] of Object.entries(overviewTexts)) {
      const plan = await planOf(text, ['p7', null])
      expect(plan, view).not.toMatch(/Seq Scan/)
    }
    const lists = await storage.directory.listFor('p7' as typeof ann, { view: 'mine' })
    expect(lists).toHaveLength(10)
    expect(lists[0]).toMatchObject({ memberCount: 2, sizeBytes: 1 })
  })

  it('[AUDIT-4][Z-18] the entries of one list are read through their index, newest first', async () => {
    await fill()
    const list = await newList(storage)
    const plan = await planOf(auditOfListText, [list, Number.MAX_SAFE_INTEGER, 50])
    expect(plan).toContain('audit_log_of_list')
    expect(plan).not.toMatch(/Seq Scan|Sort/)
  })

  it('[GRANT-13][B-11] appends keep out of the index of when lists changed', async () => {
    const list = await newList(storage, bob)
    for (let n = 0; n < 20; n++) await storage.log.append(updateOf(list))
    const [changed] = await harness.sql<{ moved: boolean }>(
      'SELECT updated_at > created_at AS moved FROM lists WHERE id = $1',
      [list],
    )
    expect(changed?.moved).toBe(false)
    await harness.sql(
      `UPDATE lists SET updated_at = now() - interval '2 minutes', created_at = now() - interval '3 minutes' WHERE id = $1`,
      [list],
    )
    await storage.log.append(updateOf(list))
    const [row] = await storage.directory.listFor(bob, { view: 'mine' })
    const [clock] = await harness.sql<{ now: Date }>('SELECT now()')
    expect((clock?.now.getTime() ?? 0) - (row?.updatedAt.getTime() ?? 0)).toBeLessThan(60_000)
  })
})
