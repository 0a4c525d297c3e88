import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type FreshDatabase, freshDatabase, withClient } from '../support/postgres.ts'
import { RawClient } from '../support/raw-client.ts'
import { seededRandom } from '../support/seed.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { addedTwice, makeLists } from './crowd-helpers.ts'

const ROUNDS = 100

describe('a connection that ends between the commit and its acknowledgement', () => {
  let database: FreshDatabase
  let server: RunningServer
  beforeAll(async () => {
    database = await freshDatabase()
    server = await startServer({ databaseUrl: database.url })
  })
  afterAll(async () => {
    await server.stop()
    await database.drop()
  })

  const rowsOf = (listId: string): Promise<number> =>
    withClient(database.url, async (client) => {
      const { rows } = await client.query<{ n: string }>(
        'SELECT count(*) AS n FROM list_updates WHERE list_id = $1',
        [listId],
      )
      return Number(rows[0]?.n)
    })

  it('[ACK-3][E-08][F-02][V-19] each of 100 edits is present once and logged once, and coming back writes no row', async () => {
    const lists = await makeLists(server.url, 1)
    const listId = lists.listIds[0] ?? ''
    const document = new Y.Doc()
    const before = await rowsOf(listId)
    for (let round = 0; round < ROUNDS; round++) {
      let isEditing = false
      const client: RawClient = new RawClient({
        url: `${server.wsUrl}/sync`,
        token: lists.owner.token,
        listId,
        document,
        // The acknowledgement came over the wire and is never looked at: for the author the edit is unconfirmed.
        onAck: () => isEditing && client.drop(),
      })
      await client.synced
      await until(() => client.unanswered === 0, { what: 'the handshake to be answered' })
      expect(await rowsOf(listId), `row count after coming back, round ${round}`).toBe(before + round)
      isEditing = true
      addItem(document, round, lists.owner.userId)
      await until(() => client.closed !== null, { what: 'the cut' })
    }
    const reader = new RawClient({ url: `${server.wsUrl}/sync`, token: lists.owner.token, listId })
    await reader.synced
    expect(reader.document.getMap('items').size).toBe(ROUNDS)
    expect(await rowsOf(listId)).toBe(before + ROUNDS)
    expect(await addedTwice(database.url, lists)).toEqual([])
    reader.drop()
  }, 60_000)

  it('[ACK-3][E-07][E-08][F-02][F-17] edits cut off at a random moment arrive once, whichever side of the commit it was', async () => {
    const random = seededRandom('cut-at-random')
    const lists = await makeLists(server.url, 1)
    const listId = lists.listIds[0] ?? ''
    const document = new Y.Doc()
    let cutInTime = 0
    for (let round = 0; round < ROUNDS; round++) {
      const client = new RawClient({
        url: `${server.wsUrl}/sync`,
        token: lists.owner.token,
        listId,
        document,
      })
      await client.synced
      await until(() => client.unanswered === 0, { what: 'the handshake to be answered' })
      addItem(document, round, lists.owner.userId)
      const cutAt = performance.now() + random.next() * 4
      await until(() => performance.now() >= cutAt, { what: 'the moment of the cut' })
      if (client.unanswered > 0) cutInTime++
      client.drop()
      await until(() => client.closed !== null, { what: 'the cut' })
    }
    const last = new RawClient({ url: `${server.wsUrl}/sync`, token: lists.owner.token, listId, document })
    await last.synced
    await until(() => last.unanswered === 0, { what: 'the last handshake' })
    last.drop()
    const reader = new RawClient({ url: `${server.wsUrl}/sync`, token: lists.owner.token, listId })
    await reader.synced
    expect(reader.document.getMap('items').size).toBe(ROUNDS)
    expect(await addedTwice(database.url, lists)).toEqual([])
    expect(cutInTime, 'cuts that came before the acknowledgement').toBeGreaterThan(0)
    reader.drop()
  }, 60_000)
})

function addItem(document: Y.Doc, n: number, by: string): void {
  document
    .getMap('items')
    .set(`cut-item-${n}`, { title: `Item ${n}`, order: 'a0V', by, at: 1_700_000_000_000 })
}
