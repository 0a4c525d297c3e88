import type { Environment } from '../connection/port.ts'
import type { DeviceStore } from '../local/port.ts'
import type { Id } from '../types.ts'
import { type Mirror, readMirror } from './mirror.ts'

/** Somebody writes in another tab: many changes are one look. */
const GATHER_MS = 200
const RETRY_MS = 5_000

export interface MirrorsHost {
  readonly store: Pick<DeviceStore, 'load'>
  readonly environment: Environment
  /** Lists whose mirrors are wanted: those that are not open here, and not over. In the order in which they are read. */
  readonly wanted: () => readonly Id[]
  /** Whether nothing of the list may be shown or kept in memory any more. */
  readonly isOver: (id: Id) => boolean
  /** Another tab has renamed it. Not told of what is read first: the server may have named it anew since. */
  readonly renamed: (id: Id, title: string) => void
  /** A list has been read. */
  readonly read: (id: Id, mirror: Mirror) => void
}

/** The mirrors of lists that are not open: read from the device one after the other, and again when something has changed them there. */
export class Mirrors {
  readonly #host: MirrorsHost
  readonly #mirrors = new Map<Id, Mirror>()
  /** Changed on the device since they were read. What was read is shown until then. */
  readonly #stale = new Set<Id>()
  #isReading = false
  #isWanted = false
  #cancel: (() => void) | null = null

  constructor(host: MirrorsHost) {
    this.#host = host
  }

  of(id: Id): Mirror | undefined {
    return this.#mirrors.get(id)
  }

  /** Reads what is missing, and goes on doing so until `drop`. */
  want(): void {
    this.#isWanted = true
    void this.#read()
  }

  /** What is on the device of this list has changed. */
  expire(id: Id): void {
    if (!this.#mirrors.has(id) && !this.#isReading) return
    this.#stale.add(id)
    this.#soon(GATHER_MS)
  }

  /** Whether what changes is read anyway. */
  get isWanted(): boolean {
    return this.#isWanted
  }

  /** What an open list showed last: nothing has to be read for it. */
  put(id: Id, open: { mirror(): Mirror }): void {
    if (!this.#isWanted || this.#host.isOver(id)) return
    this.#mirrors.set(id, open.mirror())
    this.#stale.delete(id)
  }

  /** Nothing of lists that are over stays in memory. */
  sweep(): void {
    for (const id of this.#mirrors.keys()) if (this.#host.isOver(id)) this.#mirrors.delete(id)
  }

  /** Nobody looks any more. */
  drop(): void {
    this.#isWanted = false
    this.#cancel?.()
    this.#cancel = null
    this.#mirrors.clear()
    this.#stale.clear()
  }

  #soon(ms: number): void {
    if (!this.#isWanted) return
    this.#cancel ??= this.#host.environment.setTimer(() => {
      this.#cancel = null
      void this.#read()
    }, ms)
  }

  /** Never rejects. */
  async #read(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    try {
      for (let id = this.#next(); id !== undefined; id = this.#next()) await this.#readOne(id)
    } catch {
      // The device does not answer, which lists that are open say. What was read is shown until it does.
      this.#soon(RETRY_MS)
    } finally {
      this.#isReading = false
    }
  }

  #next(): Id | undefined {
    if (!this.#isWanted) return undefined
    const isDue = this.#cancel === null
    return this.#host.wanted().find((id) => !this.#mirrors.has(id) || (isDue && this.#stale.has(id)))
  }

  async #readOne(id: Id): Promise<void> {
    // Before: what changes while it is read is read again.
    this.#stale.delete(id)
    const loaded = await this.#host.store.load(id).catch((error: unknown) => {
      this.#stale.add(id)
      throw error
    })
    if (!this.#isWanted || this.#host.isOver(id)) return
    const before = this.#mirrors.get(id)
    const mirror = readMirror(loaded, before)
    this.#mirrors.set(id, mirror)
    const isRenamed = before !== undefined && before.title !== mirror.title && mirror.title !== ''
    if (isRenamed) this.#host.renamed(id, mirror.title)
    this.#host.read(id, mirror)
  }
}
