import { randomUUID } from 'node:crypto'
import { parseServerMessage } from '@tandem/client-sdk/protocol'
import { type ListId, openPostgresStorage, type UserId } from '@tandem/persistence'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, stockClient, stockSocket, titles } from './clients.ts'
import { grant, heldAppends, newList, startNode, type TestNode } from './node.ts'

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

async function denial(token: string, listId: string): Promise<string> {
  const client = new RawClient({ url: server.url, token, listId })
  await until(() => client.denied !== null, { what: 'a denial' })
  client.drop()
  return client.denied ?? ''
}

async function takeRole(listId: string, userId: string): Promise<void> {
  await withClient(database.url, (client) =>
    client.query(
      `UPDATE share_grants SET revoked_at = now(), end_reason = 'removed' WHERE list_id = $1 AND grantee_id = $2`,
      [listId, userId],
    ),
  )
}

describe('who may open a list', () => {
  it('[ACCESS-1][Z-15][P-18] an unknown list and a list of others are the same answer, and opening creates nothing', async () => {
    const theirs = await newList(server.storage)
    const unknown = randomUUID()
    expect(await denial('eve', theirs)).toBe('4403 No such list, or no access.')
    expect(await denial('eve', unknown)).toBe('4403 No such list, or no access.')
    const lists = await withClient(database.url, (client) => client.query('SELECT id FROM lists'))
    expect(lists.rows).toHaveLength(1)
    expect(server.hub.stats().lists).toBe(0)
  })

  it('[ACCESS-5] a bad token is told to sign in again, and a denied list leaves the socket to the others', async () => {
    const mine = await newList(server.storage)
    const socket = stockSocket(server)
    const denied = stockClient(socket, mine, 'bad')
    await until(() => denied.denials.length > 0)
    expect(denied.denials[0]).toBe('4401 Sign in again.')
    denied.provider.destroy()
    const ann = stockClient(socket, mine, 'ann')
    await until(() => ann.provider.synced)
    expect(server.hub.stats()).toMatchObject({ sockets: 1, users: 1, lists: 1 })
    socket.destroy()
  })

  it('[ACCESS-2] whoever opens a list is welcomed with their role', async () => {
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    await until(() => ann.messages.length > 0)
    expect(parseServerMessage(ann.messages[0] ?? '')).toEqual({
      type: 'welcome',
      protocol: 1,
      role: 'owner',
      userId: 'ann',
      settings: { editorsMayShare: false },
    })
  })

  it('[SYNC-8] a storage outage while opening is an answer to come back, never an empty list', async () => {
    const listId = await newList(server.storage)
    await server.stop()
    const real = await openPostgresStorage({ connectionString: database.url })
    let isAway = true
    const storage = {
      ...real,
      log: {
        ...real.log,
        load: (id: ListId) => (isAway ? Promise.reject(new Error('away')) : real.log.load(id)),
      },
    }
    server = await startNode({ storage })
    for (let i = 0; i < 3; i++) expect(await denial('ann', listId)).toMatch(/^4503 /)
    expect(server.hub.stats().lists).toBe(0)
    isAway = false
    const ann = await rawClient(server, listId, 'ann')
    addItem(ann.document, 'ann', 'Milk')
    await until(() => ann.unanswered === 0)
  })
})

