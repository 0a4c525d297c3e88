import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import type { Environment } from './port.ts'

const MIN_INTERVAL_MS = 100
const CONGESTED_RETRY_MS = 1_000

interface AwarenessChange {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

/** Carries presence of one list both ways: ours at most ten times a second, theirs as it comes. */
export class PresenceRelay {
  readonly #environment: Environment
  readonly #send: (update: Uint8Array) => void
  readonly #isCongested: () => boolean
  #awareness: Awareness | null = null
  #sentAtMs = Number.NEGATIVE_INFINITY
  #stopTimer: (() => void) | null = null
  #isActive = false

  constructor(o: { environment: Environment; send(update: Uint8Array): void; isCongested(): boolean }) {
    this.#environment = o.environment
    this.#send = o.send
    this.#isCongested = o.isCongested
  }

  /** Follows `awareness` from now on; other people's states move over when a repair has replaced the object. */
  follow(awareness: Awareness): void {
    const before = this.#awareness
    if (before === awareness) return
    if (before !== null) {
      const others = strangers(before)
      if (others.length > 0) applyAwarenessUpdate(awareness, encodeAwarenessUpdate(before, others), this)
      before.off('update', this.#onUpdate)
    }
    this.#awareness = awareness
    awareness.on('update', this.#onUpdate)
  }

  /** The list is live: tell the others that we are here. */
  announce(awareness: Awareness): void {
    this.follow(awareness)
    this.#isActive = true
    const state = awareness.getLocalState()
    // Setting the same state raises its clock. The server remembers the clock of our last connection and would ignore the same one.
    if (state !== null) awareness.setLocalState(state)
  }

  apply(awareness: Awareness, update: Uint8Array): void {
    this.follow(awareness)
    applyAwarenessUpdate(awareness, update, this)
  }

  /** The connection is gone: nobody is known to be here. */
  silence(): void {
    this.#isActive = false
    this.#stopTimer?.()
    this.#stopTimer = null
    const awareness = this.#awareness
    if (awareness === null) return
    const others = strangers(awareness)
    removeAwarenessStates(awareness, others, this)
    // Their clocks go too: after a reconnect the server sends the same clocks again, and they would be ignored as old.
    for (const id of others) awareness.meta.delete(id)
  }

  stop(): void {
    this.silence()
    this.#awareness?.off('update', this.#onUpdate)
    this.#awareness = null
  }

  readonly #onUpdate = ({ added, updated, removed }: AwarenessChange, origin: unknown): void => {
    const own = this.#awareness?.clientID
    if (origin === this || own === undefined) return
    if ([added, updated, removed].some((ids) => ids.includes(own))) this.#schedule()
  }

  #schedule(): void {
    if (!this.#isActive || this.#stopTimer !== null) return
    // At most the interval, for a clock that was set back.
    const waitMs = Math.min(this.#sentAtMs + MIN_INTERVAL_MS - this.#environment.now(), MIN_INTERVAL_MS)
    if (waitMs <= 0 && !this.#isCongested()) {
      this.#sendNow()
      return
    }
    const delayMs = this.#isCongested() ? CONGESTED_RETRY_MS : waitMs
    this.#stopTimer = this.#environment.setTimer(() => {
      this.#stopTimer = null
      if (this.#isCongested()) this.#schedule()
      else this.#sendNow()
    }, delayMs)
  }

  #sendNow(): void {
    const awareness = this.#awareness
    if (awareness === null) return
    this.#sentAtMs = this.#environment.now()
    this.#send(encodeAwarenessUpdate(awareness, [awareness.clientID]))
  }
}

function strangers(awareness: Awareness): number[] {
  return [...awareness.getStates().keys()].filter((id) => id !== awareness.clientID)
}
