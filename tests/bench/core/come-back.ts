import pg from 'pg'
import { RawClient } from '../../support/raw-client.ts'
import { cpuSeconds, percentile } from './measure.ts'
import type { System } from './systems.ts'
import { pause, type Seat } from './workload.ts'

const LISTS = 50
const MEMBERS = 5
const ROUNDS = 3

/** A server starts anew and everybody comes back at once; then all of them once more, with their lists in memory. */
export async function comeBack(databaseUrl: string, start: () => Promise<System>): Promise<void> {
  console.log(
    `\ncome back: ${LISTS * MEMBERS} sockets at once, ${LISTS} small lists, median of ${ROUNDS} server starts\n`,
  )
  const seats = await withSystem(start, (system) => system.seats(LISTS, MEMBERS))
  const found: Record<'cold' | 'warm', Opening[]> = { cold: [], warm: [] }
  for (let round = 0; round < ROUNDS; round++) {
    await withSystem(start, async (system) => {
      const atFirst = await transactions(databaseUrl)
      const cold = await openAll(system, seats)
      const afterCold = await transactions(databaseUrl)
      const warm = await openAll(system, seats)
      const afterWarm = await transactions(databaseUrl)
      found.cold.push({ ...cold, transactions: afterCold - atFirst })
      found.warm.push({ ...warm, transactions: afterWarm - afterCold })
      for (const client of [...cold.clients, ...warm.clients]) client.drop()
    })
  }
  for (const [name, openings] of Object.entries(found)) {
    const median = (of: (opening: Opening) => number) => percentile(openings.map(of), 50)
    const each = (total: number): string => (total / seats.length).toFixed(2)
    console.log(
      `${name}: all open after ${median(({ ms }) => ms).toFixed(0)} ms; each costs ${each(median((o) => o.transactions))} transactions and ${each(median((o) => o.cpuMs))} ms of the server's CPU`,
    )
  }
}

interface Opening {
  readonly ms: number
  readonly cpuMs: number
  readonly transactions: number
}

async function openAll(system: System, seats: readonly Seat[]) {
  const cpuBefore = cpuSeconds(system.pid)
  const startedAt = performance.now()
  const clients = seats.map(({ token, listId }) => new RawClient({ url: system.url, token, listId }))
  await Promise.all(clients.map((client) => client.synced))
  const ms = performance.now() - startedAt
  return { clients, ms, cpuMs: (cpuSeconds(system.pid) - cpuBefore) * 1000 }
}

/**
 * How many there were in all. PostgreSQL's processes report theirs when they were idle for 10 s, and what is written behind
 * everybody's back counts, too. Not longer, or the server looks up everybody's rights again meanwhile.
 */
async function transactions(databaseUrl: string): Promise<number> {
  await pause(12_000)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ n: string }>(
    'SELECT xact_commit AS n FROM pg_stat_database WHERE datname = current_database()',
  )
  await client.end()
  return Number(rows[0]?.n)
}

async function withSystem<T>(start: () => Promise<System>, work: (system: System) => Promise<T>): Promise<T> {
  const system = await start()
  try {
    return await work(system)
  } finally {
    await system.stop()
  }
}
