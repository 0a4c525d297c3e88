import { IDBDatabase, IDBFactory, IDBObjectStore, IDBTransaction } from 'fake-indexeddb'
import { vi } from 'vitest'

// The names a browser has; spies go on their prototypes.
Object.assign(globalThis, { IDBObjectStore, IDBTransaction })

/**
 * From now on every writing transaction is aborted with an error of this name, after its requests were issued: this is how
 * browsers report a full or broken disk. The returned function heals it.
 */
export function breakWrites(name: string): () => void {
  const original = IDBDatabase.prototype.transaction
  const spy = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...args
  ) {
    const tx = original.apply(this, args)
    const [, mode] = args
    if (mode === 'readwrite') queueMicrotask(() => (tx as unknown as Abortable)._abort(name))
    return tx
  })
  return () => spy.mockRestore()
}

/** What fake-indexeddb calls itself when a request of a transaction fails. */
interface Abortable {
  _abort(errorName: string): void
}

/** A factory that shows the databases it opened, so that a test can close them as a browser does. */
export function watchDatabases(): { indexedDB: IDBFactory; databases: globalThis.IDBDatabase[] } {
  const indexedDB = new IDBFactory()
  const databases: globalThis.IDBDatabase[] = []
  const open = indexedDB.open.bind(indexedDB)
  vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    const request = open(name, version)
    request.addEventListener('success', () => databases.push(request.result))
    return request
  })
  return { indexedDB, databases }
}
