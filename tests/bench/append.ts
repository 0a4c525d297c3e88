import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ListId,
  migrate,
  openPostgresStorage,
  type Storage,
  startEmbeddedPostgres,
  type UserId,
} from '@tandem/persistence'

// What one durable append costs. Method: the real log on an embedded PostgreSQL (fsync on) on this machine; so many writers each
// append, wait for the answer, and append again, over 50 lists; then a fixed rate, as from people. Processor time is that of this
// process alone. Not measured: sockets, Yjs, the gate.
//
//   node tests/bench/append.ts [seconds per line, default 3]
const secondsPerLine = Number(process.argv.at(-1)) || 3
const ops = [{ kind: 'item-changed', item: 'x'.repeat(21), field: 'title', from: 'Milk', to: 'Oat milk' }]
const data = randomBytes(120)
const actorId = 'u_bench' as UserId

interface Line {
  readonly load: string
  readonly perSecond: number
  readonly microsPerAppend: number
  readonly p50Ms: number
  readonly p99Ms: number
}

async function measure(
  load: string,
  run: (append: () => Promise<void>, until: number) => Promise<void>,
): Promise<Line> {
  const latencies: number[] = []
  const append = async (): Promise<void> => {
    const listId = lists[latencies.length % lists.length] ?? (randomUUID() as ListId)
    const from = performance.now()
    await storage.log.append({ listId, actorId, opId: randomUUID(), ops, data })
    latencies.push(performance.now() - from)
  }
  const from = performance.now()
  const cpuFrom = process.cpuUsage()
  await run(append, from + secondsPerLine * 1_000)
  const { user, system } = process.cpuUsage(cpuFrom)
  const seconds = (performance.now() - from) / 1_000
  latencies.sort((a, b) => a - b)
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN
  return {
    load,
    perSecond: Math.round(latencies.length / seconds),
    microsPerAppend: Math.round((user + system) / latencies.length),
    p50Ms: Number(at(0.5).toFixed(2)),
    p99Ms: Number(at(0.99).toFixed(2)),
  }
}

const closed = (writers: number) => async (append: () => Promise<void>, until: number) => {
  const writer = async (): Promise<void> => {
    while (performance.now() < until) await append()
  }
  await Promise.all(Array.from({ length: writers }, writer))
}

/** Evenly spread arrivals, whatever the answers take. */
const paced = (perSecond: number) => async (append: () => Promise<void>, until: number) => {
  const from = performance.now()
  const all: Promise<void>[] = []
  while (performance.now() < until) {
    const due = ((performance.now() - from) / 1_000) * perSecond
    while (all.length < due) all.push(append())
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(all)
}

const dataDir = await mkdtemp(join(tmpdir(), 'tandem-bench-'))
const postgres = await startEmbeddedPostgres({ dataDir })
await migrate(postgres.connectionString())
const storage: Storage = await openPostgresStorage({ connectionString: postgres.connectionString() })
await storage.directory.ensureUser({ id: actorId, name: 'Bench' })
const lists: ListId[] = []
for (let n = 0; n < 50; n++) {
  const id = randomUUID() as ListId
  await storage.directory.createList({ id, ownerId: actorId, title: 'Bench' })
  lists.push(id)
}

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, fsync on, ${secondsPerLine} s a line`,
)
await measure('warm-up', closed(20))
const lines: Line[] = []
for (const writers of [1, 10, 100, 1_000]) lines.push(await measure(`${writers} writers`, closed(writers)))
for (const rate of [500, 2_000, 5_000]) lines.push(await measure(`${rate} a second`, paced(rate)))
console.table(lines)

await storage.close(5_000)
await postgres.stop()
await rm(dataDir, { recursive: true, force: true })
