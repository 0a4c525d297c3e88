import { contentHash } from '@tandem/client-sdk/model'
import { parseServerMessage, type ServerMessage } from '@tandem/client-sdk/protocol'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, stockClient, stockSocket } from './clients.ts'
import { newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
let server: TestNode
const sockets: { destroy(): void }[] = []

beforeEach(async () => {
  database = await freshDatabase()
  server = await startNode({ databaseUrl: database.url })
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.stop()
  await database.drop()
})

async function person(listId: string, userId: string) {
  const socket = stockSocket(server)
  sockets.push(socket)
  const client = stockClient(socket, listId, userId)
  await until(() => client.provider.synced)
  return client
}

type Awareness = Map<number, { user?: { id: string; name: string; color?: string } }>
const seenBy = (client: { provider: { awareness: { getStates(): unknown } | null } }): Awareness =>
  client.provider.awareness?.getStates() as Awareness

describe('presence', () => {
  it('[PRES-1][R-11] is stamped with the session’s identity, whatever the client claims, and shows nobody who is not there', async () => {
    const listId = await newList(server.storage, { ben: 'viewer' })
    const ann = await person(listId, 'ann')
    const ben = await person(listId, 'ben')
    ben.provider.awareness?.setLocalState({
      user: { id: 'ann', name: 'The boss', color: 'red' },
      at: 'item-1',
    })
    const id = ben.document.clientID
    await until(() => seenBy(ann).get(id)?.user !== undefined)
    expect(seenBy(ann).get(id)).toEqual({ user: { id: 'ben', name: 'BEN', color: 'red' }, at: 'item-1' })
    expect([...seenBy(ann).keys()].filter((key) => key !== ann.document.clientID)).toEqual([id])
  })

  it('[PRES-2] ends when a client says so, and when its connection ends', async () => {
    const listId = await newList(server.storage, { ben: 'viewer' })
    const ann = await person(listId, 'ann')
    const ben = await person(listId, 'ben')
    const cleo = await person(listId, 'ben')
    ben.provider.awareness?.setLocalState({ at: 1 })
    cleo.provider.awareness?.setLocalState({ at: 2 })
    const ids = [ben.document.clientID, cleo.document.clientID]
    await until(() => ids.every((id) => seenBy(ann).has(id)))
    ben.provider.awareness?.setLocalState(null)
    await until(() => !seenBy(ann).has(ben.document.clientID), { what: 'the goodbye', timeoutMs: 2_000 })
    cleo.provider.destroy()
    await until(() => !seenBy(ann).has(cleo.document.clientID), { what: 'the closed list', timeoutMs: 2_000 })
  })

  it('[PRES-1] of one person cannot be changed by another', async () => {
    const listId = await newList(server.storage, { ben: 'editor' })
    const ann = await person(listId, 'ann')
    const watcher = await person(listId, 'ann')
    ann.provider.awareness?.setLocalState({ at: 'here' })
    await until(() => seenBy(watcher).has(ann.document.clientID))
    const ben = await rawClient(server, listId, 'ben')
    const states: [number, string][] = [
      [ann.document.clientID, '{"at":"elsewhere"}'],
      [77, '{"at":"mine"}'],
    ]
    ben.send(1, (encoder) => {
      const body = encoding.createEncoder()
      encoding.writeVarUint(body, states.length)
      for (const [clientId, state] of states) {
        encoding.writeVarUint(body, clientId)
        encoding.writeVarUint(body, 1_000)
        encoding.writeVarString(body, state)
      }
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body))
    })
    await until(() => seenBy(watcher).has(77))
    expect(seenBy(watcher).get(ann.document.clientID)).toMatchObject({ at: 'here', user: { id: 'ann' } })
  })
})

describe('content checks', () => {
  const results = (client: RawClient): Extract<ServerMessage, { type: 'check-result' }>[] =>
    client.messages
      .map(parseServerMessage)
      .filter((m): m is Extract<ServerMessage, { type: 'check-result' }> => m?.type === 'check-result')

  async function check(client: RawClient, id: number, doc: Y.Doc): Promise<string> {
    const stateVector = Buffer.from(Y.encodeStateVector(doc)).toString('base64')
    client.send(5, (encoder) =>
      encoding.writeVarString(
        encoder,
        JSON.stringify({ type: 'check', id, stateVector, hash: contentHash(doc) }),
      ),
    )
    await until(() => results(client).some((result) => result.id === id))
    return results(client).find((result) => result.id === id)?.verdict ?? ''
  }

  it('[REPAIR-1][E-15][V-10] tell a client that its copy is the same, has moved, or differs under equal state vectors', async () => {
    const listId = await newList(server.storage)
    const document = new Y.Doc()
    document.clientID = 99
    const ann = new RawClient({ url: server.url, token: 'ann', listId, document })
    await ann.synced
    addItem(document, 'ann', 'Milk')
    const itemId = [...document.getMap('items').keys()][0] ?? ''
    await until(() => ann.unanswered === 0)
    expect(await check(ann, 1, document)).toBe('same')

    const behind = new Y.Doc()
    expect(await check(ann, 2, behind)).toBe('moved')

    const corrupt = new Y.Doc()
    corrupt.clientID = 99
    corrupt.getMap('items').set(itemId, { by: 'ann', at: 1_700_000_000_000, title: 'Wine', order: 'a0' })
    let id = 3
    // Just changed: the difference might be on its way. Found within five seconds of being idle.
    await until(async () => (await check(ann, id++, corrupt)) === 'different', { timeoutMs: 5_000 })
    expect(server.counted('tandem_divergence_total')).toBe(1)
    expect(server.log.some(({ event }) => event === 'list.diverged')).toBe(true)
  })

  it('[PROTO-3] ignore stateless messages that are not theirs', async () => {
    const listId = await newList(server.storage)
    const ann = await rawClient(server, listId, 'ann')
    for (const text of ['', '{', '[]', '{"type":"check"}', '{"type":"other"}']) {
      ann.send(5, (encoder) => encoding.writeVarString(encoder, text))
    }
    addItem(ann.document, 'ann', 'Milk')
    await until(() => ann.unanswered === 0)
    expect(results(ann)).toEqual([])
    expect(server.counted('tandem_hook_errors_total')).toBe(0)
  })
})
