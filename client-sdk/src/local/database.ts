import type { Environment } from '../connection/port.ts'
import { StorageFailed, toStorageFailed } from './storage-failed.ts'

export interface DatabaseOptions {
  readonly factory: IDBFactory
  readonly name: string
  readonly version: number
  /** Opening a database has no end of its own: Safari has left pages without an answer for good. */
  readonly openTimeoutMs: number
  /** Nor has a write. Reads are not timed: a large list on a slow phone must open in the end, and until then it says `loading`. */
  readonly writeTimeoutMs: number
  readonly setTimer: Environment['setTimer']
  upgrade(db: IDBDatabase): void
}

/**
 * One IndexedDB database with the failures made visible.
 *
 * While it is open, `run` starts the transaction in the same tick. The browser may close a database at any time (storage
 * cleared, disk error); the next call opens it again. Another tab that deletes it or brings a newer version is let through
 * at once, and from then on every call is rejected.
 */
export class Database {
  readonly #options: DatabaseOptions
  #db: IDBDatabase | null = null
  #opening: Promise<IDBDatabase> | null = null
  #ended: StorageFailed | null = null

  constructor(options: DatabaseOptions) {
    this.#options = options
  }

  async open(): Promise<void> {
    await this.#connect()
  }

  /**
   * Runs `work` in one transaction and resolves with what the function it returns gives, once the data is durable.
   * `isAllIssued` says that `work` needs no result to go on: the transaction is then committed without waiting for the page.
   * A write that takes too long is aborted and rejects. One that is past aborting may still happen: it rejects only when it
   * `isRepeatable`, so that who tries again never stores the same thing twice.
   */
  run<T>(o: Transaction<T> & { readonly doing: string }): Promise<T> {
    if (this.#ended !== null) return Promise.reject(this.#ended)
    const attempt = (db: IDBDatabase): Promise<T> => transact(db, { ...this.#options, ...o })
    const again = (): Promise<T> => this.#connect().then(attempt)
    if (this.#db === null) return again().catch((cause) => Promise.reject(toStorageFailed(cause, o.doing)))
    const db = this.#db
    return attempt(db).catch((cause) => {
      // Closed by the browser, and the event that says so has not come yet.
      if (cause instanceof DatabaseClosed && this.#ended === null) {
        if (this.#db === db) this.#db = null
        return again().catch((second) => Promise.reject(toStorageFailed(second, o.doing)))
      }
      return Promise.reject(toStorageFailed(cause, o.doing))
    })
  }

  close(): void {
    this.#end(new StorageFailed('The store is closed.'))
  }

  /** Deletes the database. Waits for no other tab: they are asked to let go, and the browser deletes when they have. */
  async delete(): Promise<void> {
    this.#end(new StorageFailed('The data of this person was deleted.', { gone: true }))
    await new Promise<void>((resolve, reject) => {
      const request = this.#options.factory.deleteDatabase(this.#options.name)
      request.onsuccess = () => resolve()
      request.onblocked = () => resolve()
      request.onerror = () => reject(toStorageFailed(request.error, 'delete what this device stores'))
    })
  }

  #end(why: StorageFailed): void {
    this.#ended ??= why
    this.#db?.close()
    this.#db = null
  }

  #connect(): Promise<IDBDatabase> {
    if (this.#ended !== null) return Promise.reject(this.#ended)
    if (this.#db !== null) return Promise.resolve(this.#db)
    this.#opening ??= openDatabase(this.#options).then(
      (db) => {
        this.#opening = null
        return this.#adopt(db)
      },
      (cause: unknown) => {
        this.#opening = null
        throw toStorageFailed(cause, 'open the storage of this device')
      },
    )
    return this.#opening
  }

  #adopt(db: IDBDatabase): IDBDatabase {
    if (this.#ended !== null) {
      db.close()
      throw this.#ended
    }
    db.onclose = () => {
      if (this.#db === db) this.#db = null
    }
    db.onversionchange = ({ newVersion }) => {
      // Refusing would block the other tab for as long as this one is open.
      this.#end(
        newVersion === null
          ? new StorageFailed('Another tab deleted the data of this person.', { gone: true })
          : new StorageFailed('Another tab runs a newer version of the app. Please reload this one.'),
      )
    }
    this.#db = db
    return db
  }
}

interface Transaction<T> {
  readonly stores: readonly string[]
  readonly mode: IDBTransactionMode
  readonly isAllIssued?: boolean
  readonly isRepeatable?: boolean
  work(tx: IDBTransaction): () => T
}

class DatabaseClosed extends Error {}

function openDatabase(o: DatabaseOptions): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = o.factory.open(o.name, o.version)
    const giveUp = (why: string): void => {
      stopTimer()
      reject(new StorageFailed(why))
      // It may open after all, and nobody waits for it any more.
      request.onsuccess = () => request.result.close()
    }
    const stopTimer = o.setTimer(
      () => giveUp('Could not open the storage of this device: the browser does not open it.'),
      o.openTimeoutMs,
    )
    request.onupgradeneeded = () => o.upgrade(request.result)
    request.onsuccess = () => {
      stopTimer()
      resolve(request.result)
    }
    request.onerror = () => {
      stopTimer()
      reject(request.error)
    }
    request.onblocked = () =>
      giveUp('Another tab runs an older version of the app. Please close or reload it.')
  })
}

function transact<T>(
  db: IDBDatabase,
  o: Transaction<T> & Pick<DatabaseOptions, 'writeTimeoutMs' | 'setTimer'>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let tx: IDBTransaction
    try {
      // Strict: complete means flushed to disk. The default of some browsers is "handed to the operating system".
      tx = db.transaction([...o.stores], o.mode, { durability: 'strict' })
    } catch (cause) {
      const isClosed = (cause as { name?: unknown } | null)?.name === 'InvalidStateError'
      reject(isClosed ? new DatabaseClosed() : cause)
      return
    }
    let result: () => T
    let firstError: unknown = null
    tx.oncomplete = () => {
      stopTimer()
      resolve(result())
    }
    // A failed request aborts the transaction, and a full disk may show only when it commits: abort is where both end.
    tx.onerror = ({ target }) => {
      firstError ??= (target as IDBRequest | null)?.error
    }
    tx.onabort = () => {
      stopTimer()
      reject(tx.error ?? firstError ?? new StorageFailed('The browser gave a write up.'))
    }
    const giveUp = (): void => {
      const isUndone = aborted(tx)
      if (isUndone || o.isRepeatable === true)
        reject(new StorageFailed('The browser does not finish a write.'))
    }
    const stopTimer = o.mode === 'readonly' ? () => {} : o.setTimer(giveUp, o.writeTimeoutMs)
    try {
      result = o.work(tx)
      if (o.isAllIssued === true) tx.commit()
    } catch (cause) {
      firstError = cause
      stopTimer()
      tx.onabort = () => reject(cause)
      tx.abort()
    }
  })
}

/** False: it is being committed, and nobody can say whether it will have happened. */
function aborted(tx: IDBTransaction): boolean {
  try {
    tx.abort()
    return true
  } catch {
    return false
  }
}
