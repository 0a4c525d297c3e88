import type { Change } from '@tandem/client-sdk/model'
import { createMemoryStorage, type MemoryStorage } from '@tandem/client-sdk/testing'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Guest, giveRole, guest } from '../../support/people.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, person, sharedList, titles } from './two-people.ts'

let server: RunningServer
let db: pg.Client

beforeAll(async () => {
  server = await startServer()
  db = new pg.Client({ connectionString: server.databaseUrl ?? '' })
  await db.connect()
})
afterEach(closeAll)
afterAll(async () => {
  await db.end()
  await server.stop()
})

/** Puts edits on the device as an earlier session would have left them, whatever they are. All come from one document. */
async function leave(
  device: MemoryStorage,
  who: Guest,
  listId: string,
  edits: readonly Change[][],
): Promise<void> {
  const doc = new Y.Doc()
  const store = await device.open(who.userId)
  for (const changes of edits) {
    const before = Y.encodeStateVector(doc)
    for (const change of changes)
      if (change.type === 'put') doc.getMap(change.root).set(change.key, change.value)
    const update = Y.encodeStateAsUpdate(doc, before)
    await store.appendPending(listId, { update, changes, label: 'Left behind', at: Date.now() })
  }
}

function added(who: Guest, id: string, title: string): Change {
  return {
    type: 'put',
    root: 'items',
    key: id,
    value: { title, order: `a${id.at(-1)}`, by: who.userId, at: 1 },
  }
}

it('[REPAIR-3][REPAIR-5][A-04] one bad edit among many goes to the inbox; all others are saved; the screen shows the truth', async () => {
  const identity = await guest(server.url, 'Ann')
  const maker = again(server.url, identity, createMemoryStorage())
  const made = maker.client.lists.create({ title: 'Groceries' })
  await made.confirmed
  const listId = made.value.id
  await maker.client.close()

  const device = createMemoryStorage()
  const good = Array.from({ length: 9 }, (_, n) => [added(identity, `item000${n}`, `good ${n}`)])
  const bad: Change[] = [
    { type: 'put', root: 'items', key: 'item0003/colour', value: ['red', identity.userId, 1] },
  ]
  await leave(device, identity, listId, [...good.slice(0, 5), bad, ...good.slice(5)])
  const { client, errors } = again(server.url, identity, device)
  const list = client.lists.open(listId)
  await until(() => list.status.getSnapshot().state === 'attention', { what: 'the refusal shows' })
  await until(() => list.status.getSnapshot().state === 'attention' && titles(list).length === 9)

  const status = list.status.getSnapshot()
  if (status.state !== 'attention') throw new Error('It must ask for attention.')
  expect(status.reason).toBe('update-rejected')
  await until(() => {
    const now = list.status.getSnapshot()
    return now.state === 'attention' && now.pending === 0
  })
  const [refused] = list.refused.getSnapshot()
  expect(refused).toMatchObject({ code: 'unknown-field', label: 'Left behind', changes: bad })
  expect(errors).toMatchObject([{ code: 'update-rejected' }])
  const exported = JSON.parse(await status.exportPending().text())
  expect(exported).toMatchObject({ listId, pending: [], refused: [{ code: 'unknown-field' }] })
  const { rows } = await db.query('select ops from list_updates where list_id = $1', [listId])
  expect(JSON.stringify(rows)).not.toContain('colour')

  // Kept over a reload, and never sent again by itself.
  await client.close()
  const later = again(server.url, identity, device)
  const reopened = later.client.lists.open(listId)
  await until(() => reopened.status.getSnapshot().state === 'attention')
  expect(titles(reopened)).toHaveLength(9)
  const again_ = reopened.status.getSnapshot()
  if (again_.state === 'attention') await again_.resolve()
  await until(() => isSynced(reopened))
  const store = await device.open(identity.userId)
  expect(await store.inbox(listId)).toEqual([])
  expect((await store.load(listId)).pending).toEqual([])
})

