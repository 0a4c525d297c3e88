import type { SocketLike } from '@tandem/client-sdk'
import { createMemoryStorage } from '@tandem/client-sdk/testing'
import { type ListId, openPostgresStorage, type Storage, type UserId } from '@tandem/persistence'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, type Person, person, sharedList, titles } from './two-people.ts'

let server: RunningServer
let storage: Storage
const raws: RawClient[] = []

beforeAll(async () => {
  server = await startServer()
  storage = await openPostgresStorage({ connectionString: server.databaseUrl ?? '' })
})
afterEach(async () => {
  for (const raw of raws.splice(0)) raw.drop()
  await closeAll()
})
afterAll(async () => {
  await storage.close(1_000)
  await server.stop()
})

/** A later version of the app, which knows what this one does not. */
async function newerApp(who: Person, listId: string, version = 'tandem/1'): Promise<RawClient> {
  const raw = new RawClient({ url: `${server.wsUrl}/sync`, token: who.identity.token, listId, version })
  raws.push(raw)
  await raw.synced
  return raw
}

async function listWithMilk() {
  const ann = await person(server.url, 'Ann')
  const [list] = await sharedList(server.url, ann)
  if (list === undefined) throw new Error('There is no list.')
  const id = list.items.add('Milk').value
  await until(() => isSynced(list))
  return { ann, list, id, register: (value: unknown) => [value, ann.identity.userId, 1_800_000_000_000] }
}

it('[STATUS-5][MODEL-18][A6.14][B-20] an older app that meets a newer format goes on reading, writes nothing, and asks to be reloaded', async () => {
  const { ann, list, id, register } = await listWithMilk()
  const newer = await newerApp(ann, list.id)
  newer.document.getMap('list').set('format', register(2))
  await until(() => list.status.getSnapshot().state === 'attention')
  expect(list.status.getSnapshot()).toMatchObject({ reason: 'client-too-old', pending: 0 })
  expect(list.status.getSnapshot()).toHaveProperty('message', expect.stringMatching(/reload/i))
  expect(Object.values(list.can.getSnapshot())).not.toContain(true)

  const refused = [list.items.add('Bread'), list.items.toggle(id), list.rename('Other'), list.undo()]
  for (const write of refused) await expect(write.confirmed).rejects.toMatchObject({ code: 'client-too-old' })
  expect(list.undoState.getSnapshot().canUndo).toBe(true)

  // The newer app goes on, and what the older one understands of it is live.
  newer.document.getMap('items').set(`${id}/title`, register('Oat milk'))
  await until(() => titles(list)[0] === 'Oat milk')
  await until(() => newer.unanswered === 0)
  expect([...newer.document.getMap('items').keys()].filter((key) => !key.includes('/'))).toEqual([id])

  // And once nothing stands in the way any more, so does the older one.
  newer.document.getMap('list').set('format', register(1))
  await until(() => isSynced(list))
  await list.items.add('Bread').confirmed
})

it('[STATUS-5][MODEL-18][A6.14] edits from before are kept on the device, can be exported, and are sent by a version that understands the list', async () => {
  const { ann, list, register } = await listWithMilk()
  ann.network.cut()
  await list.items.add('Bread').stored
  await ann.client.close()
  // A newer tab of the same browser has been here: what the device holds is of its format.
  const newer = await newerApp(ann, list.id)
  newer.document.getMap('list').set('format', register(2))
  await until(() => newer.unanswered === 0)
  const store = await ann.storage.open(ann.identity.userId)
  await store.appendBase(list.id, Y.encodeStateAsUpdate(newer.document))

  const older = again(server.url, ann.identity, ann.storage)
  const reopened = older.client.lists.open(list.id)
  await until(() => reopened.status.getSnapshot().state === 'attention')
  // It joins all the same, and hears what others do.
  newer.document.getMap('list').set('title', register('From the newer app'))
  await until(() => reopened.info.getSnapshot().title === 'From the newer app')
  expect(reopened.status.getSnapshot()).toMatchObject({ reason: 'client-too-old', pending: 1 })
  expect(titles(reopened)).toEqual(['Milk', 'Bread'])
  expect(await reopened.exportPending().text()).toContain('Bread')
  expect(JSON.stringify(newer.document.getMap('items').toJSON())).not.toContain('Bread')

  newer.document.getMap('list').set('format', register(1))
  await until(() => isSynced(reopened))
  await until(() => JSON.stringify(newer.document.getMap('items').toJSON()).includes('Bread'))
})

