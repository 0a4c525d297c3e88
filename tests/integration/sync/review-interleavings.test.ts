import { type ListId, openPostgresStorage, type Storage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, titles } from './clients.ts'
import { latch } from './latch.ts'
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

const newStorage = (): Promise<Storage> => openPostgresStorage({ connectionString: database.url })

async function node(storage: Storage): Promise<TestNode> {
  const started = await startNode({ storage })
  nodes.push(started)
  return started
}

async function write(server: TestNode, listId: ListId, count: number): Promise<RawClient> {
  const ann = await rawClient(server, listId, 'ann')
  for (let i = 0; i < count; i++) addItem(ann.document, 'ann', `item ${i}`)
  await until(() => ann.unanswered === 0, { what: `${count} edits to be saved` })
  return ann
}

describe('an edit on another node', () => {
  it('[BUS-1][E-01] that commits while this node is reading the log is not left to the next sweep', async () => {
    const storage = await newStorage()
    const reading = latch()
    const log: Storage['log'] = {
      ...storage.log,
      readSince: async (...range) => {
        const found = await storage.log.readSince(...range)
        await reading.pass()
        return found
      },
    }
    const one = await node(await newStorage())
    let hints = 0
    const bus: Storage['bus'] = {
      ...storage.bus,
      subscribe: (listener) =>
        storage.bus.subscribe((message) => {
          listener(message)
          hints += 1
        }),
    }
    const two = await node({ ...storage, log, bus })
    const listId = await newList(storage, { ben: 'editor' })
    const ann = await rawClient(one, listId, 'ann')
    const ben = await rawClient(two, listId, 'ben')
    await until(() => ann.unanswered + ben.unanswered === 0)
    reading.close()
    addItem(ann.document, 'ann', 'First')
    await until(() => reading.arrived() === 1)
    addItem(ann.document, 'ann', 'Second')
    await until(() => hints === 2)
    reading.open()
    await until(() => titles(ben.document).length > 0)
    await until(() => titles(ben.document).length === 2, { timeoutMs: 500, what: 'the second edit' })
  })
})

describe('a list that leaves memory', () => {
  it('[SYNC-2][E-05] while somebody joins is never joined half: whoever is let in sees what comes', async () => {
    const storage = await newStorage()
    const finding = latch()
    const writing = latch()
    const server = await node({
      ...storage,
      directory: {
        ...storage.directory,
        find: async (listId, userId) => {
          const row = await storage.directory.find(listId, userId)
          await finding.pass()
          return row
        },
      },
      snapshots: {
        write: async (...snapshot) => {
          const outcome = await storage.snapshots.write(...snapshot)
          await writing.pass()
          return outcome
        },
      },
    })
    const halfJoined: number[] = []
    for (let distance = -24; distance <= 24; distance++) {
      const listId = await newList(storage)
      const ann = await write(server, listId, 20)
      writing.close()
      const written = writing.arrived()
      ann.drop()
      await until(() => writing.arrived() === written + 1, { what: 'the unload to begin' })
      finding.close()
      const asked = finding.arrived()
      const joining = new RawClient({ url: server.url, token: 'ann', listId })
      await until(() => finding.arrived() === asked + 1)
      const [first, second] = distance < 0 ? [writing, finding] : [finding, writing]
      first.open()
      for (let tick = 0; tick < Math.abs(distance); tick++) await null
      second.open()
      // Denied or closed is an answer to come back; a silent copy is not.
      await joining.synced.catch(() => undefined)
      await until(() => joining.denied !== null || joining.unanswered === 0)
      const other = await rawClient(server, listId, 'ann')
      addItem(other.document, 'ann', 'Live')
      await until(() => other.unanswered === 0)
      const sees = (): boolean => joining.denied !== null || titles(joining.document).length === 21
      await until(sees, { timeoutMs: 300 }).catch(() => halfJoined.push(distance))
      joining.drop()
      other.drop()
    }
    expect(halfJoined).toEqual([])
  }, 60_000)

  it('[SYNC-2][E-01] under an edit that is still being committed is told of it when it is open again', async () => {
    const storage = await newStorage()
    const appending = latch()
    const writing = latch()
    const server = await node({
      ...storage,
      log: {
        ...storage.log,
        append: async (update) => {
          await appending.pass()
          return storage.log.append(update)
        },
      },
      snapshots: {
        write: async (...snapshot) => {
          await writing.pass()
          return storage.snapshots.write(...snapshot)
        },
      },
    })
    const listId = await newList(storage)
    const first = await write(server, listId, 20)
    writing.close()
    first.drop()
    await until(() => writing.arrived() === 1, { what: 'the unload to begin' })
    const second = await rawClient(server, listId, 'ann')
    await until(() => second.unanswered === 0)
    appending.close()
    addItem(second.document, 'ann', 'Late')
    await until(() => server.hub.stats().pendingAppends === 1)
    second.drop()
    await until(() => server.hub.stats().sockets === 0)
    writing.open()
    await until(() => server.hub.stats().lists === 0 || writing.arrived() > 1).catch(() => undefined)
    const third = await rawClient(server, listId, 'ann')
    appending.open()
    await until(() => titles(third.document).includes('Late'), { timeoutMs: 2_000 })
  })
})

describe('a snapshot', () => {
  it('[SNAP-3][V-11] that is whole and yet no list is never taken for one: the log is read from its start', async () => {
    const server = await node(await newStorage())
    const listId = await newList(server.storage)
    const ann = await write(server, listId, 25)
    ann.drop()
    await until(() => server.hub.stats().lists === 0)
    // With the right checksum, as if we had written it ourselves.
    await withClient(database.url, (client) =>
      client.query('DELETE FROM list_snapshots WHERE list_id = $1', [listId]),
    )
    await server.storage.snapshots.write(listId, 24, new Uint8Array([9, 9, 9, 9]))
    const again = await rawClient(server, listId, 'ann')
    expect(titles(again.document)).toHaveLength(25)
    expect(server.hub.stats().damagedLists).toBe(1)
  })
})
