import { createMemoryStorage } from '@tandem/client-sdk/testing'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createEnvironment } from '../../../client-sdk/src/environment.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, person, sharedList, titles } from './two-people.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

async function twoApart() {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There are no lists.')
  return { ann, ben, hers, his }
}

it('[SYNC-2][F-03][E-12] twenty edits of a short absence are on the server within a second of being back', async () => {
  const { ann, hers } = await twoApart()
  ann.network.cut()
  for (let n = 0; n < 20; n += 1) hers.items.add(`item ${n}`)
  ann.network.restore()
  // Not "is saving": it may have been, and be done, between two looks.
  await until(() => hers.status.getSnapshot().state !== 'offline', { what: 'reconnected' })
  const backAt = performance.now()
  await until(() => isSynced(hers))
  expect(performance.now() - backAt).toBeLessThan(1_000)
})

it('[SYNC-2][F-06][F-09][X-13] a hundred edits here and fifty there: exact numbers, and only what was missed crosses the wire', async () => {
  const { ann, hers, his } = await twoApart()
  await hers.items.addMany(Array.from({ length: 2_000 }, (_, n) => `old item ${n}`)).confirmed
  await until(() => titles(his).length === 2_000)
  await until(() => isSynced(hers) && isSynced(his))
  const whole = ann.network.received
  ann.network.cut()
  for (let n = 0; n < 100; n += 1) hers.items.add(`hers ${n}`)
  for (let n = 0; n < 50; n += 1) his.items.add(`his ${n}`)
  await until(() => isSynced(his))
  const before = ann.network.received
  ann.network.restore()
  await until(() => isSynced(hers) && titles(hers).length === 2_150 && titles(his).length === 2_150)
  expect(titles(hers)).toEqual(titles(his))
  expect(whole).toBeGreaterThan(0)
  expect(ann.network.received - before).toBeLessThan(25_000)
})

it('[SYNC-1][STATUS-4][F-05][F-07][F-16][A-03] a month away, a thousand edits on each side: said so, merged, nothing lost', async () => {
  const { ann, ben, hers, his } = await twoApart()
  ann.network.cut()
  for (let n = 0; n < 1_000; n += 1) hers.items.add(`hers ${n}`)
  await until(() => {
    const status = hers.status.getSnapshot()
    return status.state === 'offline' && status.stored
  })
  await ann.client.close()
  for (let n = 0; n < 1_000; n += 1) his.items.add(`his ${n}`)
  await until(() => isSynced(his), { timeoutMs: 20_000 })

  const month = 31 * 24 * 3_600_000
  const environment = { ...createEnvironment(), now: () => Date.now() + month }
  const later = again(server.url, ann.identity, ann.storage, { environment, offline: true })
  const list = later.client.lists.open(hers.id)
  await until(() => list.status.getSnapshot().state === 'offline')
  expect(list.status.getSnapshot()).toMatchObject({ pending: 1_000, backlog: 'long-offline' })
  later.network.restore()
  await until(() => isSynced(list) && titles(list).length === 2_000, { timeoutMs: 20_000 })
  await until(() => titles(his).length === 2_000, { timeoutMs: 20_000 })
  expect(titles(list)).toEqual(titles(his))
  expect(ben.errors).toEqual([])
}, 60_000)

it('[SYNC-1][E-20][U-05][V-17] a stale edit needs no second try: it merges, and a third device sees the same', async () => {
  const { ann, hers, his } = await twoApart()
  const id = hers.items.add('Milk').value
  await until(() => titles(his).includes('Milk'))
  ann.network.cut()
  hers.items.update(id, { quantity: '2' })
  await his.items.update(id, { title: 'Oat milk', priority: 1 }).confirmed
  ann.network.restore()
  await until(() => isSynced(hers) && titles(hers)[0] === 'Oat milk')
  const third = again(server.url, ann.identity, createMemoryStorage())
  const list = third.client.lists.open(hers.id)
  await until(() => list.items.item(id).getSnapshot()?.quantity === '2')
  expect(list.items.item(id).getSnapshot()).toMatchObject({ title: 'Oat milk', priority: 1 })
})

it('[PRES-2] the others are seen once each, with what they look at, and are gone when they are', async () => {
  const { ann, ben, hers, his } = await twoApart()
  const second = again(server.url, ben.identity, createMemoryStorage())
  const elsewhere = second.client.lists.open(hers.id)
  await until(() => isSynced(elsewhere))
  his.presence.set({ viewing: 'item0001' })
  await until(() => {
    const [peer, ...more] = hers.presence.others.getSnapshot()
    return more.length === 0 && peer?.tabs === 2 && peer.viewing === 'item0001' && peer.name === 'Ben'
  })
  expect(his.presence.others.getSnapshot().map((peer) => peer.userId)).toEqual([ann.identity.userId])
  await second.client.close()
  ben.network.cut()
  await until(() => hers.presence.others.getSnapshot().length === 0)
})

it('[SYNC-2][F-04] two hundred edits here and two hundred missed ones are together within five seconds', async () => {
  const { ann, hers, his } = await twoApart()
  ann.network.cut()
  for (let n = 0; n < 200; n += 1) {
    hers.items.add(`hers ${n}`)
    his.items.add(`his ${n}`)
  }
  await until(() => isSynced(his))
  ann.network.restore()
  const backAt = performance.now()
  await until(() => isSynced(hers) && titles(hers).length === 400 && titles(his).length === 400)
  expect(performance.now() - backAt).toBeLessThan(5_000)
  expect(titles(hers)).toEqual(titles(his))
})

it('[SYNC-2][C-18] coming back after one missed edit costs bytes of that edit, and not of the list', async () => {
  const { ann, hers, his } = await twoApart()
  await his.items.addMany(Array.from({ length: 2_000 }, (_, n) => `old item ${n}`)).confirmed
  await until(() => isSynced(hers) && titles(hers).length === 2_000)
  const whole = ann.network.received
  ann.network.cut()
  await his.items.add('missed').confirmed
  const before = ann.network.received
  ann.network.restore()
  await until(() => isSynced(hers) && titles(hers).length === 2_001)
  expect(whole).toBeGreaterThan(100_000)
  expect(ann.network.received - before).toBeLessThan(2_000)
})
