import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, it, vi } from 'vitest'
import { createIndexedDbStorage } from '../../../client-sdk/src/local/indexeddb-storage.ts'
import type { DeviceStore } from '../../../client-sdk/src/local/port.ts'
import { StorageFailed } from '../../../client-sdk/src/local/storage-failed.ts'
import { bytes, edit, list } from '../../contract/device-store-contract.ts'
import { until } from '../../support/until.ts'
import { breakWrites, watchDatabases } from './broken-indexeddb.ts'

const serverUrl = 'https://lists.example/'

async function openOn(indexedDB: IDBFactory, compactAfter = 200): Promise<DeviceStore> {
  return await createIndexedDbStorage({ serverUrl, indexedDB, compactAfter }).open('ann')
}

describe('IndexedDB that fails', () => {
  it('[LOCAL-2][F-19] a full device rejects with quota, keeps what was there, and heals', async () => {
    const indexedDB = new IDBFactory()
    const store = await openOn(indexedDB)
    const key = await store.appendPending('l1', edit(1))
    const heal = breakWrites('QuotaExceededError')
    const failure = await store.appendPending('l1', edit(2)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StorageFailed)
    expect(failure).toMatchObject({ quota: true, gone: false })
    await expect(store.confirm('l1', [key])).rejects.toMatchObject({ quota: true })
    await expect(store.refuse('l1', [key], { code: 'gap', message: '' })).rejects.toMatchObject({
      quota: true,
    })
    expect(await store.load('l1')).toMatchObject({ base: [], pending: [{ key, ...edit(1) }] })
    heal()
    await store.confirm('l1', [key])
    expect((await store.load('l1')).base).toEqual([bytes(1)])
  })

  it('[LOCAL-2][F-19] any other failure rejects too, naming what could not be done', async () => {
    const store = await openOn(new IDBFactory())
    const heal = breakWrites('UnknownError')
    await expect(store.putList(list('l1'))).rejects.toThrow(
      'Could not store a list on this device: the browser said UnknownError.',
    )
    await expect(store.putList(list('l1'))).rejects.toMatchObject({ name: 'StorageFailed', quota: false })
    heal()
    await store.putList(list('l1'))
  })

  it('[LOCAL-2] a transaction that the browser gives up leaves everything as it was', async () => {
    const { indexedDB, databases } = watchDatabases()
    const store = await openOn(indexedDB)
    const key = await store.appendPending('l1', edit(1))
    const [db] = databases
    const transaction = db?.transaction.bind(db)
    if (db === undefined || transaction === undefined) throw new Error('no database was opened')
    const aborted = vi.spyOn(db, 'transaction').mockImplementationOnce((...args) => {
      const tx = transaction(...args)
      queueMicrotask(() => tx.abort())
      return tx
    })
    await expect(store.confirm('l1', [key])).rejects.toBeInstanceOf(StorageFailed)
    aborted.mockRestore()
    expect(await store.load('l1')).toMatchObject({ base: [], pending: [{ key, ...edit(1) }] })
  })

  it('[LOCAL-1][F-14] the write is handed to the browser before the call returns', async () => {
    const store = await openOn(new IDBFactory())
    const add = vi.spyOn(IDBObjectStore.prototype, 'add')
    const commit = vi.spyOn(IDBTransaction.prototype, 'commit')
    const written = store.appendPending('l1', edit(1))
    expect(add).toHaveBeenCalledTimes(1)
    expect(commit).toHaveBeenCalledTimes(1)
    await written
    vi.restoreAllMocks()
  })

  it('[LOCAL-2] every write asks the browser for strict durability', async () => {
    const { indexedDB, databases } = watchDatabases()
    const store = await openOn(indexedDB)
    const [db] = databases
    if (db === undefined) throw new Error('no database was opened')
    const transaction = vi.spyOn(db, 'transaction')
    const key = await store.appendPending('l1', edit(1))
    await store.confirm('l1', [key])
    await store.replaceBase('l1', bytes(1))
    expect(transaction.mock.calls.map(([, mode, options]) => [mode, options])).toEqual(
      Array(3).fill(['readwrite', { durability: 'strict' }]),
    )
  })

  it('[LOCAL-12] a database that the browser closed is opened again by the next call', async () => {
    const { indexedDB, databases } = watchDatabases()
    const store = await openOn(indexedDB)
    await store.appendPending('l1', edit(1))
    // With the event that announces it, and without: the event may come after the next call.
    databases[0]?.close()
    databases[0]?.onclose?.(new Event('close'))
    await store.appendPending('l1', edit(2))
    databases[1]?.close()
    await store.appendPending('l1', edit(3))
    expect((await store.load('l1')).pending.map((one) => one.update)).toEqual([bytes(1), bytes(2), bytes(3)])
    expect(databases.length).toBe(3)
  })

  it('[LOCAL-12] a newer app in another tab gets the database, and this tab says why it stops', async () => {
    const indexedDB = new IDBFactory()
    const store = await openOn(indexedDB)
    const upgraded = new Promise<void>((resolve) => {
      const request = indexedDB.open('tandem https://lists.example ann', 99)
      request.onsuccess = () => resolve()
    })
    await upgraded
    await expect(store.appendPending('l1', edit(1))).rejects.toThrow(/newer version/)
    await expect(openOn(indexedDB)).rejects.toBeInstanceOf(StorageFailed)
  })

  it('[LOCAL-2][F-19] a browser without storage rejects with StorageFailed', async () => {
    const indexedDB = new IDBFactory()
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    await expect(openOn(indexedDB)).rejects.toBeInstanceOf(StorageFailed)
    await expect(createIndexedDbStorage({ serverUrl }).open('ann')).rejects.toBeInstanceOf(StorageFailed)
    await expect(createIndexedDbStorage({ serverUrl }).lastIdentity()).rejects.toBeInstanceOf(StorageFailed)
  })

  it('[LOCAL-11] base rows above the threshold become one', async () => {
    const indexedDB = new IDBFactory()
    const store = await openOn(indexedDB, 10)
    for (let i = 0; i < 11; i++) await store.appendBase('l1', new Uint8Array([0, 0]))
    await until(async () => (await store.load('l1')).base.length === 1)
  })

  it('[LOCAL-11] rows that Yjs cannot read are left alone', async () => {
    const indexedDB = new IDBFactory()
    const store = await openOn(indexedDB, 10)
    for (let i = 0; i < 30; i++) await store.appendBase('l1', bytes(255))
    await store.close()
    expect((await (await openOn(indexedDB)).load('l1')).base.length).toBe(30)
  })
})
