import type { ListId, Storage, UserId } from '@tandem/persistence'
import { openPostgresStorage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { seededRandom } from '../../support/seed.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, titles } from './clients.ts'
import { grant, heldAppends, newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
const nodes: TestNode[] = []

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.stop()))
  await database.drop()
})

async function node(storage?: Storage): Promise<TestNode> {
  const started = await startNode(storage === undefined ? { databaseUrl: database.url } : { storage })
  nodes.push(started)
  return started
}

/** A node that loses messages for as long as `isLost` says so, and can be told that it may have. */
async function deafNode(isLost: () => boolean): Promise<TestNode & { gap(): void }> {
  const storage = await openPostgresStorage({ connectionString: database.url })
  const { bus } = storage
  const gaps = new Set<() => void>()
  const started = await node({
    ...storage,
    bus: {
      publish: (message) => bus.publish(message),
      onGap: (listener) => {
        gaps.add(listener)
        return () => gaps.delete(listener)
      },
      state: () => bus.state(),
      close: () => bus.close(),
      subscribe: (listener) => bus.subscribe((message) => (isLost() ? undefined : listener(message))),
    },
  })
  return { ...started, gap: () => gaps.forEach((listener) => void listener()) }
}

const sameState = (a: Y.Doc, b: Y.Doc): boolean =>
  Buffer.from(Y.encodeStateAsUpdate(a)).equals(Buffer.from(Y.encodeStateAsUpdate(b)))

