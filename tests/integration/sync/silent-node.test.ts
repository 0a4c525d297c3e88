import type { Storage } from '@tandem/persistence'
import { openPostgresStorage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../server/src/clock.ts'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, titles } from './clients.ts'
import { newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
const nodes: TestNode[] = []

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.stop()))
  await database.drop()
})

/** What happens every 20 s happens five times a second. */
const hastyClock: typeof systemClock = {
  ...systemClock,
  setTimer: (run, delayMs) => systemClock.setTimer(run, delayMs === 20_000 ? 200 : delayMs),
}

async function node(storage: Storage): Promise<TestNode> {
  const started = await startNode({ storage, clock: hastyClock })
  nodes.push(started)
  return started
}

/** Commits and never says so, as a node that dies in between. */
async function muteStorage(): Promise<Storage> {
  const storage = await openPostgresStorage({ connectionString: database.url })
  return { ...storage, bus: { ...storage.bus, publish: () => undefined } }
}

interface Questions {
  heads: number
  lists: number
}

async function countingStorage(): Promise<{ storage: Storage; asked: Questions }> {
  const storage = await openPostgresStorage({ connectionString: database.url })
  const asked: Questions = { heads: 0, lists: 0 }
  const { log } = storage
  return {
    asked,
    storage: {
      ...storage,
      log: {
        ...log,
        heads: (lists) => {
          asked.heads += 1
          return log.heads(lists)
        },
        readSince: (list, after, limit) => {
          asked.lists += 1
          return log.readSince(list, after, limit)
        },
        head: (list) => {
          asked.lists += 1
          return log.head(list)
        },
      },
    },
  }
}

describe('a commit that was never announced', () => {
  it('[BUS-6] is seen on the other nodes all the same, on a list that was quiet for as long as anybody remembers', async () => {
    const { storage, asked } = await countingStorage()
    const [one, two] = [await node(await muteStorage()), await node(storage)]
    const listId = await newList(one.storage, { ben: 'editor' })
    const ann = await rawClient(one, listId, 'ann')
    const ben = await rawClient(two, listId, 'ben')
    addItem(ann.document, 'ann', 'Milk')
    await until(() => titles(ben.document).length === 1, { what: 'the edit on the other node' })
    expect(asked.lists).toBeLessThanOrEqual(2)
  })

  it('[BUS-5][BUS-6] is looked for with one question about all lists, and none about each', async () => {
    const { storage, asked } = await countingStorage()
    const only = await node(storage)
    for (let i = 0; i < 5; i++) await rawClient(only, await newList(storage), 'ann')
    Object.assign(asked, { heads: 0, lists: 0 })
    await until(() => asked.heads >= 3, { what: 'three comparisons' })
    expect(asked).toEqual({ heads: 3, lists: 0 })
  })
})

describe('a hole in the log', () => {
  it('[LOG-7][SYNC-8] is passed in one read, with one entry and one message, however long it is', async () => {
    const { storage, asked } = await countingStorage()
    const only = await node(storage)
    const listId = await newList(storage)
    const ann = await rawClient(only, listId, 'ann')
    asked.lists = 0
    await withClient(database.url, (client) =>
      client.query('UPDATE lists SET head_seq = 40 WHERE id = $1', [listId]),
    )
    const damaged = (): string[] => ann.messages.filter((text) => text.includes('"damaged"'))
    await until(() => damaged().length > 0, { what: 'the hole to be told' })
    asked.heads = 0
    await until(() => asked.heads >= 3, { what: 'three more comparisons' })
    expect([asked.lists, damaged().length]).toEqual([1, 1])
    const found = await storage.directory.quarantine()
    expect(found.map(({ kind, seq }) => [kind, seq])).toEqual([['missing-row', 1]])
  })
})
