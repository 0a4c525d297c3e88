import type { UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { decodeFrame, encodeFrame, type Frame } from '../../../client-sdk/src/protocol/frames.ts'
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { addItem, type StockClient, stockClient, stockSocket, titles } from './clients.ts'
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

type Socket = ReturnType<typeof stockSocket>

function newSocket(): Socket {
  const socket = stockSocket(server)
  sockets.push(socket)
  return socket
}

/** A tab of a browser, as stock Hocuspocus makes one of a provider that is not alone on its socket. */
async function tab(socket: Socket, listId: string, userId = 'ann', session = true): Promise<StockClient> {
  const client = stockClient(socket, listId, userId, { sessionAwareness: session })
  await until(() => client.provider.synced, { what: 'the handshake of a session' })
  return client
}

const others = ({ provider, document }: StockClient): number[] =>
  [...(provider.awareness?.getStates().keys() ?? [])].filter((id) => id !== document.clientID).sort()

describe('a socket that several tabs share', () => {
  it('[TABS-9] opens a list for each of them, with and without a session, and answers each for its own edits', async () => {
    const listId = await newList(server.storage)
    const socket = newSocket()
    const bare = await tab(socket, listId, 'ann', false)
    const one = await tab(socket, listId)
    const two = await tab(socket, listId)
    const all = [bare, one, two]
    for (const [i, { document }] of all.entries()) addItem(document, 'ann', `Item ${i}`)
    await until(() => all.every(({ document }) => titles(document).length === 3))
    await until(() => all.every(({ provider }) => provider.unsyncedChanges === 0), { what: 'every answer' })
    expect(server.hub.stats()).toMatchObject({ sockets: 1, users: 1, lists: 1 })
    expect(all.flatMap(({ denials }) => denials)).toEqual([])
    const { head } = await server.storage.log.load(listId)
    expect(head).toBeGreaterThanOrEqual(3)
  })

  it('[TABS-9] shows each of them, and the one that closes its list no more, while the others go on', async () => {
    const listId = await newList(server.storage, { ben: 'viewer' })
    const socket = newSocket()
    const [one, two] = [await tab(socket, listId), await tab(socket, listId)]
    const ben = await tab(newSocket(), listId, 'ben', false)
    for (const { provider } of [one, two]) provider.awareness?.setLocalState({ viewing: null })
    const ids = [one, two].map(({ document }) => document.clientID).sort()
    await until(() => others(ben).join() === ids.join(), { what: 'both tabs' })
    one.provider.destroy()
    await until(() => others(ben).join() === String(two.document.clientID), { what: 'the other tab alone' })
    addItem(two.document, 'ann', 'Milk')
    await until(() => titles(ben.document).includes('Milk'))
    expect(server.hub.stats().sockets).toBe(2)
  })

  it('[TABS-9][PRES-2] a tab that comes back on another socket stays visible when the first one is found to be dead', async () => {
    const listId = await newList(server.storage, { ben: 'viewer' })
    const first = newSocket()
    const old = await tab(first, listId)
    const ben = await tab(newSocket(), listId, 'ben', false)
    old.provider.awareness?.setLocalState({ viewing: null })
    const id = old.document.clientID
    await until(() => others(ben).includes(id))

    const raw = await openRaw(server.url)
    raw.say(`${listId}\0again`, { type: 'token', token: 'ann', version: null })
    await until(() => raw.heard('again', 'authenticated') > 0)
    const state = `{"viewing":null}`
    raw.say(`${listId}\0again`, { type: 'awareness', update: awarenessOf(id, 1_000, state) })
    await until(() => ben.provider.awareness?.meta.get(id)?.clock === 1_000)
    const gone: number[] = []
    ben.provider.awareness?.on('change', ({ removed }: { removed: number[] }) => gone.push(...removed))
    first.destroy()
    await until(() => server.hub.stats().sockets === 2, { what: 'the end of the first socket' })
    // Answered from the database: by then everybody has been told of the end.
    raw.say(`${listId}\0again`, { type: 'stateless', payload: '{"type":"missed","after":null}' })
    const before = raw.heard('again', 'stateless')
    await until(() => raw.heard('again', 'stateless') > before)
    raw.say(`${listId}\0again`, { type: 'awareness', update: awarenessOf(id, 1_001, state) })
    await until(() => ben.provider.awareness?.meta.get(id)?.clock === 1_001)
    expect(gone).toEqual([])
    raw.socket.terminate()
    await until(() => !others(ben).includes(id), { what: 'the end of the second' })
  })

  it('[TABS-9][ACCESS-3] each of them is told when access ends', async () => {
    const listId = await newList(server.storage, { ben: 'editor' })
    const raw = await openRaw(server.url)
    for (const session of ['', 'a', 'b']) {
      raw.say(at(listId, session), { type: 'token', token: 'ben', version: null })
      await until(() => raw.heard(session, 'authenticated') > 0)
    }
    const revoked = await server.storage.grants.revoke({
      listId,
      userId: 'ben' as UserId,
      by: 'ann' as UserId,
      why: 'removed',
      may: () => true,
    })
    expect(revoked).toMatchObject({ outcome: 'revoked' })
    await server.hub.accessChanged(listId, 'ben' as UserId)
    await until(() => ['', 'a', 'b'].every((session) => raw.heard(session, 'close') === 1))
    expect(raw.reasons.map((reason) => reason.slice(0, 4))).toEqual(['4410', '4410', '4410'])
    expect(raw.socket.readyState).toBe(WebSocket.OPEN)
    raw.socket.terminate()
  })

  it('[TABS-10] has room for so many; frames of a session that opened nothing are dropped, and its end leaves nothing', async () => {
    await server.stop()
    server = await startNode({ databaseUrl: database.url, limits: { maxSessionsPerSocket: 3 } })
    const listId = await newList(server.storage)
    const raw = await openRaw(server.url)
    for (let i = 0; i < 3_000; i++)
      raw.say(at(listId, `stray-${i}`), { type: 'update', update: new Uint8Array([0, 0]) })
    const open = async (session: string, type: string): Promise<void> => {
      raw.say(at(listId, session), { type: 'token', token: 'ann', version: null })
      await until(() => raw.heard(session, type) > 0, { what: `${type} of ${session}` })
    }
    for (const session of ['a', 'b', 'c']) await open(session, 'authenticated')
    await open('d', 'denied')
    expect(raw.reasons).toEqual(['4529 Too many tabs on one socket.'])
    raw.say(at(listId, 'a'), { type: 'close', reason: null })
    await until(() => raw.heard('a', 'close') === 1)
    raw.say(at(listId, 'a'), { type: 'update', update: new Uint8Array([0, 0]) })
    await open('e', 'authenticated')
    expect(raw.socket.readyState).toBe(WebSocket.OPEN)
    raw.socket.terminate()
    await until(() => server.hub.stats().lists === 0, { what: 'nobody in the list' })
    expect(server.hub.stats().waitingBytes).toBe(0)
  })
})

const at = (listId: string, session: string): string => (session === '' ? listId : `${listId}\0${session}`)

interface Raw {
  readonly socket: WebSocket
  readonly reasons: string[]
  say(address: string, frame: Frame): void
  /** How many frames of a type came for a session. */
  heard(session: string, type: string): number
}

async function openRaw(url: string): Promise<Raw> {
  const socket = new WebSocket(url)
  const frames: { session: string; frame: Frame }[] = []
  const reasons: string[] = []
  socket.on('message', (data: Buffer) => {
    const decoded = decodeFrame(new Uint8Array(data))
    if (decoded === null) return
    const { address, frame } = decoded
    frames.push({ session: address.split('\0')[1] ?? '', frame })
    if (frame.type === 'close' || frame.type === 'denied') reasons.push(frame.reason ?? '')
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return {
    socket,
    reasons,
    say: (address, frame) => socket.send(encodeFrame(address, frame)),
    heard: (session, type) =>
      frames.filter((one) => one.session === session && one.frame.type === type).length,
  }
}

function awarenessOf(clientId: number, clock: number, state: string): Uint8Array {
  const varUint = (n: number): number[] =>
    n < 128 ? [n] : [(n % 128) | 128, ...varUint(Math.floor(n / 128))]
  const text = Buffer.from(state)
  return new Uint8Array([1, ...varUint(clientId), ...varUint(clock), ...varUint(text.length), ...text])
}
