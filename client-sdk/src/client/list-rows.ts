import type { Environment } from '../connection/port.ts'
import { ClientError } from '../errors.ts'
import type { DeviceStore, StoredList } from '../local/port.ts'
import { StorageFailed } from '../local/storage-failed.ts'
import type { Id } from '../types.ts'

const RETRY_MS = 5_000

export interface ListRowsHost {
  readonly store: Pick<DeviceStore, 'putList'>
  readonly environment: Environment
  /** The row of a list as it is by now; undefined when the list is not to be remembered any more. */
  readonly now: (id: Id) => StoredList | undefined
  /** Whether a list's row is on the device has changed. */
  readonly changed: (id: Id) => void
  readonly onError: (error: ClientError) => void
}

/**
 * The rows by which this device remembers which lists there are: one that could not be written is tried again until it is there. Without
 * its row a list made here would never reach the server after a reload.
 */
export class ListRows {
  readonly #host: ListRowsHost
  /** Rows that could not be written, and why. */
  readonly #owed = new Map<Id, 'storage-failed' | 'quota'>()
  #cancelRetry: (() => void) | null = null
  #isClosed = false

  constructor(host: ListRowsHost) {
    this.#host = host
  }

  /** Why the row of this list is not on the device; null: it is, or is on its way. */
  failureOf(id: Id): 'storage-failed' | 'quota' | null {
    return this.#owed.get(id) ?? null
  }

  /** Issued in this tick. The promise is that of the first try, and may be ignored. */
  write(stored: StoredList): Promise<void> {
    const { id } = stored
    const written = this.#host.store.putList(stored).then(
      () => {
        if (this.#owed.delete(id)) this.#host.changed(id)
      },
      (cause: unknown) => {
        const code = cause instanceof StorageFailed && cause.quota ? 'quota' : 'storage-failed'
        const error = new ClientError(code, undefined, { cause })
        this.#failed(id, code, error)
        throw error
      },
    )
    written.catch(() => {})
    return written
  }

  forget(id: Id): void {
    this.#owed.delete(id)
  }

  close(): void {
    this.#isClosed = true
    this.#cancelRetry?.()
  }

  #failed(id: Id, code: 'storage-failed' | 'quota', error: ClientError): void {
    if (this.#isClosed) return
    const isNews = !this.#owed.has(id)
    this.#owed.set(id, code)
    this.#cancelRetry ??= this.#host.environment.setTimer(() => {
      this.#cancelRetry = null
      for (const owed of this.#owed.keys()) {
        const stored = this.#host.now(owed)
        if (stored !== undefined) this.write(stored)
      }
    }, RETRY_MS)
    if (!isNews) return
    this.#host.onError(error)
    this.#host.changed(id)
  }
}
