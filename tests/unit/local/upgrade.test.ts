import { IDBFactory } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { createIndexedDbStorage } from '../../../client-sdk/src/local/indexeddb-storage.ts'
import { bytes, edit, list } from '../../contract/device-store-contract.ts'

/** A device as the first version of the app left it, with one row in every store. */
async function firstVersion(indexedDB: IDBFactory): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('tandem https://lists.example ann', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('lists', { keyPath: 'id' })
      for (const name of ['base', 'pending']) {
        const store = request.result.createObjectStore(name, { keyPath: 'key', autoIncrement: true })
        store.createIndex('list', 'list')
      }
      request.result.createObjectStore('inbox', { keyPath: 'key' }).createIndex('list', 'list')
    }
    request.onsuccess = () => resolve(request.result)
  })
  await new Promise<void>((resolve) => {
    const tx = db.transaction(['lists', 'base', 'pending', 'inbox'], 'readwrite')
    tx.objectStore('lists').put(list('l1'))
    tx.objectStore('base').add({ list: 'l1', update: bytes(1) })
    tx.objectStore('pending').add({ list: 'l1', ...edit(2) })
    const { changes, label, at } = edit(3)
    tx.objectStore('inbox').put({ list: 'l1', key: 77, changes, label, at, code: 'gap', message: '' })
    tx.oncomplete = () => resolve()
  })
  db.close()
}

it('[LOCAL-12][SDKA-4][ALL-10] a device of the first version keeps everything it holds, and can lock a list', async () => {
  const indexedDB = new IDBFactory()
  await firstVersion(indexedDB)
  const store = await createIndexedDbStorage({ serverUrl: 'https://lists.example', indexedDB }).open('ann')
  expect(await store.lists()).toEqual([list('l1')])
  expect(await store.load('l1')).toEqual({ base: [bytes(1)], pending: [{ key: 1, ...edit(2) }], end: null })
  expect(await store.inbox('l1')).toMatchObject([{ key: 77, code: 'gap' }])
  await store.putFact('l1', 'names', { bob: 'Bob' })
  expect(await store.fact('l1', 'names')).toEqual({ bob: 'Bob' })
  const end = { why: 'list-deleted', message: 'Ann deleted this list.', at: 7 } as const
  await store.endList('l1', end)
  expect(await store.ends()).toEqual([{ id: 'l1', end }])
  expect((await store.inbox('l1')).map(({ key }) => key)).toEqual([1, 77])
})
