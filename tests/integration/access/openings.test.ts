import { randomUUID } from 'node:crypto'
import { type ListId, openPostgresStorage, type Storage } from '@tandem/persistence'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../server/src/clock.ts'
import { Strangers } from '../../../server/src/room/strangers.ts'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { newList, startNode, type TestNode } from '../sync/node.ts'
import { denialOf, heard, join } from './stage.ts'

const AUTH_FRAME = 2
const CLOSE_FRAME = 7

let database: FreshDatabase
let server: TestNode

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(async () => {
  await server.stop()
  await database.drop()
})

async function openedBy(listId: ListId): Promise<(string | null)[]> {
  const entries = await server.storage.audit.read({ listId, limit: 100 })
  return entries.filter(({ action }) => action === 'list.opened').map(({ actorId }) => actorId)
}

describe('who opened what', () => {
  it('[LIVE-7][Z-17] is in the audit log once for each person, list and socket, and nobody who was denied is', async () => {
    server = await startNode({ databaseUrl: database.url })
    const listId = await newList(server.storage, { bob: 'viewer' })
    const first = await join(server, listId, 'bob')
    first.send(CLOSE_FRAME, () => undefined)
    await until(() => first.denied !== null, { what: 'the list to be closed' })
    first.send(AUTH_FRAME, (encoder) => {
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, 'bob')
    })
    await until(() => heard(first, 'welcome').length === 2, { what: 'the list to be open again' })
    await join(server, listId, 'ann')
    await join(server, listId, 'bob')
    await denialOf(server, listId, 'stranger')
    await until(async () => (await openedBy(listId)).length === 3)
    await server.stop()
    const storage = await openPostgresStorage({ connectionString: database.url })
    server = await startNode({ storage })
    expect((await openedBy(listId)).sort()).toEqual(['ann', 'bob', 'bob'])
  })

  it('[LIVE-7][Z-17] neither delays nor fails an opening, and is written when it can be', async () => {
    const real = await openPostgresStorage({ connectionString: database.url })
    let isBroken = true
    const record: Storage['audit']['record'] = async (...entries) => {
      if (isBroken) throw new Error('the audit log is full')
      await real.audit.record(...entries)
    }
    let retry = (): void => undefined
    server = await startNode({
      storage: { ...real, audit: { ...real.audit, record } },
      clock: {
        ...systemClock,
        // What is tried again after five seconds is tried again when this test says so.
        setTimer: (run, delayMs) => {
          if (delayMs !== 5_000) return systemClock.setTimer(run, delayMs)
          retry = run
          return () => undefined
        },
      },
    })
    const listId = await newList(server.storage)
    await join(server, listId, 'ann')
    await until(() => server.log.some(({ event }) => event === 'audit.failed'))
    expect(await openedBy(listId)).toEqual([])
    isBroken = false
    retry()
    await until(async () => (await openedBy(listId)).length === 1)
  })
})

describe('lists that are not there', () => {
  it('[GUARD-9][Z-15] are asked for slowly after a while; one’s own open at once, and nothing is created', async () => {
    server = await startNode({
      databaseUrl: database.url,
      limits: { unknownListsAtOnce: 20, unknownListsPerSecond: 0.01 },
    })
    const own = await newList(server.storage)
    const ask = () => new RawClient({ url: server.url, token: 'ann', listId: randomUUID() })
    const probes = Array.from({ length: 60 }, ask)
    await until(() => probes.filter(({ denied }) => denied !== null).length === 20)
    const ann = await join(server, own, 'ann')
    const bob = await denialOf(server, own, 'bob')
    expect(bob).toBe('4403 No such list, or no access.')
    expect(ann.denied).toBeNull()
    expect(probes.filter(({ denied }) => denied !== null)).toHaveLength(20)
    const lists = await withClient(database.url, (client) =>
      client.query<{ count: string }>('SELECT count(*) FROM lists'),
    )
    expect(lists.rows[0]?.count).toBe('1')
    expect(server.hub.stats().lists).toBe(1)
    for (const probe of probes) probe.drop()
  })

  it('[GUARD-9][Z-15] waiting answers are bounded: beyond that one is asked to come back later, unasked', async () => {
    server = await startNode({ databaseUrl: database.url })
    const waiting: (() => void)[] = []
    const clock = {
      now: () => 0,
      setTimer: (run: () => void) => {
        waiting.push(run)
        return () => undefined
      },
    }
    const strangers = new Strangers(clock, { unknownListsAtOnce: 10, unknownListsPerSecond: 5 })
    const ann = 'ann' as Parameters<Strangers['miss']>[0]
    const answers = Array.from({ length: 210 }, () => strangers.miss(ann))
    expect([waiting.length, strangers.mayAsk(ann)]).toEqual([200, false])
    expect(strangers.mayAsk('bob' as typeof ann)).toBe(true)
    for (const run of waiting) run()
    await Promise.all(answers)
    expect(strangers.mayAsk(ann)).toBe(true)
  })
})
