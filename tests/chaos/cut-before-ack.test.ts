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
    let made = 0
    const edit = (): void => addItem(document, made++, lists.owner.userId)
    const open = (): RawClient =>
      new RawClient({ url: `${server.wsUrl}/sync`, token: lists.owner.token, listId, document })
    const comeBack = async (): Promise<RawClient> => {
      const client = open()
      await client.synced
      await until(() => client.unanswered === 0, { what: 'the handshake to be answered' })
      return client
    }
    let cutInTime = 0
    const cut = async (client: RawClient): Promise<void> => {
      if (client.unanswered > 0) cutInTime++
      client.drop()
      await until(() => client.closed !== null, { what: 'the cut' })
    }

    for (let round = 0; round < ROUNDS; round++) {
      const client = await comeBack()
      switch (random.pick(['before it left', 'during the commit', 'any'])) {
        case 'before it left':
          await cut(client)
          edit()
          break
        case 'during the commit': {
          const again = await whileCommitsWait(database.url, async (isOneWaiting) => {
            edit()
            await until(isOneWaiting, { what: 'the edit to be on its way into the log' })
            await cut(client)
            // It comes back with what is being committed and with something new.
            edit()
            const back = open()
            await back.synced
            return back
          })
          await until(() => again.unanswered === 0, { what: 'the handshake to be answered' })
          await cut(again)
          break
        }
        default: {
          edit()
          const cutAt = performance.now() + random.next() * 4
          await until(() => performance.now() >= cutAt, { what: 'the moment of the cut' })
          await cut(client)
        }
      }
    }
    await cut(await comeBack())
    const reader = new RawClient({ url: `${server.wsUrl}/sync`, token: lists.owner.token, listId })
    await reader.synced
    expect(reader.document.getMap('items').size).toBe(made)
    expect(await addedTwice(database.url, lists)).toEqual([])
    // Every edit is one unit of the one writer there is.
    expect(await loggedUnits(database.url, listId, document.clientID)).toEqual([...Array(made).keys()])
    expect(cutInTime, 'cuts that came before the acknowledgement').toBeGreaterThan(0)
    reader.drop()
  }, 60_000)
})

/** Until `work` is done nothing is written to the log, whatever is handed to it. */
function whileCommitsWait<T>(
  databaseUrl: string,
  work: (isOneWaiting: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  return withClient(databaseUrl, async (client) => {
    await client.query('BEGIN')
    // Reading goes on: who comes back is let in meanwhile.
    await client.query('LOCK TABLE list_updates IN SHARE MODE')
    const result = await work(async () => {
      const { rowCount } = await client.query(
        `SELECT 1 FROM pg_locks WHERE relation = 'list_updates'::regclass AND NOT granted`,
      )
      return (rowCount ?? 0) > 0
    })
    await client.query('COMMIT')
    return result
  })
}

/** The clocks of everything that one writer has in the log, as often as it stands there, in rising order. */
function loggedUnits(databaseUrl: string, listId: string, writer: number): Promise<number[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ data: Uint8Array }>(
      'SELECT data FROM list_updates WHERE list_id = $1',
      [listId],
    )
    const clocks = rows
      .flatMap(({ data }) => Y.decodeUpdate(data).structs)
      .filter((struct) => struct.id.client === writer)
      .flatMap((struct) => Array.from({ length: struct.length }, (_, n) => struct.id.clock + n))
    return clocks.sort((a, b) => a - b)
  })
}

function addItem(document: Y.Doc, n: number, by: string): void {
  document
    .getMap('items')
    .set(`cut-item-${n}`, { title: `Item ${n}`, order: 'a0V', by, at: 1_700_000_000_000 })
}
