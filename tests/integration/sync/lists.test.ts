import { type ListId, openPostgresStorage, type UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, titles } from './clients.ts'
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

function query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  return withClient(database.url, async (client) => (await client.query(text, values)).rows as Row[])
}

const snapshots = async (listId: string): Promise<number[]> =>
  (
    await query<{ seq: string }>('SELECT seq FROM list_snapshots WHERE list_id = $1 ORDER BY seq', [listId])
  ).map((row) => Number(row.seq))

async function write(listId: string, count: number): Promise<void> {
  const ann = await rawClient(server, listId, 'ann')
  for (let i = 0; i < count; i++) addItem(ann.document, 'ann', `item ${i}`)
  await until(() => ann.unanswered === 0, { what: `${count} edits to be saved`, timeoutMs: 20_000 })
  ann.drop()
  await until(() => server.hub.stats().lists === 0, { what: 'the list to leave memory' })
}

/** A fresh client's view of the list, with what it was told. */
async function open(listId: string): Promise<RawClient> {
  const client = await rawClient(server, listId, 'ann')
  await until(() => client.unanswered === 0)
  return client
}

describe('snapshots', () => {
  it('[SNAP-4][T-11][T-10] the last one to leave leaves a snapshot of everything, from which the list is whole again', async () => {
    const listId = await newList(server.storage)
    await write(listId, 30)
    expect(await snapshots(listId)).toEqual([30])
    const loaded = await server.storage.log.load(listId)
    expect(loaded.tail).toHaveLength(0)
    expect(titles((await open(listId)).document)).toHaveLength(30)
  })

  it('[SNAP-4][H-06][L-12][H-10][T-09] while people are editing, a snapshot is written when the tail is long; no load replays more', async () => {
    await server.stop()
    server = await startNode({ databaseUrl: database.url, limits: { snapshotEvery: 50 } })
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    for (let i = 0; i < 60; i++) addItem(ann.document, 'ann', `item ${i}`)
    await until(async () => (await snapshots(listId)).length === 1, {
      what: 'a snapshot with everybody still there',
    })
    expect((await server.storage.log.load(listId)).tail.length).toBeLessThanOrEqual(50)
    expect(server.hub.stats().lists).toBe(1)
  })

  it('[SNAP-7] a few edits are not worth a snapshot, and one that cannot be written costs nothing', async () => {
    const few = await newList(server.storage)
    await write(few, 3)
    expect(await snapshots(few)).toEqual([])

    await server.stop()
    const real = await openPostgresStorage({ connectionString: database.url })
    const failing = { write: () => Promise.reject(new Error('disk full')) }
    server = await startNode({ storage: { ...real, snapshots: failing } })
    const listId = await newList(server.storage)
    await write(listId, 30)
    expect(server.log.some(({ event }) => event === 'list.compaction-failed')).toBe(true)
    expect(titles((await open(listId)).document)).toHaveLength(30)
  })
})