it('[REPAIR-3] edits made after the right to edit is gone end in the inbox, and the screen returns to the truth', async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There are no lists.')
  await hers.items.add('Milk').confirmed
  await until(() => titles(his).includes('Milk'))
  ben.network.cut()
  const write = his.items.add('Beer')
  await write.stored
  await giveRole(server.url, ann.identity.token, {
    listId: hers.id,
    userId: ben.identity.userId,
    role: 'viewer',
  })
  ben.network.restore()
  await expect(write.confirmed).rejects.toMatchObject({ code: 'update-rejected' })
  await until(() => titles(his).length === 1, { what: 'the screen shows the truth' })
  expect(his.refused.getSnapshot()).toMatchObject([{ code: 'read-only', label: 'Add' }])
  expect(his.can.getSnapshot().edit).toBe(false)
  await expect(his.items.add('Wine').confirmed).rejects.toMatchObject({ code: 'not-allowed' })
  expect(titles(hers)).toEqual(['Milk'])

  // Allowed again, the person can try once more.
  await giveRole(server.url, ann.identity.token, {
    listId: hers.id,
    userId: ben.identity.userId,
    role: 'editor',
  })
  await until(() => his.can.getSnapshot().edit)
  await his.refused.retry().confirmed
  await until(() => titles(hers).includes('Beer') && isSynced(his))
})

it('[REPAIR-1][E-15][V-10] a copy with other content under the same state vector is found within 5 s and repaired', async () => {
  const ann = await person(server.url, 'Ann')
  const created = ann.client.lists.create({ title: 'Groceries' })
  await created.confirmed
  const listId = created.value.id
  await until(() => isSynced(created.value))
  await ann.client.close()
  const edit = added(ann.identity, 'item0001', 'Milk')
  await leave(ann.storage, ann.identity, listId, [[edit]])
  const { pending } = await (await ann.storage.open(ann.identity.userId)).load(listId)
  const first = again(server.url, ann.identity, ann.storage)
  const list = first.client.lists.open(listId)
  await until(() => isSynced(list) && titles(list)[0] === 'Milk')

  // Another device of hers holds other bytes for the same edit: sync cannot see that.
  const truth = pending[0]?.update ?? new Uint8Array()
  const from = new TextEncoder().encode('Milk')
  const at = truth.findIndex((_, n) => from.every((byte, offset) => truth[n + offset] === byte))
  expect(at).toBeGreaterThan(0)
  const corrupt = truth.slice()
  corrupt.set(new TextEncoder().encode('Malt'), at)
  const broken = createMemoryStorage()
  await (await broken.open(ann.identity.userId)).appendBase(listId, corrupt)
  const second = again(server.url, ann.identity, broken)
  const other = second.client.lists.open(listId)
  await until(() => isSynced(other))
  expect(titles(other)).toEqual(['Malt'])
  await until(() => titles(other)[0] === 'Milk', { timeoutMs: 5_000, what: 'the copy is repaired' })
  const write = other.items.add('Bread')
  await write.confirmed
  await until(() => titles(list).length === 2)
  await until(async () => {
    const { base } = await (await broken.open(ann.identity.userId)).load(listId)
    const stored = new Y.Doc()
    for (const update of base) Y.applyUpdate(stored, update)
    return (stored.getMap('items').get('item0001') as { title: string } | undefined)?.title === 'Milk'
  })
})

it('[LOCAL-6][LOCAL-2][F-19] a device that does not store says so within a second, still sends, exports, and heals', async () => {
  const ann = await person(server.url, 'Ann')
  const [list] = await sharedList(server.url, ann)
  if (list === undefined) throw new Error('There is no list.')
  ann.network.cut()
  ann.storage.failWrites('quota')
  const write = list.items.add('Milk')
  await expect(write.stored).rejects.toMatchObject({ code: 'quota' })
  await until(() => list.status.getSnapshot().state === 'attention', { timeoutMs: 1_000 })
  const status = list.status.getSnapshot()
  if (status.state !== 'attention') throw new Error('It must ask for attention.')
  expect(status).toMatchObject({ reason: 'quota', pending: 1 })
  expect(JSON.parse(await status.exportPending().text())).toMatchObject({ pending: [{ label: 'Add' }] })
  expect(titles(list)).toEqual(['Milk'])

  ann.storage.failWrites(null)
  await list.items.add('Bread').stored
  await until(() => list.status.getSnapshot().state === 'offline')
  expect(list.status.getSnapshot()).toMatchObject({ pending: 2, stored: true })
  const store = await ann.storage.open(ann.identity.userId)
  expect((await store.load(list.id)).pending).toHaveLength(2)

  ann.storage.failWrites('broken')
  ann.network.restore()
  await list.items.add('Eggs').confirmed
  await until(() => {
    const now = list.status.getSnapshot()
    return now.state === 'attention' && now.reason === 'storage-failed' && now.pending === 0
  })
  ann.storage.failWrites(null)
  const broken = list.status.getSnapshot()
  if (broken.state === 'attention') await broken.resolve()
  await until(() => isSynced(list))
  expect((await store.load(list.id)).pending).toHaveLength(0)
})
