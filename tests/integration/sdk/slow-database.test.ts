import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { type TcpProxy, tcpProxy } from '../../support/proxy.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { closeAll, isSynced, person, sharedList, titles } from './two-people.ts'

/** Each way: a round trip to the database takes twice as long, and a commit is one. */
const LATENCY_MS = 2_500
const EDITS = 200
/** One after the other, so that none is joined with the one before it for want of time. */
const EVERY_MS = 25

let database: FreshDatabase
let proxy: TcpProxy
let server: RunningServer

beforeAll(async () => {
  database = await freshDatabase()
  const direct = new URL(database.url)
  proxy = await tcpProxy({ host: direct.hostname, port: Number(direct.port) })
  const through = new URL(database.url)
  through.hostname = '127.0.0.1'
  through.port = String(proxy.port)
  server = await startServer({ databaseUrl: through.href })
})
afterEach(closeAll)
afterAll(async () => {
  proxy.delay(0)
  await server.stop()
  await proxy.close()
  await database.drop()
})

async function headOf(listId: string): Promise<number> {
  return withClient(database.url, async (client) => {
    const { rows } = await client.query<{ head: number }>(
      'SELECT max(seq)::int AS head FROM list_updates WHERE list_id = $1',
      [listId],
    )
    return rows[0]?.head ?? 0
  })
}

/** Rows of the list's log from this position on: the server writes one for each batch it accepts. */
async function rowsAfter(
  listId: string,
  seq: number,
): Promise<{ rows: number; commits: number; items: number }> {
  return withClient(database.url, async (client) => {
    const { rows } = await client.query<{ at: Date; ops: { op: string }[] }>(
      'SELECT at, ops FROM list_updates WHERE list_id = $1 AND seq > $2',
      [listId, seq],
    )
    const items = rows.flatMap((row) => row.ops).filter(({ op }) => op === 'add').length
    return { rows: rows.length, commits: new Set(rows.map((row) => row.at.getTime())).size, items }
  })
}

it('[ACK-5][LOG-3][V-04][V-23][X-06] two hundred edits made while a commit takes five seconds are saved in a few commits; none fails, nobody is cut off', async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There is no list.')
  await hers.items.add('first').confirmed
  const before = await headOf(hers.id)
  proxy.delay(LATENCY_MS)
  const states = new Set<string>()
  hers.status.subscribe(() => states.add(hers.status.getSnapshot().state))
  const startedAt = performance.now()
  for (let n = 0; n < EDITS; n += 1) {
    await until(() => performance.now() - startedAt >= n * EVERY_MS, { what: 'the next tap' })
    hers.items.add(`item ${n}`)
  }
  expect(titles(hers)).toHaveLength(EDITS + 1)
  expect(hers.status.getSnapshot()).toMatchObject({ state: 'saving' })
  await until(() => isSynced(hers), { timeoutMs: 90_000, what: 'all of them to be saved' })
  const seconds = (performance.now() - startedAt) / 1_000
  proxy.delay(0)
  const { rows, commits, items } = await rowsAfter(hers.id, before)
  process.stdout.write(
    `${EDITS} edits: ${rows} rows in ${commits} commits, saved after ${seconds.toFixed(1)} s\n`,
  )
  expect(items).toBe(EDITS)
  expect(commits).toBeLessThanOrEqual(7)
  await until(() => titles(his).length === EDITS + 1)
  expect([...states].sort()).toEqual(['saving', 'synced'])
  expect([...ann.errors, ...ben.errors]).toEqual([])
}, 150_000)