describe('damage', () => {
  it('[LOG-7][SYNC-8][T-22][V-11] a missing row is told to everybody, never hidden by a snapshot, and the rest is served', async () => {
    const listId = await newList(server.storage)
    await write(listId, 10)
    await query('DELETE FROM list_updates WHERE list_id = $1 AND seq = 4', [listId])
    const ann = await open(listId)
    await until(() => ann.messages.some((text) => text.includes('"damaged"')))
    expect(ann.messages.find((text) => text.includes('"damaged"'))).toContain('missing-row 4')
    // Everything before the hole: what follows builds on it, and Yjs holds it back.
    expect(titles(ann.document)).toEqual(['item 0', 'item 1', 'item 2'])
    expect(server.hub.stats().damagedLists).toBe(1)
    expect(server.log.some(({ event, fields }) => event === 'list.damaged' && fields['seq'] === 4)).toBe(true)
    for (let i = 0; i < 30; i++) addItem(ann.document, 'ann', `after ${i}`)
    await until(() => ann.unanswered === 0)
    ann.drop()
    await until(() => server.hub.stats().lists === 0)
    expect(await snapshots(listId)).toEqual([])
  })

  it('[LOG-7][SYNC-9][V-11] a flipped byte in a row is told; what it held comes back from a client that still has it', async () => {
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    for (let i = 0; i < 10; i++) addItem(ann.document, 'ann', `item ${i}`)
    await until(() => ann.unanswered === 0)
    ann.drop()
    await until(() => server.hub.stats().lists === 0)
    await query(
      `UPDATE list_updates SET data = set_byte(data, 5, get_byte(data, 5) # 255) WHERE list_id = $1 AND seq = 4`,
      [listId],
    )
    const fresh = await open(listId)
    await until(() => fresh.messages.some((text) => text.includes('corrupt-row 4')))
    expect(titles(fresh.document)).toHaveLength(3)
    const back = new RawClient({ url: server.url, token: 'ann', listId, document: ann.document })
    await back.synced
    await until(() => titles(fresh.document).length === 10, {
      what: 'the lost row to be healed by its author',
    })
  })

  it('[SNAP-3][V-11] a flipped byte in a snapshot costs nothing: the log has everything, and a good snapshot follows', async () => {
    const listId = await newList(server.storage)
    await write(listId, 30)
    await query(
      'UPDATE list_snapshots SET data = set_byte(data, 9, get_byte(data, 9) # 255) WHERE list_id = $1',
      [listId],
    )
    const ann = await open(listId)
    expect(titles(ann.document)).toHaveLength(30)
    expect(ann.messages.some((text) => text.includes('"damaged"'))).toBe(false)
    expect(
      server.log.some(
        ({ event, fields }) => event === 'list.damaged' && fields['kind'] === 'corrupt-snapshot',
      ),
    ).toBe(true)
    addItem(ann.document, 'ann', 'one more')
    await until(() => ann.unanswered === 0)
    ann.drop()
    await until(() => server.hub.stats().lists === 0)
    expect((await server.storage.log.load(listId)).damage).toEqual([])
  })
})

describe('the server’s own writes', () => {
  it('[SYNC-10] go through the gate and the log, are shown to everybody, and are refused like anybody’s', async () => {
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    const owner = { userId: 'ann' as UserId, authorId: 'ann', role: 'owner' } as const
    const rename = (doc: Y.Doc): void => void doc.getMap('list').set('title', ['Groceries', 'ann', 1])
    expect(await server.hub.write(listId, owner, rename)).toMatchObject({
      seq: 1,
      ops: [{ op: 'set', to: 'Groceries' }],
    })
    await until(() => ann.document.getMap('list').has('title'))

    const forged = (doc: Y.Doc): void => void doc.getMap('list').set('title', ['Mine', 'ben', 1])
    expect(await server.hub.write(listId, owner, forged)).toMatchObject({
      refusal: { code: 'forged-author' },
    })
    expect(
      await server.hub.write(listId, { userId: 'ann', authorId: 'ann', role: 'viewer' }, rename),
    ).toMatchObject({
      refusal: { code: 'read-only' },
    })
    expect(await server.hub.write(listId, owner, () => undefined)).toEqual({ seq: 1, ops: [] })
    expect(await server.storage.log.head(listId)).toBe(1)
    ann.drop()
    await until(() => server.hub.stats().lists === 0, { what: 'nothing to hold the list in memory' })
  })

  it('[SYNC-10] to a list that does not exist reject, and create nothing', async () => {
    const unknown = '6f9b0f3e-0000-4000-8000-000000000000' as ListId
    const write = server.hub.write(
      unknown,
      { userId: 'ann', authorId: 'ann', role: 'owner' },
      (doc) => void doc.getMap('list').set('title', ['x', 'ann', 1]),
    )
    await expect(write).rejects.toThrow()
    expect(server.hub.stats().lists).toBe(0)
  })
})
