import type { AcrossView, Client } from '@tandem/client-sdk'
import { createMemoryStorage } from '@tandem/client-sdk/testing'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, person, sharedList } from './two-people.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

const titlesIn = (client: Client, view: AcrossView = {}): string[] =>
  client
    .items(view)
    .getSnapshot()
    .rows.map(({ item }) => item.title)

it('[ALL-1][ALL-3][ANON-2] views follow what others do, know this person in each list, and forget a list that is left or deleted at once', async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  const [second, secondHis] = await sharedList(server.url, ann, ben)
  if (!hers || !his || !second || !secondHis) throw new Error('missing')
  const mine: AcrossView = { assignee: 'me', done: false }
  for (const view of [{}, mine]) ben.client.items(view).subscribe(() => {})
  await secondHis.members.hide(true)
  await until(() => secondHis.me.getSnapshot() !== ben.identity.userId)
  const alias = secondHis.me.getSnapshot() ?? ''
  second.items.assign(second.items.add('Anonymously yours').value, { add: [alias] })
  hers.items.assign(hers.items.add('Yours').value, { add: [ben.identity.userId] })
  hers.items.add('Nobody’s')
  await until(() => titlesIn(ben.client, mine).length === 2)
  expect(titlesIn(ben.client).sort()).toEqual(['Anonymously yours', 'Nobody’s', 'Yours'])
  // Also where the list is not open, and by another client of theirs, without a network.
  await until(() => isSynced(his) && isSynced(secondHis))
  await ben.client.close()
  const later = again(server.url, ben.identity, ben.storage, { offline: true })
  later.client.items(mine).subscribe(() => {})
  await until(() => later.client.items(mine).getSnapshot().isComplete)
  expect(titlesIn(later.client, mine).sort()).toEqual(['Anonymously yours', 'Yours'])
  const rows = later.client.items(mine).getSnapshot().rows
  expect(rows.map(({ listId, me }) => [listId, me]).sort()).toEqual(
    [
      [hers.id, ben.identity.userId],
      [second.id, alias],
    ].sort(),
  )
  later.network.restore()
  later.client.reconnect()
  const told: string[][] = []
  const all = later.client.items({})
  all.subscribe(() => told.push(titlesIn(later.client)))
  await until(() => titlesIn(later.client).length === 3)
  await later.client.lists.leave(second.id)
  expect(told.at(-1)?.sort()).toEqual(['Nobody’s', 'Yours'])
  later.client.lists.open(hers.id)
  await until(() => isSynced(later.client.lists.open(hers.id)))
  await ann.client.lists.delete(hers.id)
  await until(() => told.at(-1)?.length === 0)
  expect(titlesIn(later.client, mine)).toEqual([])
})

it('[ALL-10][ALL-12] what people are called is there at once without a network, also of who has left; and gone with the list', async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (!hers || !his) throw new Error('missing')
  const [annId, benId] = [ann.identity.userId, ben.identity.userId]
  const stop = his.names.subscribe(() => {})
  await until(() => his.names.getSnapshot()[benId] === 'Ben')
  expect(his.names.getSnapshot()).toEqual({ [annId]: 'Ann', [benId]: 'Ben' })
  const known = his.names.getSnapshot()
  await his.members.refresh()
  expect(his.names.getSnapshot()).toBe(known)
  hers.names.subscribe(() => {})
  await until(() => hers.names.getSnapshot()[benId] === 'Ben')
  stop()
  const store = await ben.storage.open(benId)
  await until(async () => (await store.fact(hers.id, 'names')) !== undefined)
  await ben.client.close()
  const later = again(server.url, ben.identity, ben.storage, { offline: true })
  const offline = later.client.lists.open(hers.id)
  await until(() => offline.status.getSnapshot().state === 'offline')
  expect(offline.names.getSnapshot()).toEqual({ [annId]: 'Ann', [benId]: 'Ben' })
  later.client.names.subscribe(() => {})
  await until(() => later.client.names.getSnapshot()[hers.id] !== undefined)
  expect(later.client.names.getSnapshot()).toEqual({ [hers.id]: { [annId]: 'Ann', [benId]: 'Ben' } })
  await hers.members.remove(benId)
  await hers.members.refresh()
  expect(hers.names.getSnapshot()[benId]).toBe('Ben')
  later.network.restore()
  later.client.reconnect()
  await until(() => offline.access.getSnapshot().state === 'ended')
  expect(offline.names.getSnapshot()).toEqual({})
  expect(later.client.names.getSnapshot()).toEqual({})
  await until(async () => (await store.facts('names')).length === 0)
})

it('[ALL-13] fifty lists of two hundred items that nobody has open are searched in well under a second', async () => {
  const storage = createMemoryStorage()
  const ann = again(server.url, (await person(server.url, 'Ann')).identity, storage, { offline: true })
  for (let n = 0; n < 50; n += 1) {
    const { value } = ann.client.lists.create({ title: `List ${n}` })
    value.items.addMany(
      Array.from({ length: 200 }, (_, i) => ({ title: `Item ${n} ${i}`, notes: 'of many' })),
    )
  }
  await until(async () => (await (await storage.open(ann.identity.userId)).pendingLists()).length === 50)
  await ann.client.close()
  // As if the server had them.
  const store = await storage.open(ann.identity.userId)
  for (const list of await store.lists()) {
    const { pending } = await store.load(list.id)
    await store.confirm(
      list.id,
      pending.map(({ key }) => key),
    )
    await store.putList({ ...list, creating: false })
  }
  const later = again(server.url, ann.identity, storage, { offline: true })
  const startMs = performance.now()
  const found = later.client.items({ text: 'item 49 199' })
  found.subscribe(() => {})
  await until(() => found.getSnapshot().isComplete)
  const tookMs = performance.now() - startMs
  console.info(`50 lists of 200 items, searched from a cold start in ${Math.round(tookMs)} ms`)
  expect(found.getSnapshot().rows.map(({ item }) => item.title)).toEqual(['Item 49 199'])
  expect(tookMs).toBeLessThan(5_000)
})
