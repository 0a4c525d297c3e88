import * as Y from 'yjs'
import { backoffMs } from '../connection/backoff.ts'
import type { Environment } from '../connection/port.ts'
import type { DeviceStore, LoadedDocument } from '../local/port.ts'
import type { Exchanged, Outcome } from '../polling/exchange.ts'
import { CLOSE, parseReason, retryAfterSeconds } from '../protocol/close-codes.ts'
import type { Id } from '../types.ts'

/** Under what name the device keeps up to where a list's log it has a list. */
const FACT = 'ahead'
/** Whatever the person does first goes first. */
const FIRST_MS = 1_000
/** Between two lists: the server has others to look after, and so has this page. */
const PAUSE_MS = 200
/** Something is in the way that will pass: a list that is being opened, a page that nobody sees. */
const LATER_MS = 2_000
/** The device is full or broken. What people do on it counts more than what they might want to see. */
const DEVICE_MS = 10 * 60_000
/** Another tab has the list open, and brings what is new. */
const ELSEWHERE_MS = 60_000
/** More lists than this are brought when they are opened. */
const MAX_LISTS = 300

const NOTHING_NEW_BYTES = 2
const SAY_WHO_MAY: readonly number[] = [CLOSE.noAccess, CLOSE.accessEnded, CLOSE.listDeleted]

export interface AheadHost {
  readonly environment: Environment
  readonly store: Pick<DeviceStore, 'load' | 'fact' | 'facts' | 'appendBaseWith'>
  /** What the server has beyond this state vector. Never rejects. */
  readonly fetch: (id: Id, stateVector: Uint8Array) => Promise<Outcome>
  /** How far the server's logs are, in the order in which lists are to be brought. */
  readonly heads: () => ReadonlyMap<Id, number>
  /** Open here, made here and not on the server yet, or over: it is not for us. */
  readonly isExempt: (id: Id) => boolean
  /** Whether anything is going on that comes first. */
  readonly isBusy: () => boolean
  /** A list has been brought; `isWhole`: nothing of it waits here to be sent. */
  readonly brought: (id: Id, said: Exchanged, isWhole: boolean) => void
  /** The server does not give the list to this person; only the list itself can tell why. */
  readonly doubt: (id: Id) => void
}

/**
 * Brings lists to the device that nobody has open, one after the other, so that all of them are there without a network.
 *
 * What it does not come to now it does when the lists are looked at next; it reports no failure, because nobody waits for it.
 */
export class Ahead {
  readonly #host: AheadHost
  /** Up to where in the log the device has each list. */
  readonly #at = new Map<Id, number>()
  /** When another tab said last that it had brought something. */
  readonly #elsewhere = new Map<Id, number>()
  #isRead = false
  #isWorking = false
  #attempt = 0
  /** Waits for a network, and for nothing else. */
  #isLost = false
  #cancel: (() => void) | null = null
  #isClosed = false

  constructor(host: AheadHost) {
    this.#host = host
  }

  /** The server has said how far the lists are. */
  soon(): void {
    if (this.#isLost) {
      this.#cancel?.()
      this.#cancel = null
    }
    this.#arm(FIRST_MS)
  }

  /** Another tab has stored something of a list. */
  elsewhere(id: Id): void {
    this.#elsewhere.set(id, this.#host.environment.now())
  }

  /** Of lists that are over nothing is on the device any more: where they stood counts no longer if they come back. */
  sweep(isOver: (id: Id) => boolean): void {
    for (const id of this.#at.keys()) if (isOver(id)) this.#at.delete(id)
  }

  close(): void {
    this.#isClosed = true
    this.#cancel?.()
  }

  #arm(ms: number): void {
    if (this.#isClosed || this.#isWorking) return
    const { environment } = this.#host
    const spread = ms * (0.75 + environment.random() / 2)
    this.#cancel ??= environment.setTimer(() => {
      this.#cancel = null
      // Never rejects.
      void this.#step()
    }, spread)
  }

  async #step(): Promise<void> {
    if (this.#isWorking || this.#isClosed) return
    if (this.#host.isBusy()) {
      if (this.#isBehind()) this.#arm(LATER_MS)
      return
    }
    this.#isWorking = true
    this.#isLost = false
    const waitMs = await this.#bringNext().catch(() => DEVICE_MS)
    this.#isWorking = false
    if (waitMs !== null) this.#arm(waitMs)
  }

  #isBehind(): boolean {
    return !this.#isRead || this.#next() !== undefined
  }

  /** After how long there is more to do; null: nothing for now. Rejects when the device fails. */
  async #bringNext(): Promise<number | null> {
    const { environment, store } = this.#host
    await this.#readPositions()
    const next = this.#next()
    if (next === undefined) return null
    const [id, head] = next
    const copy = await store.load(id)
    if (copy.end !== null) return this.#leave(id, head)
    const outcome = await this.#host.fetch(id, stateVectorOf(copy))
    // Opened, left or ended meanwhile: what came is not for us any more.
    if (this.#isClosed || this.#host.isExempt(id)) return PAUSE_MS
    if (outcome.type === 'exchanged') {
      this.#attempt = 0
      await this.#take(id, head, copy, outcome.exchanged)
      return PAUSE_MS
    }
    const { code, text } = parseReason(outcome.type === 'closed' ? outcome.reason : '')
    if (SAY_WHO_MAY.includes(code)) {
      this.#host.doubt(id)
      return this.#leave(id, head)
    }
    this.#attempt += 1
    this.#isLost = outcome.type === 'lost'
    const backoff = backoffMs(this.#attempt + 2, environment.random())
    return Math.max(backoff, (retryAfterSeconds(text) ?? 0) * 1_000)
  }

  async #readPositions(): Promise<void> {
    if (this.#isRead) return
    for (const { id, value } of await this.#host.store.facts(FACT)) {
      if (typeof value === 'number') this.#at.set(id, value)
    }
    this.#isRead = true
  }

  /** Those of which nothing is here come first. */
  #next(): readonly [Id, number] | undefined {
    const { heads, isExempt, environment } = this.#host
    const wanted = [...heads()].slice(0, MAX_LISTS).filter(([id, head]) => {
      const since = environment.now() - (this.#elsewhere.get(id) ?? Number.NEGATIVE_INFINITY)
      return (this.#at.get(id) ?? -1) < head && !isExempt(id) && !(since >= 0 && since < ELSEWHERE_MS)
    })
    return wanted.find(([id]) => !this.#at.has(id)) ?? wanted[0]
  }

  /** Until the server says that there is more. */
  #leave(id: Id, head: number): number {
    this.#at.set(id, head)
    return PAUSE_MS
  }

  async #take(id: Id, head: number, copy: LoadedDocument, said: Exchanged): Promise<void> {
    const upTo = Math.max(said.seq ?? head, head)
    const isNews = said.update.length > NOTHING_NEW_BYTES
    const fact = { name: FACT, value: upTo }
    const isTaken = await this.#host.store.appendBaseWith(id, isNews ? said.update : null, fact)
    this.#at.set(id, upTo)
    if (isTaken && !this.#isClosed) this.#host.brought(id, said, copy.pending.length === 0)
  }
}

/** Of what the server has sent or taken; edits that wait are not the server's yet. */
function stateVectorOf({ base }: LoadedDocument): Uint8Array {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of base) Y.applyUpdate(doc, update)
    })
    return Y.encodeStateVector(doc)
  } finally {
    doc.destroy()
  }
}