it('[PROTO-6][A6.14][C-20] an app whose protocol is no longer served is told so, keeps its edits, and nobody else is turned away', async () => {
  const { ann, list } = await listWithMilk()
  ann.network.cut()
  await list.items.add('Bread').stored
  await ann.client.close()

  const older = again(server.url, ann.identity, ann.storage, {
    openSocket: (url) => speakingVersionZero(new WebSocket(url)),
  })
  const reopened = older.client.lists.open(list.id)
  await until(() => reopened.status.getSnapshot().state === 'attention')
  expect(reopened.status.getSnapshot()).toMatchObject({ reason: 'client-too-old', pending: 1 })
  expect(titles(reopened)).toEqual(['Milk', 'Bread'])
  expect(await reopened.exportPending().text()).toContain('Bread')

  for (const version of ['tandem/1', 'tandem/2', '4.8.0', 'tandem/', 'raw/0'])
    await newerApp(ann, list.id, version)
  const refused = new RawClient({
    url: `${server.wsUrl}/sync`,
    token: ann.identity.token,
    listId: list.id,
    version: 'tandem/0',
  })
  raws.push(refused)
  await until(() => refused.denied !== null)
  expect(refused.denied).toMatch(/^4426 /)
  const reloaded = again(server.url, ann.identity, ann.storage).client.lists.open(list.id)
  await until(() => isSynced(reloaded) && titles(reloaded).includes('Bread'))
})

it('[MODEL-5][A6.14][B-20] what a newer version has stored and this one does not know is shown around, and survives its edits and a rebuild', async () => {
  const { ann, list, id, register } = await listWithMilk()
  const newer = await newerApp(ann, list.id)
  newer.document.getMap('items').set(`${id}/x-shop.aisle`, register({ row: 4 }))
  await until(() => newer.unanswered === 0)
  // What this version's gate would not take: written to the log as a newer server would have.
  const future = new Y.Doc()
  Y.applyUpdate(future, Y.encodeStateAsUpdate(newer.document))
  const before = Y.encodeStateVector(future)
  const unknown: Record<string, unknown> = {
    [`${id}/weight`]: register({ grams: 500 }),
    [`${id}/watcher/u_somebody`]: register(true),
    [`${id}/due`]: [{ moon: 'full' }, ann.identity.userId, 1],
    [`${id}/quantity`]: ['2', ann.identity.userId, 1, 'a fourth element'],
    'future-item-1': { by: 'u_x', at: 1, shape: 'unheard of' },
  }
  for (const [key, value] of Object.entries(unknown)) future.getMap('items').set(key, value)
  future.getMap('boards').set('board-one', { by: 'u_x', at: 1, columns: 3 })
  const listId = list.id as ListId
  const { seq } = await storage.log.append({
    listId,
    actorId: ann.identity.userId as UserId,
    opId: crypto.randomUUID(),
    ops: [],
    data: Y.encodeStateAsUpdate(future, before),
  })
  const survives = async (): Promise<void> => {
    const seen = (await newerApp(ann, list.id)).document
    expect(seen.getMap('items').toJSON()).toMatchObject(unknown)
    expect(seen.getMap('items').get(`${id}/x-shop.aisle`)).toEqual(register({ row: 4 }))
    expect(seen.getMap('boards').toJSON()).toEqual({ 'board-one': { by: 'u_x', at: 1, columns: 3 } })
  }
  await until(
    () => {
      // A hint may be lost, so it is given again.
      storage.bus.publish({ kind: 'updates', listId, seq })
      return list.items.item(id).getSnapshot()?.quantity === '2'
    },
    { what: 'the row to arrive' },
  )
  expect(titles(list)).toEqual(['Milk'])
  expect(list.items.item(id).getSnapshot()).toMatchObject({
    due: null,
    extensions: { 'x-shop.aisle': { row: 4 } },
  })
  list.items.update(id, { title: 'Oat milk' })
  list.items.toggle(id)
  await list.items.remove(id).confirmed
  await list.items.restore(id).confirmed
  await survives()

  // A refused edit makes the SDK fetch everything afresh and put what waits on top.
  ann.network.cut()
  const kept = list.items.add('Bread')
  await kept.stored
  const store = await ann.storage.open(ann.identity.userId)
  const bad = new Y.Doc()
  bad.getMap('items').set(`${id}/title`, register(''))
  const changes = [{ type: 'put', root: 'items', key: `${id}/title`, value: register('') }] as const
  await store.appendPending(list.id, { update: Y.encodeStateAsUpdate(bad), changes, label: 'Bad', at: 1 })
  await ann.client.close()
  const rebuilt = again(server.url, ann.identity, ann.storage).client.lists.open(list.id)
  await until(() => rebuilt.refused.getSnapshot().length === 1, { what: 'the bad edit to be refused' })
  rebuilt.refused.drop()
  await until(() => isSynced(rebuilt) && titles(rebuilt).includes('Bread'))
  expect(titles(rebuilt)).toEqual(['Oat milk', 'Bread'])
  await survives()
  expect(again(server.url, ann.identity, createMemoryStorage()).errors).toEqual([])
})

/** An app from before this version: the same, but for what it says it speaks. */
function speakingVersionZero(socket: WebSocket): SocketLike {
  const send = socket.send.bind(socket)
  socket.send = (data) => {
    const bytes = Buffer.from(data as Uint8Array)
    const at = bytes.indexOf('tandem/1')
    if (at !== -1) bytes.write('tandem/0', at)
    send(bytes)
  }
  return socket as SocketLike
}
