import { valueOrThrow } from '../client/faults.ts'
import type { Answer } from '../client/request.ts'
import type { Environment } from '../connection/port.ts'
import { sameValue } from '../model/same.ts'
import { cell } from '../replica/cell.ts'
import type { Readable, Unsubscribe } from '../types.ts'

/** The channel says when there is something new. A hint may be lost, and where the list is polled there is none. */
const LOOK_AGAIN_MS = 30_000

export interface RemoteOptions<T> {
  readonly environment: Environment
  /** Whether asking makes sense: the list is on the server, and this role may read it. */
  readonly mayLoad: () => boolean
  readonly load: () => Promise<Answer<readonly T[]>>
}

/**
 * A list of things that only the server has, read while somebody looks at it.
 *
 * Elements keep their identity while they say the same, and so does the whole.
 */
export class Remote<T extends object> implements Readable<readonly T[]> {
  readonly #options: RemoteOptions<T>
  readonly #cell = cell<readonly T[]>(Object.freeze([]))
  #isStale = true
  #loading: Promise<void> | null = null
  #stopTimer: Unsubscribe | null = null
  #isClosed = false

  constructor(options: RemoteOptions<T>) {
    this.#options = options
  }

  getSnapshot(): readonly T[] {
    return this.#cell.getSnapshot()
  }

  getServerSnapshot(): readonly T[] {
    return this.#cell.getServerSnapshot()
  }

  subscribe(onChange: () => void): Unsubscribe {
    const stop = this.#cell.subscribe(onChange)
    if (this.#isStale) this.#loadQuietly()
    this.#arm()
    return () => {
      stop()
      if (this.#cell.watchers === 0) this.#rest()
    }
  }

  /** What the server has may be something else by now. */
  expire(): void {
    this.#isStale = true
    if (this.#cell.watchers > 0) this.#loadQuietly()
  }

  /** Reads it after everything this device has asked for so far. Rejects with a `ClientError`, and the last known stays. */
  async refresh(): Promise<void> {
    // The one under way may have been answered before the change that somebody wants to see.
    if (this.#loading !== null) await this.#loading.catch(() => {})
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null
    })
    return this.#loading
  }

  /** After a change made here. Resolves when those who look see it, or cannot; never rejects. */
  async lookAgain(): Promise<void> {
    this.#isStale = true
    // The change is done, whether or not it can be looked at.
    if (this.#cell.watchers > 0) await this.refresh().catch(() => {})
  }

  /** Nothing of it may be shown any more. */
  forget(): void {
    this.#isStale = true
    this.#cell.set(this.#cell.getServerSnapshot())
  }

  close(): void {
    this.#isClosed = true
    this.#rest()
  }

  async #load(): Promise<void> {
    this.#isStale = false
    try {
      const value = valueOrThrow(await this.#options.load())
      if (!this.#isClosed) this.#take(value)
    } catch (error) {
      this.#isStale = true
      throw error
    }
  }

  /** Without a network there is nothing to say that the status does not say already. */
  #loadQuietly(): void {
    if (this.#isClosed || !this.#options.mayLoad()) return
    this.refresh().catch(() => {})
  }

  #take(next: readonly T[]): void {
    const before = this.getSnapshot()
    const shared = next.map((one, at) => {
      const same = sameValue(before[at], one) ? before[at] : before.find((old) => sameValue(old, one))
      return same ?? one
    })
    const isSame = shared.length === before.length && shared.every((one, at) => one === before[at])
    if (!isSame) this.#cell.set(Object.freeze(shared))
  }

  #arm(): void {
    if (this.#isClosed || this.#stopTimer !== null) return
    const { environment } = this.#options
    const waitMs = LOOK_AGAIN_MS * (0.75 + environment.random() / 2)
    this.#stopTimer = environment.setTimer(() => {
      this.#stopTimer = null
      if (this.#cell.watchers === 0) return
      this.expire()
      this.#arm()
    }, waitMs)
  }

  #rest(): void {
    this.#stopTimer?.()
    this.#stopTimer = null
  }
}