describe('a change of role', () => {
  it('[ACCESS-2] reaches the open connection without a reconnect: down to viewer, and back', async () => {
    const listId = await newList(server.storage, { ben: 'editor' })
    const ben = await rawClient(server, listId, 'ben')
    await until(() => ben.unanswered === 0)
    await grant(server.storage, listId, { userId: 'ben', role: 'viewer' })
    server.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => ben.messages.some((text) => text.includes('"viewer"')))
    addItem(ben.document, 'ben', 'Too late')
    await until(() => ben.messages.some((text) => text.includes('read-only')))

    await grant(server.storage, listId, { userId: 'ben', role: 'editor' })
    server.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => ben.messages.filter((text) => text.includes('"editor"')).length === 2)
    expect(ben.closed).toBeNull()
  })

  it('[ACCESS-3] who loses access is closed at once with a final reason; those who stay are not disturbed', async () => {
    const listId = await newList(server.storage, { ben: 'editor' })
    const ann = await rawClient(server, listId, 'ann')
    const ben = await rawClient(server, listId, 'ben')
    await takeRole(listId, 'ben')
    server.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => ben.denied !== null)
    expect(ben.denied).toBe('4410 You were removed from this list.')
    addItem(ann.document, 'ann', 'Secret')
    await until(() => ann.unanswered === 0)
    expect(titles(ben.document)).toEqual([])
    expect(ann.denied).toBeNull()
  })

  it('[ACCESS-3] what a closed client goes on sending is dropped and costs its other lists nothing', async () => {
    const lost = await newList(server.storage, { ben: 'editor' })
    const kept = await newList(server.storage, { ben: 'editor' })
    const socket = stockSocket(server)
    const benLost = stockClient(socket, lost, 'ben')
    const benKept = stockClient(socket, kept, 'ben')
    await until(() => benLost.provider.synced && benKept.provider.synced)
    await takeRole(lost, 'ben')
    server.hub.accessChanged(lost, 'ben' as UserId)
    await until(() => !benLost.provider.synced)
    for (let i = 0; i < 1_500; i++) addItem(benLost.document, 'ben', `lost ${i}`)
    addItem(benKept.document, 'ben', 'kept')
    await until(() => !benKept.provider.hasUnsyncedChanges, { what: 'the healthy list to be saved' })
    expect(server.hub.stats().sockets).toBe(1)
    socket.destroy()
  })

  it('[ACK-2] the answer to an edit from before the list was closed is not taken for the answer to something newer', async () => {
    await server.stop()
    const held = heldAppends(await openPostgresStorage({ connectionString: database.url }))
    server = await startNode({ storage: held.storage })
    const listId = await newList(server.storage, { ben: 'editor' })
    const acks: boolean[] = []
    const ben = new RawClient({ url: server.url, token: 'ben', listId, onAck: (ok) => acks.push(ok) })
    await ben.synced
    await until(() => acks.length === 1)
    addItem(ben.document, 'ben', 'Milk')
    await until(() => held.waiting() === 1)
    await takeRole(listId, 'ben')
    server.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => ben.denied !== null)

    await grant(server.storage, listId, { userId: 'ben', role: 'editor' })
    const again = new RawClient({ url: server.url, token: 'ben', listId })
    await again.synced
    acks.length = 0
    const greetings = ben.messages.length
    ben.send(2, (encoder) => {
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, 'ben')
    })
    await until(() => ben.messages.length > greetings, { what: 'the list to be open again' })
    held.release()
    await until(() => titles(again.document).length === 1 && acks.length > 0, {
      what: 'commit and acknowledgement',
    })
    // One answer, to the handshake of the second life. The first life's edit is in it.
    addItem(ben.document, 'ben', 'Bread')
    await until(() => titles(again.document).length === 2)
    await until(() => acks.length === 2)
    expect(acks).toEqual([true, true])
  })

  it('[ACCESS-4] a session that ends closes its lists, and a fresh token keeps them open', async () => {
    await server.stop()
    server = await startNode({
      databaseUrl: database.url,
      authenticate: async (token) => ({
        ok: true,
        userId: 'ann' as UserId,
        name: 'Ann',
        // From when it is shown, and long enough to be renewed on a busy machine.
        ...(token === 'short' ? { expiresAt: Date.now() + 2_000 } : {}),
      }),
    })
    const listId = await newList(server.storage)
    const renewed = await rawClient(server, listId, 'short')
    const ended = await rawClient(server, listId, 'short')
    renewed.send(2, (encoder) => {
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, 'long')
    })
    await until(() => ended.denied !== null)
    expect(ended.denied).toMatch(/^4401 /)
    expect(renewed.denied).toBeNull()
  })
})
