import type { ListId, Storage } from '@tandem/persistence'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rangeText } from '../../../persistence/src/postgres/reader.ts'
import { type ann, appendMany, bob, newList, updateOf } from '../../contract/persistence/harness.ts'
import { type PostgresHarness, postgresHarness } from '../../contract/persistence/postgres-harness.ts'
import { seededRandom } from '../../support/seed.ts'
import { until } from '../../support/until.ts'

describe('statements on a real PostgreSQL', () => {
  let harness: PostgresHarness
  let storage: Storage
  let list: ListId
  beforeEach(async () => {
    harness = await postgresHarness()
    storage = await harness.open()
    list = await newList(storage)
  })
  afterEach(() => harness.close())

  it('[LOG-1][B-13] a range of positions is read through the primary key', async () => {
    for (const id of [list, await newList(storage), await newList(storage)]) {
      await harness.sql(
        `INSERT INTO list_updates (list_id, seq, op_id, ops, data, checksum)
         SELECT $1, n, gen_random_uuid(), '[]', '\\x00', 0 FROM generate_series(1, 5000) n`,
        [id],
      )
    }
    await harness.sql('ANALYZE list_updates')
    const plan = await harness.sql<{ 'QUERY PLAN': string }>(`EXPLAIN ${rangeText}`, [list, 100, 500])
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(text).toContain('Index Scan using list_updates_pkey')
    expect(text).toMatch(/Index Cond: .*seq > /)
    expect(text).not.toContain('Seq Scan on list_updates')
  })

  it('[LOG-3][T-17] many appends over many lists share statements', async () => {
    const lists = await Promise.all(Array.from({ length: 20 }, () => newList(storage)))
    await Promise.all(
      lists.flatMap((id) => Array.from({ length: 50 }, () => storage.log.append(updateOf(id)))),
    )
    const [row] = await harness.sql<{ commits: number; rows: number }>(
      'SELECT count(DISTINCT xmin::text)::int AS commits, count(*)::int AS rows FROM list_updates',
    )
    expect(row?.rows).toBe(1_000)
    expect(row?.commits).toBeLessThan(20)
  })

  it('[LOG-3] nodes whose batches hold the same lists in opposite orders never deadlock', async () => {
    const random = seededRandom('opposite orders')
    const nodes = [storage, await harness.open(), await harness.open()]
    const lists = [list, ...(await Promise.all(Array.from({ length: 11 }, () => newList(storage))))]
    const failures: string[] = []
    for (const node of nodes) {
      node.log.onHealth((health) => {
        if (health.state === 'failing') failures.push(health.reason)
      })
    }
    const perNode = 30
    await Promise.all(
      nodes.map(async (node) => {
        for (let round = 0; round < perNode; round++) {
          await Promise.all(random.shuffle([...lists]).map((id) => node.log.append(updateOf(id))))
        }
      }),
    )
    expect(failures).toEqual([])
    for (const id of lists) {
      const { updates, damage } = await storage.log.readSince(id, 0, 1_000)
      expect([updates.length, damage]).toEqual([nodes.length * perNode, []])
    }
  })

  it('[LOG-8] a load waits for an append that has not committed yet, and then has it', async () => {
    await appendMany(storage, list, 2)
    const other = new pg.Client({ connectionString: harness.url })
    await other.connect()
    await other.query('BEGIN')
    await other.query('UPDATE lists SET head_seq = 3 WHERE id = $1', [list])
    await other.query(
      `INSERT INTO list_updates (list_id, seq, op_id, ops, data, checksum)
       SELECT list_id, 3, gen_random_uuid(), ops, data, checksum FROM list_updates WHERE list_id = $1 AND seq = 1`,
      [list],
    )
    let loaded = false
    const loading = storage.log.load(list).finally(() => {
      loaded = true
    })
    const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
    await until(async () => (await harness.sql<{ n: number }>(waiting))[0]?.n === 1, {
      what: 'the load to wait',
    })
    expect(loaded).toBe(false)
    await other.query('COMMIT')
    await other.end()
    const { tail, head, damage } = await loading
    expect([tail.map((row) => row.seq), head, damage]).toEqual([[1, 2, 3], 3, []])
  })

  it('[LOG-10][T-14] a row the database refuses is refused alone; the others of its batch are stored in order', async () => {
    await harness.sql(`ALTER TABLE list_updates ADD CHECK (actor_id <> 'poison')`)
    const updates = Array.from({ length: 40 }, (_, index) =>
      updateOf(list, { actorId: index === 7 || index === 31 ? ('poison' as typeof ann) : bob }),
    )
    const results = await Promise.allSettled(updates.map((update) => storage.log.append(update)))
    const refused = results.flatMap((result, index) => (result.status === 'rejected' ? [index] : []))
    expect(refused).toEqual([7, 31])
    const [poison] = results.filter((result) => result.status === 'rejected')
    expect(poison?.reason).toMatchObject({ code: 'update-rejected' })
    const { updates: stored } = await storage.log.readSince(list, 0, 100)
    const expected = updates.filter((_, index) => !refused.includes(index)).map((update) => update.opId)
    expect(stored.map((row) => row.opId)).toEqual(expected)
    expect(storage.log.health().state).toBe('ok')
  })

  it('[LOG-1] a head that is behind its own log catches up instead of blocking the list', async () => {
    await appendMany(storage, list, 5)
    await harness.sql('UPDATE lists SET head_seq = 2 WHERE id = $1', [list])
    expect((await storage.log.load(list)).head).toBe(5)
    expect((await storage.log.append(updateOf(list))).seq).toBe(6)
    expect(await storage.log.head(list)).toBe(6)
  })

  it('[SNAP-3] a snapshot ahead of the log, as after restoring one table, is not used', async () => {
    await appendMany(storage, list, 5)
    await storage.snapshots.write(list, 5, new Uint8Array([1]))
    await harness.sql('DELETE FROM list_updates WHERE seq > 3; UPDATE lists SET head_seq = 3')
    const { snapshot, tail, damage } = await storage.log.load(list)
    expect([snapshot, tail.map((row) => row.seq)]).toEqual([null, [1, 2, 3]])
    expect(damage).toMatchObject([{ kind: 'corrupt-snapshot', seq: 5 }])
  })
})
