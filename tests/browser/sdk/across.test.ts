import { expect, it } from 'vitest'
import { createList } from '../../support/people.ts'
import { until } from '../../support/until.ts'
import type {} from './page/lab.ts'
import { useStage } from './stage.ts'
import type { Tab } from './tab.ts'

const stage = useStage('lab.ts')

/** Follows every item of every list, and says what it sees. */
async function follow(tab: Tab): Promise<() => Promise<string[]>> {
  await tab.page.evaluate(() => void window.lab.client.items({}).subscribe(() => {}))
  return () =>
    tab.page.evaluate(() => {
      const { rows } = window.lab.client.items({}).getSnapshot()
      return rows.map(({ listTitle, item }) => `${listTitle}: ${item.title}`)
    })
}

it('[ALL-1][ALL-4][LOCAL-5] a tab sees what another one writes in lists it has not open; all of it is there after a reload without a network', async () => {
  const anna = await stage.device(['Milk'])
  const { id: trip } = await createList(stage.server.url, anna.person.token, { title: 'Trip' })
  const tab = await anna.open()
  await tab.untilState('synced')
  const seen = await follow(tab)
  const other = await anna.open({ listId: trip })
  await other.untilState('synced')
  await other.add('Tent')
  const untilSeen = (rows: string[]): Promise<void> =>
    until(async () => JSON.stringify(await seen()) === JSON.stringify(rows), { timeoutMs: 20_000 })
  await untilSeen(['Groceries: Milk', 'Trip: Tent'])
  await other.untilState('synced')
  // From the server, by way of the other tab.
  const { status } = await fetch(`${stage.server.url}/api/v1/lists/${trip}/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${anna.person.token}` },
    body: JSON.stringify({ title: 'Stove' }),
  })
  expect(status).toBe(201)
  await untilSeen(['Groceries: Milk', 'Trip: Tent', 'Trip: Stove'])
  await other.leave()
  // Nobody opens this one: it is brought all the same.
  const { id: books } = await createList(stage.server.url, anna.person.token, { title: 'Books' })
  const added = await fetch(`${stage.server.url}/api/v1/lists/${books}/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${anna.person.token}` },
    body: JSON.stringify({ title: 'Ulysses' }),
  })
  expect(added.status).toBe(201)
  await untilSeen(['Books: Ulysses', 'Groceries: Milk', 'Trip: Tent', 'Trip: Stove'])
  anna.goOffline()
  await tab.close()
  const later = await anna.open({ token: null, listId: books })
  await later.untilTitles(['Ulysses'])
  const seenLater = await follow(later)
  await until(async () => (await seenLater()).length === 4)
})

it('[ALL-10][LOCAL-12] a device of an earlier version keeps what it holds and can remember facts; while an old tab holds on, that is said', async () => {
  const anna = await stage.device()
  const tab = await anna.open()
  await tab.untilState('synced')
  const found = await tab.page.evaluate(async () => {
    const serverUrl = 'https://earlier.example'
    const name = `tandem ${serverUrl} ann`
    const earlier = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 2)
      request.onupgradeneeded = () => {
        const db = request.result
        db.createObjectStore('lists', { keyPath: 'id' }).put({ id: 'l1', title: 'Shop' })
        for (const store of ['base', 'pending']) {
          const made = db.createObjectStore(store, { keyPath: 'key', autoIncrement: true })
          made.createIndex('list', 'list')
          made.add({ list: 'l1', update: new Uint8Array([1]), changes: [], label: 'Add', at: 7 })
        }
        db.createObjectStore('inbox', { keyPath: 'key' }).createIndex('list', 'list')
        db.createObjectStore('ends', { keyPath: 'id' })
      }
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const adapter = window.sdk.createIndexedDbStorage({ serverUrl })
    // An old tab that does not let go.
    const said = await adapter.open('ann').then(
      () => 'opened',
      (error: Error) => error.message,
    )
    earlier.close()
    const store = await adapter.open('ann')
    await store.putFact('l1', 'names', { bob: 'Bob' })
    const { base, pending } = await store.load('l1')
    const kept = { lists: (await store.lists()).length, base: base.length, pending: pending.length }
    const fact = await store.fact('l1', 'names')
    await store.destroy()
    return { said, kept, fact }
  })
  expect(found).toEqual({
    said: 'Another tab runs an older version of the app. Please close or reload it.',
    kept: { lists: 1, base: 1, pending: 1 },
    fact: { bob: 'Bob' },
  })
})
