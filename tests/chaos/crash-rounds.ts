import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, startEmbeddedPostgres } from '@tandem/persistence'
import { expect } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import { seededRandom } from '../support/seed.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { Crowd } from './crowd.ts'
import { addedTwice, makeLists, missing } from './crowd-helpers.ts'

const EDITS_PER_SECOND = 500
const LISTS = 5
const PER_LIST = 2

/** The server process is killed at a random moment of every round, and started again on the same database. */
export async function killServerRounds(rounds: number): Promise<void> {
  const random = seededRandom('kill-server')
  const database = await freshDatabase()
  const saved = new Set<string>()
  let server = await startServer({ databaseUrl: database.url })
  const lists = await makeLists(server.url, LISTS)
  let answered = 0
  try {
    for (let round = 0; round < rounds; round++) {
      const crowd = new Crowd(lists, `r${String(round).padStart(5, '0')}`)
      await crowd.connect(server.wsUrl, PER_LIST)
      crowd.start(EDITS_PER_SECOND, random)
      const killAfter = 50 + random.int(EDITS_PER_SECOND)
      await until(() => crowd.acknowledged.size >= killAfter, { what: `${killAfter} acknowledgements` })
      await server.kill('SIGKILL')
      crowd.leave()
      for (const id of crowd.acknowledged) saved.add(id)
      answered += crowd.acknowledged.size
      server = await startServer({ databaseUrl: database.url })
      const lost = await missing(server.wsUrl, lists, saved)
      expect(lost, `round ${round}: acknowledged and not there`).toEqual([])
    }
    // A run that acknowledged next to nothing would prove nothing.
    expect(answered).toBeGreaterThan(rounds * 50)
    console.log(`server killed ${rounds} times: ${answered} acknowledged edits, 0 missing`)
  } finally {
    await server.stop()
    await database.drop()
  }
}

/** PostgreSQL is killed at a random moment of every round; the server stays, waits and goes on by itself. */
export async function killPostgresRounds(rounds: number): Promise<void> {
  const random = seededRandom('kill-postgres')
  const directory = await mkdtemp(join(tmpdir(), 'tandem-chaos-'))
  const postgres = await startEmbeddedPostgres({ dataDir: directory })
  const databaseUrl = postgres.connectionString()
  await migrate(databaseUrl)
  let server = await startServer({ databaseUrl })
  try {
    const lists = await makeLists(server.url, LISTS)
    const saved = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const crowd = new Crowd(lists, `p${String(round).padStart(5, '0')}`)
      await crowd.connect(server.wsUrl, PER_LIST)
      crowd.start(EDITS_PER_SECOND, random)
      const killAfter = 50 + random.int(EDITS_PER_SECOND)
      await until(() => crowd.acknowledged.size >= killAfter, { what: `${killAfter} acknowledgements` })
      const victim = postgres.pid
      process.kill(victim, 'SIGKILL')
      await until(() => postgres.pid !== victim, { timeoutMs: 60_000, what: 'PostgreSQL to be back' })
      crowd.stop()
      await crowd.settled(60_000)
      // Nothing was given up: the crowd stayed connected, so every edit it made is acknowledged in the end.
      expect(crowd.acknowledged.size).toBe(crowd.made)
      for (const id of crowd.acknowledged) saved.add(id)
      crowd.leave()
    }
    expect(server.exitCode()).toBeNull()
    await server.kill('SIGKILL')
    server = await startServer({ databaseUrl })
    expect(await missing(server.wsUrl, lists, saved)).toEqual([])
    expect(await addedTwice(databaseUrl, lists)).toEqual([])
    console.log(
      `PostgreSQL killed ${rounds} times: ${saved.size} acknowledged edits, 0 missing, 0 twice in the log`,
    )
  } finally {
    await server.stop()
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
