import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, startEmbeddedPostgres } from '@tandem/persistence'
import { expect } from 'vitest'
import { freshDatabase } from '../support/postgres.ts'
import { tcpProxy } from '../support/proxy.ts'
import { seededRandom } from '../support/seed.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { Crowd } from './crowd.ts'
import { added, addedTwice, makeLists, missing } from './crowd-helpers.ts'

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

/**
 * PostgreSQL is killed at a random moment of every round; the server stays, waits and goes on by itself.
 *
 * A kill alone hardly ever hits between a commit and its answer: a session finishes its statement and answers before it
 * looks for its postmaster. So in every other round the answers are held back until one is missing.
 */
export async function killPostgresRounds(rounds: number): Promise<void> {
  const random = seededRandom('kill-postgres')
  const directory = await mkdtemp(join(tmpdir(), 'tandem-chaos-'))
  const postgres = await startEmbeddedPostgres({ dataDir: directory })
  const databaseUrl = postgres.connectionString()
  await migrate(databaseUrl)
  const direct = new URL(databaseUrl)
  const proxy = await tcpProxy({ host: direct.hostname, port: Number(direct.port) })
  const through = new URL(databaseUrl)
  through.hostname = '127.0.0.1'
  through.port = String(proxy.port)
  let server = await startServer({ databaseUrl: through.href })
  let answersLost = 0
  try {
    const lists = await makeLists(server.url, LISTS)
    const saved = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const crowd = new Crowd(lists, `p${String(round).padStart(5, '0')}`)
      await crowd.connect(server.wsUrl, PER_LIST)
      crowd.start(EDITS_PER_SECOND, random)
      const killAfter = 50 + random.int(EDITS_PER_SECOND)
      await until(() => crowd.acknowledged.size >= killAfter, { what: `${killAfter} acknowledgements` })
      const isHeld = round % 2 === 1
      if (isHeld) {
        proxy.pause('down')
        // A tenth of a second without answers: what is in the log by then and not acknowledged will not be.
        const enough = crowd.made + EDITS_PER_SECOND / 10
        const isUntold = (id: string): boolean => !crowd.acknowledged.has(id) && !saved.has(id)
        const isOneLost = async (): Promise<boolean> =>
          crowd.made >= enough && (await added(databaseUrl, lists)).some(isUntold)
        // Whether that worked is looked at in the end: a server that acknowledges too early fails for that.
        await until(isOneLost).then(
          () => answersLost++,
          () => undefined,
        )
      }
      const victim = postgres.pid
      process.kill(victim, 'SIGKILL')
      if (isHeld) {
        proxy.cut()
        proxy.resume()
      }
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
    server = await startServer({ databaseUrl: through.href })
    expect(await missing(server.wsUrl, lists, saved)).toEqual([])
    expect(await addedTwice(databaseUrl, lists)).toEqual([])
    expect(answersLost, 'commits that were never answered').toBeGreaterThan(0)
    console.log(
      `PostgreSQL killed ${rounds} times, ${answersLost} times with a lost answer: ${saved.size} acknowledged edits, 0 missing, 0 twice in the log`,
    )
  } finally {
    await server.stop()
    await proxy.close()
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
