import { createMemoryStorage, createMemoryTabs } from '@tandem/client-sdk/testing'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { giveRole, guest } from '../../support/people.ts'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, person, sharedList, titles } from './two-people.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

it('[LOCAL-1][A6.8][F-14] a process that ends in the tick after a tap leaves the edit on the device', async () => {
  const ann = await person(server.url, 'Ann')
  const [list] = await sharedList(server.url, ann)
  if (list === undefined) throw new Error('There is no list.')
  await list.items.add('Bread').confirmed
  ann.network.cut()
  list.items.add('Milk')
  // Nothing is closed and nothing is awaited: the next page opens what the store was given within that tick.
  const later = again(server.url, ann.identity, ann.storage, { offline: true })
  const reopened = later.client.lists.open(list.id)
  await until(() => titles(reopened).length === 2)
  expect(titles(reopened)).toEqual(['Bread', 'Milk'])
  later.network.restore()
  await until(() => isSynced(reopened))
})

it('[LOCAL-6][A6.8][F-15][F-19] a full device is said within a second, the edit goes on to the server, and can be exported until it is there', async () => {
  const ann = await person(server.url, 'Ann')
  const [list] = await sharedList(server.url, ann)
  if (list === undefined) throw new Error('There is no list.')
  ann.network.cut()
  ann.storage.failWrites('quota')
  const tappedAt = performance.now()
  const write = list.items.add('Milk')
  await until(() => list.status.getSnapshot().state === 'attention')
  expect(performance.now() - tappedAt).toBeLessThan(1_000)
  expect(list.status.getSnapshot()).toMatchObject({ reason: 'quota', pending: 1 })
  await expect(write.stored).rejects.toMatchObject({ code: 'quota' })
  expect(await list.exportPending().text()).toContain('Milk')
  ann.network.restore()
  await write.confirmed
  expect(JSON.parse(await list.exportPending().text())).toMatchObject({ pending: [] })
})

it("[LOCAL-14][A6.15] one's own folder, pin, sort and muting change nobody else's, are in no shared document, and outlast a page", async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There is no list.')
  const plain = { pinned: false, folder: null, sort: 'manual', muted: false }
  expect(his.info.getSnapshot().mine).toEqual(plain)
  const mine = { pinned: true, folder: 'Household', sort: 'due', muted: true } as const
  await ben.client.lists.mine(his.id, mine).stored
  expect(his.info.getSnapshot().mine).toEqual(mine)
  ben.client.lists.mine(his.id, { sort: 'title' })
  expect(ben.client.lists.getSnapshot().map((info) => info.mine)).toEqual([{ ...mine, sort: 'title' }])

  // Whatever else Ben's client does arrives at Ann's; this does not.
  await his.items.add('Milk').confirmed
  await until(() => titles(hers).includes('Milk'))
  expect(hers.info.getSnapshot().mine).toEqual(plain)
  const raw = new RawClient({ url: `${server.wsUrl}/sync`, token: ann.identity.token, listId: hers.id })
  await raw.synced
  expect(JSON.stringify(raw.document.toJSON())).not.toContain('Household')
  raw.drop()

  await ben.client.close()
  const later = again(server.url, ben.identity, ben.storage, { offline: true })
  await until(() => later.client.lists.getSnapshot().length === 1)
  expect(later.client.lists.getSnapshot()[0]?.mine).toEqual({ ...mine, sort: 'title' })
  later.network.restore()
  await later.client.lists.refresh()
  expect(later.client.lists.open(his.id).info.getSnapshot().mine).toEqual({ ...mine, sort: 'title' })
  const elsewhere = again(server.url, ben.identity, createMemoryStorage())
  await until(() => elsewhere.client.lists.getSnapshot().length === 1)
  expect(elsewhere.client.lists.getSnapshot()[0]?.mine).toEqual(plain)
})

it('[LOCAL-14][A6.15] a list that was opened by its id can be arranged as soon as it shows who one is there', async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  // Ben's client has asked for his lists before there was this one.
  await ben.client.lists.refresh()
  const created = ann.client.lists.create({ title: 'Trip' })
  await created.confirmed
  const { id } = created.value
  await giveRole(server.url, ann.identity.token, { listId: id, userId: ben.identity.userId, role: 'editor' })
  const arranged = new Promise<void>((resolve, reject) => {
    const his = ben.client.lists.open(id)
    const stop = his.info.subscribe(() => {
      if (his.info.getSnapshot().role === null) return
      stop()
      ben.client.lists.mine(id, { pinned: true }).stored.then(resolve, reject)
    })
  })
  await arranged
  expect(ben.client.lists.getSnapshot().map((info) => info.mine.pinned)).toEqual([true])
})

it('[LOCAL-14][A6.15] all tabs arrange the list as one did, and what a tab learns later does not undo it', async () => {
  const identity = await guest(server.url, 'Ann')
  const storage = createMemoryStorage()
  const tabs = createMemoryTabs()
  const one = again(server.url, identity, storage, { tabs: tabs.open() })
  const made = one.client.lists.create({ title: 'Trip' })
  await made.confirmed
  const two = again(server.url, identity, storage, { tabs: tabs.open() })
  const there = two.client.lists.open(made.value.id)
  await until(() => isSynced(there))
  await one.client.lists.mine(made.value.id, { pinned: true }).stored
  await until(() => there.info.getSnapshot().mine.pinned)
  await there.rename('Journey').confirmed
  await two.client.close()
  await one.client.close()
  const later = again(server.url, identity, storage, { offline: true })
  await until(() => later.client.lists.getSnapshot().length === 1)
  expect(later.client.lists.getSnapshot()[0]).toMatchObject({ title: 'Journey', mine: { pinned: true } })
})

it('[LOCAL-14] an arrangement that cannot be is refused by name', async () => {
  const ann = await person(server.url, 'Ann')
  const [list] = await sharedList(server.url, ann)
  if (list === undefined) throw new Error('There is no list.')
  for (const wrong of [{ sort: 'colour' }, { folder: '' }, { folder: 'x'.repeat(201) }, { pinned: 1 }]) {
    expect(() => ann.client.lists.mine(list.id, wrong as never)).toThrow(/must be/)
  }
  const unknown = ann.client.lists.mine('11111111-1111-4111-8111-111111111111', { pinned: true })
  await expect(unknown.stored).rejects.toMatchObject({ code: 'not-found' })
})

it('[STATUS-2][LOCAL-10] a tab that is left open while another signs out says why it keeps nothing any more', async () => {
  const identity = await guest(server.url, 'Ann')
  const storage = createMemoryStorage()
  const one = again(server.url, identity, storage)
  const made = one.client.lists.create({ title: 'Trip' })
  await made.confirmed
  const two = again(server.url, identity, storage)
  const left = two.client.lists.open(made.value.id)
  await until(() => isSynced(left))
  await one.client.signOut()
  const write = left.items.add('Tent')
  await expect(write.stored).rejects.toMatchObject({ code: 'storage-failed' })
  const status = left.status.getSnapshot()
  expect(status).toMatchObject({ state: 'attention', reason: 'storage-failed' })
  expect('message' in status ? status.message : '').toMatch(/signed out in another tab.*reload/i)
})
