import { parseServerMessage, type ServerMessage } from '@tandem/client-sdk/protocol'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, stockClient, stockSocket, titles } from './clients.ts'
import { newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
let server: TestNode

beforeEach(async () => {
  database = await freshDatabase()
  server = await startNode({ databaseUrl: database.url })
})

afterEach(async () => {
  await server.stop()
  await database.drop()
})

async function rowCount(listId: string): Promise<number> {
  return withClient(database.url, async (client) => {
    const { rows } = await client.query('SELECT 1 FROM list_updates WHERE list_id = $1', [listId])
    return rows.length
  })
}

function refusals(client: { messages: readonly string[] }): string[] {
  return client.messages
    .map(parseServerMessage)
    .filter((message): message is Extract<ServerMessage, { type: 'refused' }> => message?.type === 'refused')
    .map((message) => message.refusal.code)
}

async function until0(client: RawClient): Promise<void> {
  await until(() => client.unanswered === 0, { what: 'every batch to be answered' })
}

describe('refused edits', () => {
  it('[GATE-6][GATE-12][Z-06] a forged author is refused with a reason, in no document and no row, and the next edit passes', async () => {
    const listId = await newList(server.storage, { ben: 'editor' })
    const acks: boolean[] = []
    const ann = new RawClient({ url: server.url, token: 'ann', listId, onAck: (ok) => acks.push(ok) })
    await ann.synced
    const ben = await rawClient(server, listId, 'ben')
    await until0(ann)
    acks.length = 0

    addItem(ann.document, 'ben', 'Forged')
    await until0(ann)
    expect(refusals(ann)).toEqual(['forged-author'])
    expect(acks).toEqual([false])

    const honest = await rawClient(server, listId, 'ann')
    addItem(honest.document, 'ann', 'Honest')
    await until(() => titles(ben.document).length === 1)
    expect(titles(ben.document)).toEqual(['Honest'])
    expect(await rowCount(listId)).toBe(1)
  })

  it('[GATE-4][Z-06] other content under a used client and clock is never called saved, not even in a handshake', async () => {
    const listId = await newList(server.storage)
    const original = new Y.Doc()
    original.clientID = 4711
    const ann = new RawClient({ url: server.url, token: 'ann', listId, document: original })
    await ann.synced
    original.getMap('list').set('title', ['Milk', 'ann', 1])
    await until0(ann)
    ann.drop()

    const copy = new Y.Doc()
    copy.clientID = 4711
    copy.getMap('list').set('title', ['Wine', 'ann', 1])
    const acks: boolean[] = []
    const second = new RawClient({ url: server.url, token: 'ann', listId, onAck: (ok) => acks.push(ok) })
    await second.synced
    // By hand as an answer to the handshake: Hocuspocus alone calls this saved, because it knows all the clocks.
    second.send(0, (encoder) => writeStep2(encoder, Y.encodeStateAsUpdate(copy)))
    await until(() => acks.length === 2)
    expect(acks).toEqual([true, false])
    expect(refusals(second)).toEqual(['clock-reused'])
    expect(await rowCount(listId)).toBe(1)
  })

  it('[GATE-2][SOCK-1][Z-05] bytes that are no update are refused and end that list on that socket, and only that', async () => {
    const listId = await newList(server.storage)
    const other = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    const elsewhere = await rawClient(server, other, 'ann')
    await until0(ann)
    ann.sendUpdate(new Uint8Array([255, 255, 255, 7]))
    await until(() => ann.denied !== null, { what: 'the list to be closed' })
    expect(ann.denied).toMatch(/^4400 /)
    expect(refusals(ann)).toEqual(['malformed'])
    expect(ann.closed).toBeNull()
    addItem(elsewhere.document, 'ann', 'Still here')
    await until0(elsewhere)
    expect(await rowCount(listId)).toBe(0)
  })

  it('[GATE-3][E-02] an update whose dependency is missing is refused as a gap, not kept and called saved', async () => {
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    const offline = new Y.Doc()
    addItem(offline, 'ann', 'One')
    const before = Y.encodeStateVector(offline)
    addItem(offline, 'ann', 'Two')
    await until0(ann)
    ann.sendUpdate(Y.encodeStateAsUpdate(offline, before))
    await until0(ann)
    expect(refusals(ann)).toEqual(['gap'])
    expect(await rowCount(listId)).toBe(0)
    ann.sendUpdate(Y.encodeStateAsUpdate(offline))
    await until0(ann)
    expect(await rowCount(listId)).toBe(1)
  })
})

describe('read-only roles', () => {
  for (const role of ['viewer', 'commenter', 'checker'] as const) {
    it(`[GATE-9][P-01][A-03] a ${role}'s edit is refused, not broadcast, not logged, and not there after a restart`, async () => {
      const listId = await newList(server.storage, { vic: role })
      const ann = await rawClient(server, listId, 'ann')
      const vic = await rawClient(server, listId, 'vic')
      await until(() => ann.unanswered + vic.unanswered === 0, {
        what: 'a viewer’s handshake to be acknowledged',
      })
      addItem(vic.document, 'vic', 'Not mine to add')
      addItem(vic.document, 'vic', 'Nor this')
      await until0(vic)
      // Whoever may write something is told like any writer that what builds on a refused edit has a gap before it.
      expect(refusals(vic)).toEqual(['read-only', role === 'viewer' ? 'read-only' : 'gap'])
      // The same edit again, as the answer to a handshake.
      vic.drop()
      const again = new RawClient({ url: server.url, token: 'vic', listId, document: vic.document })
      await again.synced
      await until0(again)
      expect(refusals(again)).toEqual(['read-only'])
      expect(titles(ann.document)).toEqual([])
      await server.stop()

      server = await startNode({ databaseUrl: database.url })
      const later = await rawClient(server, listId, 'ann')
      expect(titles(later.document)).toEqual([])
      expect(await rowCount(listId)).toBe(0)
    })
  }

  it('[SYNC-5] a viewer on a stock provider is told its scope, and is in sync', async () => {
    const listId = await newList(server.storage, { vic: 'viewer' })
    const socket = stockSocket(server)
    const vic = stockClient(socket, listId, 'vic')
    await until(() => vic.provider.synced && !vic.provider.hasUnsyncedChanges)
    expect(vic.provider.authorizedScope).toBe('readonly')
    socket.destroy()
  })
})

function writeStep2(encoder: Parameters<Parameters<RawClient['send']>[1]>[0], update: Uint8Array): void {
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint8Array(encoder, update)
}
