import { randomUUID } from 'node:crypto'
import { type ListId, openPostgresStorage, type UserId } from '@tandem/persistence'
import pg from 'pg'
import * as Y from 'yjs'
import { guest } from '../../support/people.ts'
import { RawClient } from '../../support/raw-client.ts'
import { percentile } from './measure.ts'
import type { System } from './systems.ts'
import { itemId, record } from './workload.ts'

const ITEMS = 1_000
const EDITS = 100_000
const ROUNDS = 7

/** D-10 and D-13: a list with a long history is opened by a server that does not have it in memory; then a member who missed 47 edits comes back. */
export async function coldOpen(
  databaseUrl: string,
  startTandem: () => Promise<System>,
  startStock: () => Promise<System>,
): Promise<void> {
  console.log(`\ncold open: ${ITEMS} items, ${EDITS} edits, median of ${ROUNDS} server starts\n`)
  const owner = await withSystem(startTandem, (system) =>
    guest(system.url.replace(/^ws/, 'http').replace(/\/sync$/, ''), 'Owner'),
  )
  const listId = randomUUID()
  const state = await writeHistory(databaseUrl, listId as ListId, owner.userId as UserId)
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  await pool.query('INSERT INTO stock_documents (name, data) VALUES ($1, $2)', [listId, Buffer.from(state)])
  await pool.end()

  for (const [start, seat] of [
    [startTandem, { token: owner.token, listId }],
    [startStock, { token: 'x', listId }],
  ] as const) {
    const cold: number[] = []
    const warm: number[] = []
    const back: number[] = []
    let name = ''
    for (let round = 0; round < ROUNDS; round++) {
      await withSystem(start, async (system) => {
        name = system.name
        const first = await timedOpen(system, seat)
        cold.push(first.ms)
        const second = await timedOpen(system, seat)
        warm.push(second.ms)
        const left = second.client.document
        second.client.drop()
        for (let n = 0; n < 47; n++)
          first.client.document.getMap('items').set(`${itemId(n)}/x-n`, [n + round * 100, owner.userId, 1])
        await first.client.synced
        while (first.client.unanswered > 0) await new Promise((resolve) => setTimeout(resolve, 2))
        const third = await timedOpen(system, seat, left)
        back.push(third.ms)
        first.client.drop()
        third.client.drop()
      })
    }
    console.log(
      `${name.padStart(8)}: cold ${percentile(cold, 50).toFixed(0)} ms, warm ${percentile(warm, 50).toFixed(0)} ms, back after 47 missed edits ${percentile(back, 50).toFixed(0)} ms`,
    )
  }
}

async function timedOpen(
  system: System,
  seat: { token: string; listId: string },
  document?: Y.Doc,
): Promise<{ ms: number; client: RawClient }> {
  const start = performance.now()
  const client = new RawClient({ url: system.url, ...seat, ...(document === undefined ? {} : { document }) })
  await client.synced
  return { ms: performance.now() - start, client }
}

/** Through the real log, with snapshots where compaction would have written them. */
async function writeHistory(databaseUrl: string, listId: ListId, ownerId: UserId): Promise<Uint8Array> {
  const storage = await openPostgresStorage({ connectionString: databaseUrl })
  await storage.directory.createList({ id: listId, ownerId, title: 'Long history' })
  const document = new Y.Doc()
  const items = document.getMap('items')
  const written: Promise<unknown>[] = []
  document.on('update', (data: Uint8Array) => {
    written.push(storage.log.append({ listId, actorId: ownerId, opId: randomUUID(), ops: [], data }))
  })
  for (let n = 0; n < ITEMS; n++) items.set(itemId(n), record(n, ownerId))
  for (let n = 0; n < EDITS - ITEMS; n++) {
    items.set(`${itemId((n * 7919) % ITEMS)}/done`, [n % 2 === 0, ownerId, 1_700_000_000_000 + n])
    if (written.length >= 2_000) {
      await Promise.all(written.splice(0))
      const seq = await storage.log.head(listId)
      // The last 400 edits stay a tail, as they would before the next snapshot is due.
      if (n < EDITS - ITEMS - 400) await storage.snapshots.write(listId, seq, Y.encodeStateAsUpdate(document))
    }
  }
  await Promise.all(written)
  await storage.close(10_000)
  return Y.encodeStateAsUpdate(document)
}

async function withSystem<T>(start: () => Promise<System>, work: (system: System) => Promise<T>): Promise<T> {
  const system = await start()
  try {
    return await work(system)
  } finally {
    await system.stop()
  }
}
