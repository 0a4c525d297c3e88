import { openPostgresStorage } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, stockClient, stockSocket, titles } from './clients.ts'
import { heldAppends, newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
const cleanups: (() => unknown)[] = []

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  await database.drop()
})

async function node(options: Parameters<typeof startNode>[0] = {}): Promise<TestNode> {
  const started = await startNode({ databaseUrl: database.url, ...options })
  cleanups.push(() => started.stop())
  return started
}

function rows(listId: string): Promise<{ seq: number }[]> {
  return withClient(database.url, async (client) => {
    const { rows } = await client.query('SELECT seq FROM list_updates WHERE list_id = $1 ORDER BY seq', [
      listId,
    ])
    return rows
  })
}

describe('write-ahead', () => {
  it('[DUR-3][E-02][E-03][V-15][V-18] an edit whose append waits is seen by nobody, in no row, and not acknowledged', async () => {
    const held = heldAppends(await openPostgresStorage({ connectionString: database.url }))
    const server = await node({ storage: held.storage })
    const listId = await newList(server.storage, { ben: 'editor' })
    const ann = await rawClient(server, listId, 'ann')
    const ben = await rawClient(server, listId, 'ben')
    await until(() => ann.unanswered === 0, { what: 'handshake answered' })

    addItem(ann.document, 'ann', 'Milk')
    await until(() => held.waiting() === 1, { what: 'the append to be asked for' })
    // Ben's own connection works meanwhile: a newcomer is served the list as it was committed.
    const cleo = await rawClient(server, listId, 'ben')
    expect(titles(ben.document)).toEqual([])
    expect(titles(cleo.document)).toEqual([])
    expect(ann.unanswered).toBe(1)
    expect(await rows(listId)).toHaveLength(0)

    held.release()
    await until(() => ann.unanswered === 0 && titles(ben.document).includes('Milk'), {
      what: 'commit and delivery',
    })
    expect(titles(cleo.document)).toEqual(['Milk'])
    expect(await rows(listId)).toHaveLength(1)
  })

  it('[SYNC-5][V-18] a stock provider has no unsynced changes only after the commit', async () => {
    const held = heldAppends(await openPostgresStorage({ connectionString: database.url }))
    const server = await node({ storage: held.storage })
    const listId = await newList(server.storage)
    const socket = stockSocket(server)
    cleanups.push(() => socket.destroy())
    const ann = stockClient(socket, listId, 'ann')
    await until(() => ann.provider.synced && !ann.provider.hasUnsyncedChanges, { what: 'stock handshake' })

    addItem(ann.document, 'ann', 'Milk')
    await until(() => held.waiting() === 1)
    expect(ann.provider.hasUnsyncedChanges).toBe(true)
    held.release()
    await until(() => !ann.provider.hasUnsyncedChanges, { what: 'the acknowledgement' })
    expect(await rows(listId)).toHaveLength(1)
  })

  it('[GATE-11][F-02][E-08] a reconnect that brings nothing new, and an edit sent ten times, write no further row', async () => {
    const server = await node()
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    addItem(ann.document, 'ann', 'Milk')
    await until(() => ann.unanswered === 0)

    const { encodeStateAsUpdate } = await import('yjs')
    const all = encodeStateAsUpdate(ann.document)
    for (let i = 0; i < 10; i++) ann.sendUpdate(all)
    await until(() => ann.unanswered === 0, { what: 'the resends to be acknowledged' })
    ann.drop()
    const again = await rawClient(server, listId, 'ann')
    await until(() => again.unanswered === 0)
    expect(await rows(listId)).toHaveLength(1)
  })

  it('[ACK-3][F-02][E-08] an edit sent again on a new connection while its first append is still waiting is stored once', async () => {
    const held = heldAppends(await openPostgresStorage({ connectionString: database.url }))
    const server = await node({ storage: held.storage })
    const listId = await newList(server.storage)
    const first = await rawClient(server, listId, 'ann')
    addItem(first.document, 'ann', 'Milk')
    await until(() => held.waiting() === 1)
    first.drop()

    const { RawClient } = await import('../../support/raw-client.ts')
    const second = new RawClient({ url: server.url, token: 'ann', listId, document: first.document })
    await second.synced
    expect(second.unanswered).toBe(1)
    held.release()
    await until(() => second.unanswered === 0, { what: 'the resend to be acknowledged' })
    expect(held.waiting()).toBe(1)
    expect(await rows(listId)).toHaveLength(1)
  })
})
