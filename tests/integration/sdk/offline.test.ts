import { createMemoryStorage, createMemoryTabs } from '@tandem/client-sdk/testing'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { guest } from '../../support/people.ts'
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

/** Titles of the items that list_updates holds as added: what survives everything. */
async function addedInPostgres(listId: string): Promise<string[]> {
  const { rows } = await db.query<{ ops: { op: string; kind: string; value: { title: string } }[] }>(
    'select ops from list_updates where list_id = $1 order by seq',
    [listId],
  )
  const ops = rows.flatMap((row) => row.ops)
  return ops.filter(({ op, kind }) => op === 'add' && kind === 'items').map(({ value }) => value.title)
}

it('[ACK-1][E-07][F-02] ten offline edits, then back: never "synced" before all ten are in Postgres, each once', async () => {
  const ann = await person(server.url, 'Ann')
  const [list] = await sharedList(server.url, ann)
  if (list === undefined) throw new Error('There is no list.')
  ann.network.cut()
  const writes = Array.from({ length: 10 }, (_, n) => list.items.add(`item ${n}`))
  expect(list.status.getSnapshot()).toMatchObject({ state: 'offline', pending: 10 })
  await Promise.all(writes.map((write) => write.stored))
  expect(list.status.getSnapshot()).toMatchObject({ state: 'offline', stored: true })

  const seen: string[] = []
  const tooEarly: Promise<void>[] = []
  list.status.subscribe(() => {
    const { state } = list.status.getSnapshot()
    seen.push(state)
    if (state !== 'synced') return
    tooEarly.push(addedInPostgres(list.id).then((titles) => expect(titles).toHaveLength(10)))
  })
  ann.network.restore()
  await until(() => seen.includes('synced'))
  await Promise.all([...tooEarly, ...writes.map((write) => write.confirmed)])
  expect((await addedInPostgres(list.id)).sort()).toEqual(Array.from({ length: 10 }, (_, n) => `item ${n}`))
})

it('[LOCAL-4][A6.10][F-01][A-14][A-03] a page load without a network shows the last list, editable, and sends it when there is one', async () => {
  const ann = await person(server.url, 'Ann')
  const [list] = await sharedList(server.url, ann)
  if (list === undefined) throw new Error('There is no list.')
  await list.items.add('online').confirmed
  ann.network.cut()
  await list.items.add('offline').stored
  await ann.client.close()

  const startedAt = performance.now()
  const later = again(server.url, ann.identity, ann.storage, { offline: true })
  const reopened = later.client.lists.open(list.id)
  await until(() => titles(reopened).length === 2)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
  await until(() => reopened.status.getSnapshot().state === 'offline')
  expect(reopened.status.getSnapshot()).toMatchObject({ pending: 1, stored: true })
  expect(later.client.lists.getSnapshot().map((info) => info.title)).toEqual(['Groceries'])

  const write = reopened.items.add('still offline')
  later.network.restore()
  await write.confirmed
  await until(() => isSynced(reopened))
  expect((await addedInPostgres(list.id)).sort()).toEqual(['offline', 'online', 'still offline'])
})

it('[SDK-1] a list made offline is usable at once, survives a reload, and is made once on the server', async () => {
  const identity = await guest(server.url, 'Ann')
  const storage = createMemoryStorage()
  const first = again(server.url, identity, storage, { offline: true })
  await until(() => first.client.user.getSnapshot() !== null)
  const made = first.client.lists.create({ title: 'Trip' })
  const item = made.value.items.add('Tent')
  await Promise.all([made.stored, item.stored])
  expect(made.value.status.getSnapshot()).toMatchObject({ state: 'offline', pending: 1 })
  expect(first.client.lists.getSnapshot()).toMatchObject([
    { title: 'Trip', role: 'owner', isNew: true, open: 1 },
  ])
  await first.client.close()

  const second = again(server.url, identity, storage)
  const list = second.client.lists.open(made.value.id)
  await until(() => isSynced(list) && titles(list).includes('Tent'))
  expect(await addedInPostgres(list.id)).toEqual(['Tent'])
  expect(second.client.lists.getSnapshot()).toMatchObject([{ title: 'Trip', isNew: false }])
})

it('[SDK-2] edits of a list that nobody opens are sent all the same after a reload', async () => {
  const ann = await person(server.url, 'Ann')
  const [list] = await sharedList(server.url, ann)
  if (list === undefined) throw new Error('There is no list.')
  ann.network.cut()
  await list.items.add('left behind').stored
  await ann.client.close()

  const later = again(server.url, ann.identity, ann.storage)
  await until(async () => (await addedInPostgres(list.id)).length === 1)
  expect(await later.client.flush()).toBe(true)
})

it('[SDK-3][LOCAL-10] signing out is refused while edits wait, unless they are given up, and leaves nothing on the device', async () => {
  const ann = await person(server.url, 'Ann')
  const [list] = await sharedList(server.url, ann)
  if (list === undefined) throw new Error('There is no list.')
  ann.network.cut()
  const write = list.items.add('not sent')
  await write.stored
  expect(await ann.client.flush({ timeoutMs: 50 })).toBe(false)
  await expect(ann.client.signOut()).rejects.toMatchObject({ code: 'pending' })
  await ann.client.signOut({ discardPending: true })
  await expect(write.confirmed).rejects.toMatchObject({ code: 'closed' })
  const store = await ann.storage.open(ann.identity.userId)
  expect(await store.lists()).toEqual([])
  expect(await ann.storage.lastIdentity()).toBeNull()
})

it("[LOCAL-5] tabs of one browser show each other's edits while offline, count them, and agree that they are saved", async () => {
  const ann = await person(server.url, 'Ann')
  const tabs = createMemoryTabs()
  const one = again(server.url, ann.identity, ann.storage, { tabs: tabs.open() })
  const created = one.client.lists.create({ title: 'Groceries' })
  await created.confirmed
  const here = created.value
  await until(() => isSynced(here))
  const two = again(server.url, ann.identity, ann.storage, { tabs: tabs.open() })
  const there = two.client.lists.open(here.id)
  await until(() => isSynced(there))
  one.network.cut()
  two.network.cut()

  const write = here.items.add('Milk')
  await until(() => titles(there).includes('Milk'))
  expect(there.status.getSnapshot()).toMatchObject({ state: 'offline', pending: 1 })
  two.network.restore()
  await write.confirmed
  await until(() => isSynced(there))
  one.network.restore()
  await until(() => isSynced(here))
  expect(await addedInPostgres(here.id)).toEqual(['Milk'])
})

it('[SDK-2] the edit of a tab that was closed is sent by another', async () => {
  const ann = await person(server.url, 'Ann')
  const tabs = createMemoryTabs()
  const one = again(server.url, ann.identity, ann.storage, { tabs: tabs.open() })
  const created = one.client.lists.create({ title: 'Groceries' })
  await created.confirmed
  const two = again(server.url, ann.identity, ann.storage, { tabs: tabs.open() })
  const there = two.client.lists.open(created.value.id)
  await until(() => isSynced(there))
  one.network.cut()
  await created.value.items.add('Milk').stored
  await one.client.close()
  await until(() => titles(there).includes('Milk'))
  await until(async () => (await addedInPostgres(there.id)).length === 1)
  await until(() => isSynced(there))
})
