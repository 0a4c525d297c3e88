import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, startEmbeddedPostgres } from '@tandem/persistence'
import { coldOpen } from './cold-open.ts'
import { comeBack } from './come-back.ts'
import { cpuSeconds, percentile, residentMegabytes, treeCpuSeconds } from './measure.ts'
import { type System, startStock, startTandem } from './systems.ts'
import { prepareWorkload } from './workload.ts'

const LISTS = 50
const MEMBERS = 5
const ITEMS = 20
const RATES = [500, 2000]
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 15)

interface Row {
  readonly system: string
  readonly rate: number
  readonly ackP50: number
  readonly ackP99: number
  readonly seenP50: number
  readonly seenP99: number
  readonly cpuMicros: number
  readonly postgresMicros: number
  readonly memory: number
  readonly refused: number
}

const directory = await mkdtemp(join(tmpdir(), 'tandem-bench-'))
const postgres = await startEmbeddedPostgres({ dataDir: join(directory, 'postgres') })
try {
  await migrate(postgres.connectionString())
  console.log(
    `machine: ${cpus().length} × ${cpus()[0]?.model ?? '?'}, node ${process.version}, PostgreSQL embedded, fsync on`,
  )
  console.log(
    `load: ${LISTS} lists × ${MEMBERS} members, ${SECONDS} s a run, after 3 s of warming up, open loop\n`,
  )
  const rows: Row[] = []
  for (const rate of RATES) {
    // Each system twice in turn, so that a machine that slows down over the run does not favour one of them.
    for (const start of [
      () => startStock(postgres.connectionString()),
      () => tandem(),
      () => tandem(),
      () => startStock(postgres.connectionString()),
    ]) {
      rows.push(await measure(await start(), rate))
    }
  }
  printRows(rows)
  await coldOpen(postgres.connectionString(), tandem, () => startStock(postgres.connectionString()))
  await comeBack(postgres.connectionString(), tandem)
} finally {
  await postgres.stop()
  await rm(directory, { recursive: true, force: true })
}

function tandem(): Promise<System> {
  return startTandem(postgres.connectionString(), join(directory, 'server'))
}

async function measure(system: System, rate: number): Promise<Row> {
  try {
    const seats = await system.seats(LISTS, MEMBERS)
    const common = { url: system.url, seats, itemsPerList: ITEMS, editsPerSecond: rate }
    const warming = await prepareWorkload({ ...common, seconds: 3 })
    await warming.run()
    warming.close()
    const workload = await prepareWorkload({
      ...common,
      seats: await system.seats(LISTS, MEMBERS),
      seconds: SECONDS,
    })
    const before = { server: cpuSeconds(system.pid), postgres: treeCpuSeconds(postgres.pid) }
    const result = await workload.run()
    const after = { server: cpuSeconds(system.pid), postgres: treeCpuSeconds(postgres.pid) }
    const memory = residentMegabytes(system.pid)
    workload.close()
    return {
      system: system.name,
      rate,
      ackP50: percentile(result.acknowledged, 50),
      ackP99: percentile(result.acknowledged, 99),
      seenP50: percentile(result.propagated, 50),
      seenP99: percentile(result.propagated, 99),
      cpuMicros: ((after.server - before.server) * 1e6) / result.edits,
      postgresMicros: ((after.postgres - before.postgres) * 1e6) / result.edits,
      memory,
      refused: result.refused,
    }
  } finally {
    await system.stop()
  }
}

function printRows(rows: readonly Row[]): void {
  const head = [
    'system',
    'edits/s',
    'ack p50',
    'ack p99',
    'seen p50',
    'seen p99',
    'CPU µs/edit',
    'pg µs/edit',
    'RSS MB',
    'refused',
  ]
  console.log(head.map((cell) => cell.padStart(12)).join(''))
  for (const r of rows) {
    const cells = [
      r.system,
      r.rate,
      r.ackP50.toFixed(1),
      r.ackP99.toFixed(1),
      r.seenP50.toFixed(1),
      r.seenP99.toFixed(1),
      r.cpuMicros.toFixed(0),
      r.postgresMicros.toFixed(0),
      r.memory.toFixed(0),
      r.refused,
    ]
    console.log(cells.map((cell) => String(cell).padStart(12)).join(''))
  }
  console.log('')
  for (const rate of RATES) {
    const mean = (system: string, of: (r: Row) => number): number => {
      const values = rows.filter((r) => r.system === system && r.rate === rate).map(of)
      return values.reduce((sum, value) => sum + value, 0) / values.length
    }
    const ratio = (of: (r: Row) => number): string => (mean('Tandem', of) / mean('stock', of)).toFixed(2)
    console.log(
      `Tandem ÷ stock at ${rate} edits/s: CPU per edit ${ratio((r) => r.cpuMicros)} (target ≤ 1.00), seen p99 ${ratio((r) => r.seenP99)} (target ≤ 2.00), seen p50 ${ratio((r) => r.seenP50)}, ack p50 ${ratio((r) => r.ackP50)}, ack p99 ${ratio((r) => r.ackP99)}`,
    )
  }
}
