import { IDBFactory } from 'fake-indexeddb'
import { expect, it, vi } from 'vitest'
import { createIndexedDbStorage } from '../../../client-sdk/src/local/indexeddb-storage.ts'
import { edit, list } from '../../contract/device-store-contract.ts'
import { until } from '../../support/until.ts'

const serverUrl = 'https://lists.example/'

it('[LOCAL-2][LOCAL-6] a browser that never answers an open is a device that fails, and the next try may work', async () => {
  const indexedDB = new IDBFactory()
  const storage = createIndexedDbStorage({ serverUrl, indexedDB, openTimeoutMs: 30 })
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => new EventTarget() as IDBOpenDBRequest)
  await expect(storage.open('ann')).rejects.toThrow('the browser does not open it')
  await expect(storage.lastIdentity()).rejects.toMatchObject({ name: 'StorageFailed', quota: false })
  open.mockRestore()
  // One that does open may take longer than this test lets it.
  const store = await retried(() => storage.open('ann'))
  await store.appendPending('l1', edit(1))
  expect((await store.load('l1')).pending).toHaveLength(1)
})

it('[LOCAL-12] an open that is answered after all does not hold the database against a newer app', async () => {
  const indexedDB = new IDBFactory()
  const storage = createIndexedDbStorage({ serverUrl, indexedDB, openTimeoutMs: 30 })
  const late: (() => void)[] = []
  const real = indexedDB.open.bind(indexedDB)
  const open = vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    const request = new EventTarget() as IDBOpenDBRequest & { result: IDBDatabase }
    late.push(() => {
      const answer = real(name, version)
      answer.onupgradeneeded = () => {
        Object.assign(request, { result: answer.result })
        request.onupgradeneeded?.(new Event('upgradeneeded') as IDBVersionChangeEvent)
      }
      answer.onsuccess = () => request.onsuccess?.(new Event('success'))
    })
    return request
  })
  await expect(storage.open('ann')).rejects.toMatchObject({ name: 'StorageFailed' })
  for (const answer of late) answer()
  open.mockRestore()
  await new Promise<void>((resolve, reject) => {
    const newer = indexedDB.open(`tandem https://lists.example ann`, 99)
    newer.onsuccess = () => resolve()
    newer.onblocked = () => reject(new Error('The late database is still open.'))
  })
})

/** Goes on until it succeeds, as the SDK does: on a busy machine the short times of these tests run out by themselves. */
async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  const answers: T[] = []
  await until(async () => answers.push(await attempt()) > 0)
  return answers[0] as T
}

/** The database never gets to a write until the returned function lets it: another tab holds it with one of its own. */
async function occupy(indexedDB: IDBFactory): Promise<() => void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('tandem https://lists.example ann')
    request.onsuccess = () => resolve(request.result)
  })
  const stores = db.transaction(['lists', 'base', 'pending', 'inbox'], 'readwrite')
  let isHeld = true
  const goOn = (): void => {
    if (isHeld) stores.objectStore('lists').count().onsuccess = goOn
  }
  goOn()
  return () => {
    isHeld = false
    db.close()
  }
}

it('[LOCAL-2] a write that the browser does not finish rejects, and trying again never stores it twice', async () => {
  const indexedDB = new IDBFactory()
  const store = await createIndexedDbStorage({ serverUrl, indexedDB, writeTimeoutMs: 30 }).open('ann')
  const key = await store.appendPending('l1', edit(1))
  const release = await occupy(indexedDB)
  // Past aborting: only the browser knows whether it will happen, so it is not given up, and not written again.
  const pending = store.appendPending('l1', edit(2))
  await expect(store.putList(list('l1'))).rejects.toMatchObject({ name: 'StorageFailed', quota: false })
  await expect(store.replacePending('l1', [key], [edit(3)])).rejects.toMatchObject({ name: 'StorageFailed' })
  release()
  await pending
  expect((await store.load('l1')).pending.map(({ update }) => update)).toEqual([
    edit(1).update,
    edit(2).update,
  ])
  await retried(() => store.replacePending('l1', [key], [edit(3)]))
  await retried(() => store.putList(list('l1')))
  expect((await store.load('l1')).pending).toHaveLength(2)
  expect(await store.lists()).toEqual([list('l1')])
})