describe('two nodes on one database', () => {
  it('[SYNC-7][E-01] show each other every commit, in both directions', async () => {
    const [one, two] = [await node(), await node()]
    const listId = await newList(one.storage, { ben: 'editor' })
    const ann = await rawClient(one, listId, 'ann')
    const ben = await rawClient(two, listId, 'ben')
    addItem(ann.document, 'ann', 'Milk')
    await until(() => titles(ben.document).length === 1, { what: 'the edit on the other node' })
    addItem(ben.document, 'ben', 'Bread')
    await until(() => titles(ann.document).length === 2)
    expect(titles(ann.document)).toEqual(['Bread', 'Milk'])
    expect(await one.storage.log.head(listId)).toBe(2)
  })

  it('[BUS-1][E-01] converge when a third of the messages between them is lost', async () => {
    const random = seededRandom('lost hints')
    let isOver = false
    const isLost = (): boolean => isOver || random.next() < 0.3
    const [one, two] = [await deafNode(isLost), await deafNode(isLost)]
    const listId = await newList(one.storage, { ben: 'editor' })
    const ann = await rawClient(one, listId, 'ann')
    const ben = await rawClient(two, listId, 'ben')
    for (let i = 0; i < 40; i++) {
      // The last messages of all are lost: no later one can heal that.
      isOver = i === 39
      addItem(ann.document, 'ann', `a${i}`)
      addItem(ben.document, 'ben', `b${i}`)
      await until(() => ann.unanswered + ben.unanswered === 0)
    }
    await until(() => titles(ann.document).length === 80 && titles(ben.document).length === 80, {
      what: 'both to have all 80 edits',
      timeoutMs: 15_000,
    })
    expect(sameState(ann.document, ben.document)).toBe(true)
  })

  it('[BUS-3][E-01][E-17] catch up after the connection that carries the messages was cut', async () => {
    const [one, two] = [await node(), await node()]
    const listId = await newList(one.storage, { ben: 'editor' })
    const ann = await rawClient(one, listId, 'ann')
    const ben = await rawClient(two, listId, 'ben')
    const { rowCount } = await withClient(database.url, (client) =>
      client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'tandem-bus-%'`,
      ),
    )
    expect(rowCount).toBe(2)
    addItem(ann.document, 'ann', 'Milk')
    await until(() => ann.unanswered === 0)
    await until(() => titles(ben.document).length === 1, {
      what: 'the edit to be found in the log',
      timeoutMs: 15_000,
    })
  })

  it('[BUS-3][E-01] read what they missed as soon as they learn that messages were lost', async () => {
    const [one, two] = [await node(), await deafNode(() => true)]
    const listId = await newList(one.storage, { ben: 'editor' })
    const ann = await rawClient(one, listId, 'ann')
    const ben = await rawClient(two, listId, 'ben')
    addItem(ann.document, 'ann', 'Milk')
    await grant(one.storage, listId, { userId: 'ben', role: 'viewer' })
    one.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => ann.unanswered === 0)
    expect(titles(ben.document)).toEqual([])
    two.gap()
    await until(() => titles(ben.document).length === 1, { timeoutMs: 2_000 })
    await until(() => ben.messages.some((text) => text.includes('"viewer"')), { timeoutMs: 2_000 })
  })

  it('[ACK-3][E-08][F-02] an edit sent again to the other node is stored once', async () => {
    const [one, two] = [await node(), await node()]
    const listId = await newList(one.storage)
    const warm = await rawClient(two, listId, 'ann')
    addItem(warm.document, 'ann', 'Bread')
    const first = await rawClient(one, listId, 'ann')
    await until(() => titles(first.document).length === 1)
    for (let round = 1; round <= 20; round++) {
      const from = round % 2 === 0 ? one : two
      const to = round % 2 === 0 ? two : one
      const sender = new RawClient({ url: from.url, token: 'ann', listId })
      await sender.synced
      await until(() => sender.unanswered === 0)
      addItem(sender.document, 'ann', `round ${round}`)
      await until(() => sender.unanswered === 0)
      sender.drop()
      const again = new RawClient({ url: to.url, token: 'ann', listId, document: sender.document })
      await again.synced
      await until(() => again.unanswered === 0)
      again.drop()
    }
    expect(await one.storage.log.head(listId)).toBe(21)
  })

  it('[SYNC-2][E-05][A-03] joining while others write never misses an edit', async () => {
    const [one, two] = [await node(), await node()]
    const listId = await newList(one.storage, { ben: 'editor' })
    const ann = await rawClient(one, listId, 'ann')
    let isWriting = true
    const writing = (async () => {
      for (let i = 0; isWriting; i++) {
        addItem(ann.document, 'ann', `item ${i}`)
        await until(() => ann.unanswered === 0)
      }
    })()
    const joined: RawClient[] = []
    for (let i = 0; i < 60 || titles(ann.document).length <= 20; i++) {
      const client = new RawClient({ url: (i % 2 === 0 ? two : one).url, token: 'ben', listId })
      await client.synced
      joined.push(client)
      // Most leave at once, so that the list is loaded and unloaded over and over on the second node.
      if (i % 4 !== 0) client.drop()
    }
    isWriting = false
    await writing
    const all = titles(ann.document).length
    expect(all).toBeGreaterThan(20)
    const live = joined.filter(
      (client) => client.closed === null && client.socket.readyState === client.socket.OPEN,
    )
    await until(() => live.every((client) => titles(client.document).length === all), {
      what: 'everybody to have all edits',
    })
    for (const client of live) expect(sameState(client.document, ann.document)).toBe(true)
  })

  it('[ACCESS-2] a change of role on one node reaches the connections on the other', async () => {
    const [one, two] = [await node(), await node()]
    const listId = await newList(one.storage, { ben: 'editor' })
    const ben = await rawClient(two, listId, 'ben')
    await grant(one.storage, listId, { userId: 'ben', role: 'viewer' })
    one.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => ben.messages.some((text) => text.includes('"viewer"')), { timeoutMs: 2_000 })
    one.hub.resync(listId, 'by the operator')
    await until(() => ben.messages.some((text) => text.includes('"resync"')), { timeoutMs: 2_000 })
  })

  it('[BUS-5] an idle server asks the database nothing about single lists', async () => {
    const storage = await openPostgresStorage({ connectionString: database.url })
    let reads = 0
    const counting: Storage = {
      ...storage,
      log: {
        ...storage.log,
        readSince: (listId: ListId, after, limit) => {
          reads += 1
          return storage.log.readSince(listId, after, limit)
        },
        head: (listId) => {
          reads += 1
          return storage.log.head(listId)
        },
      },
    }
    const only = await node(counting)
    const listId = await newList(only.storage)
    const ann = await rawClient(only, listId, 'ann')
    addItem(ann.document, 'ann', 'Milk')
    await until(() => ann.unanswered === 0)
    const start = performance.now()
    await until(() => performance.now() - start > 3_500, { what: 'a sweep to pass' })
    expect(reads).toBe(0)
  })

  it('[SYNC-7][SYNC-2][GATE-14][E-17] take somebody whose copy holds what only the other node has heard of: others\u2019 edits in it are no forgery', async () => {
    const one = await node()
    const two = await deafNode(() => true)
    const listId = await newList(one.storage, { ben: 'editor' })
    // The list is open there, as it was before Ben's edit.
    const witness = await rawClient(two, listId, 'ann')
    const ben = await rawClient(one, listId, 'ben')
    const ann = await rawClient(one, listId, 'ann')
    addItem(ben.document, 'ben', 'Bread')
    await until(() => titles(ann.document).includes('Bread'), { what: 'Ann to see it on the first node' })
    ann.drop()
    const answers: boolean[] = []
    addItem(ann.document, 'ann', 'Milk')
    const back = new RawClient({
      url: two.url,
      token: 'ann',
      listId,
      document: ann.document,
      onAck: (accepted) => answers.push(accepted),
    })
    await until(() => answers.length > 0, { what: 'an answer to what Ann brings' })
    expect(answers).toEqual([true])
    await until(() => titles(witness.document).join() === 'Bread,Milk', { what: 'both on the second node' })
    for (const client of [witness, ben, back]) client.drop()
  })
})

describe('one node', () => {
  it('[DUR-5][E-02] while the database is away, its clients are told, and told again when it is back', async () => {
    const held = heldAppends(await openPostgresStorage({ connectionString: database.url }))
    const listeners = new Set<(health: { state: 'ok' | 'failing' }) => void>()
    let state: 'ok' | 'failing' = 'ok'
    const log: Storage['log'] = {
      ...held.storage.log,
      health: () =>
        state === 'ok' ? { state, queued: 0 } : { state, queued: 1, since: new Date(), reason: 'away' },
      onHealth: (listener) => {
        listeners.add(listener as never)
        return () => listeners.delete(listener as never)
      },
    }
    const only = await node({ ...held.storage, log })
    const listId = await newList(only.storage)
    const ann = await rawClient(only, listId, 'ann')
    state = 'failing'
    for (const tell of listeners) tell({ state })
    await until(() => ann.messages.some((text) => text.includes('"failing"')))
    const late = await rawClient(only, listId, 'ann')
    await until(() => late.messages.some((text) => text.includes('"failing"')))
    state = 'ok'
    for (const tell of listeners) tell({ state })
    await until(() => ann.messages.some((text) => text.includes('"recovered"')))
    held.release()
  })
})
