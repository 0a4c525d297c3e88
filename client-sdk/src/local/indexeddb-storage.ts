import { createEnvironment } from '../environment.ts'
import { Database } from './database.ts'
import { IndexedDbStore } from './indexeddb-store.ts'
import type { DeviceIdentity, StorageAdapter } from './port.ts'
import { StorageFailed } from './storage-failed.ts'

export interface IndexedDbOptions {
  /** Two servers never share a database; the same person on two servers is two people. */
  readonly serverUrl: string
  readonly indexedDB?: IDBFactory
  /** Stored updates of a list above which they are made into one; default 200. */
  readonly compactAfter?: number
  /** An open that takes longer counts as failed, and is tried again with the next call; default 5,000. */
  readonly openTimeoutMs?: number
  /** A write that takes longer counts as failed; default 5,000. */
  readonly writeTimeoutMs?: number
}

const IDENTITY = 'identity'

/**
 * The device's storage in a browser: one database per server and person, so that signing in as somebody else shows nothing of the
 * first person's lists, and one small database per server for who was here last.
 */
export function createIndexedDbStorage(options: IndexedDbOptions): StorageAdapter {
  const server = options.serverUrl.replace(/\/+$/, '')

  const factory = (): IDBFactory => {
    // Looked up late and guarded: private windows and locked-down web views have none, or throw when it is touched.
    const found = options.indexedDB ?? globalThis.indexedDB
    if (found === undefined) throw new StorageFailed('This browser does not store anything in this window.')
    return found
  }

  const patience = {
    openTimeoutMs: options.openTimeoutMs ?? 5_000,
    writeTimeoutMs: options.writeTimeoutMs ?? 5_000,
    setTimer: createEnvironment().setTimer,
  }

  const withDevice = async <T>(use: (db: Database) => Promise<T>): Promise<T> => {
    const db = new Database({
      factory: factory(),
      name: `tandem ${server}`,
      version: 1,
      ...patience,
      upgrade: (created) => created.createObjectStore('meta'),
    })
    try {
      return await use(db)
    } finally {
      db.close()
    }
  }

  return {
    open: async (userId) => {
      const name = `tandem ${server} ${userId}`
      return await IndexedDbStore.open({
        factory: factory(),
        name,
        ...patience,
        compactAfter: options.compactAfter ?? 200,
      })
    },
    lastIdentity: () =>
      withDevice((db) =>
        db.run({
          stores: ['meta'],
          mode: 'readonly',
          doing: 'read who used this device last',
          work: (tx) => {
            const request = tx.objectStore('meta').get(IDENTITY)
            return () => parseIdentity(request.result)
          },
        }),
      ),
    setLastIdentity: (identity) =>
      withDevice((db) =>
        db.run({
          stores: ['meta'],
          mode: 'readwrite',
          doing: 'note who uses this device',
          isAllIssued: true,
          isRepeatable: true,
          work: (tx) => {
            const meta = tx.objectStore('meta')
            // Field by field: the caller's object may carry a token, and no token is ever stored.
            if (identity === null) meta.delete(IDENTITY)
            else meta.put({ userId: identity.userId, name: identity.name }, IDENTITY)
            return () => undefined
          },
        }),
      ),
  }
}

function parseIdentity(raw: unknown): DeviceIdentity | null {
  if (typeof raw !== 'object' || raw === null) return null
  const { userId, name } = raw as Record<string, unknown>
  return typeof userId === 'string' && typeof name === 'string' ? { userId, name } : null
}
