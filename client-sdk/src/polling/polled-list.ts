import * as Y from 'yjs'
import type { Environment } from '../connection/port.ts'
import { claimsOf } from '../connection/token-life.ts'
import { mayWrite } from '../protocol/can.ts'
import type { Frame } from '../protocol/frames.ts'
import { encodeMessage, type ServerMessage } from '../protocol/messages.ts'
import type { Refusal } from '../protocol/refusal.ts'
import { PROTOCOL_VERSION } from '../protocol/version.ts'
import type { Exchange, Exchanged, Outcome } from './exchange.ts'
import { Seen } from './seen.ts'

/** How often the server is asked for what others did, ± 25 %. */
const POLL_MS = 10_000
/** Edits of this time travel together. */
const GATHER_MS = 300
/** Frames are joined up to this; one that is larger goes alone. */
const MAX_BYTES = 200_000

export interface PolledListHost {
  readonly listId: string
  readonly environment: Environment
  readonly exchange: Exchange
  /** To the client, as the server would say it on a socket. */
  say(frame: Frame): void
  /** Nobody answered any more. */
  lost(): void
  /** The list is not open any more, whoever ended it. */
  ended(): void
}

/**
 * The server's part of one list's conversation, spoken from what HTTP requests answer: one at a time, so that what is answered
 * first was asked first.
 *
 * INVARIANT: each update from the client is answered by one status, in order, and `saved` only after the server's word
 * that it is in the log.
 */
export class PolledList {
  readonly #host: PolledListHost
  readonly #seen = new Seen()
  /** Updates without an answer, oldest first. */
  #waiting: Uint8Array[] = []
  /** The client asked what it lacks. */
  #question: Uint8Array | null = null
  #token = ''
  #told = ''
  /** So many of those that wait go alone: they were refused together, and one of them is why. */
  #alone = 0
  #isBusy = false
  #isLeaving = false
  #isOver = false
  #dueAtMs = 0
  #stopTimer: (() => void) | null = null

  constructor(host: PolledListHost) {
    this.#host = host
  }

  hear(frame: Frame): void {
    switch (frame.type) {
      case 'token': {
        const isFirst = this.#token === ''
        this.#token = frame.token
        // Whether this person may open the list, and as what, the first answer will say.
        if (isFirst) this.#host.say({ type: 'authenticated', readOnly: false })
        return
      }
      case 'step-1':
        this.#question = frame.stateVector
        this.#wakeWithin(0)
        return
      case 'step-2':
      case 'update':
        this.#waiting.push(frame.update)
        // An empty one asks for nothing but a sign of life.
        this.#wakeWithin(isEmpty(frame.update) ? 0 : GATHER_MS)
        return
      case 'close':
        this.#isLeaving = true
        this.#wakeWithin(0)
        return
      default:
        // Presence, and questions that nothing but an open connection can answer: they are asked again on the next one.
        return
    }
  }

  /** The newest the client has shown. */
  get token(): string {
    return this.#token
  }

  stop(): void {
    this.#isOver = true
    this.#stopTimer?.()
    this.#stopTimer = null
  }

  #wakeWithin(ms: number): void {
    const { environment } = this.#host
    const at = environment.now() + ms
    if (this.#stopTimer !== null && this.#dueAtMs <= at) return
    this.#stopTimer?.()
    this.#dueAtMs = at
    this.#stopTimer = environment.setTimer(() => {
      this.#stopTimer = null
      this.#next()
    }, ms)
  }

  #next(): void {
    if (this.#isBusy || this.#isOver) return
    const isIdle = this.#question === null && this.#waiting.length === 0
    if (this.#isLeaving && isIdle) {
      this.#end({ type: 'close', reason: '1000 Left.' })
      return
    }
    this.#isBusy = true
    // Never rejects: outcomes are values, and what they lead to is this class's own.
    void this.#exchange().then(() => {
      this.#isBusy = false
      if (this.#isOver) return
      const hasMore = this.#question !== null || this.#waiting.length > 0 || this.#isLeaving
      const wait = POLL_MS * (0.75 + this.#host.environment.random() / 2)
      this.#wakeWithin(hasMore ? 0 : wait)
    })
  }

  async #exchange(): Promise<void> {
    const question = this.#question
    if (question !== null) this.#seen.startFrom(question)
    this.#question = null
    // What the client wrote before it asked anew means nothing any more, but it is still owed its answers.
    const frames = this.#takeable()
    const written = frames.filter((update) => !isEmpty(update))
    const outcome = await this.#host.exchange({
      listId: this.#host.listId,
      token: this.#token,
      stateVector: this.#seen.stateVector(),
      seq: this.#seen.seq,
      update: written.length === 0 ? null : joined(written),
    })
    if (!this.#isOver) this.#settle(outcome, frames, question !== null)
  }

  #takeable(): Uint8Array[] {
    const frames: Uint8Array[] = []
    let bytes = 0
    for (const update of this.#waiting) {
      if (frames.length > 0 && (this.#alone > 0 || bytes + update.length > MAX_BYTES)) break
      frames.push(update)
      bytes += update.length
    }
    return frames
  }

  #settle(outcome: Outcome, frames: readonly Uint8Array[], wasAsked: boolean): void {
    switch (outcome.type) {
      case 'lost':
        this.#host.lost()
        return
      case 'closed':
        this.#end({ type: 'close', reason: outcome.reason })
        return
      case 'refused':
        this.#refuse(frames, outcome.refusal)
        return
      case 'exchanged':
        this.#tell(outcome.exchanged, wasAsked)
        if (outcome.exchanged.refusal === null) this.#answer(frames.length, true)
        else this.#refuse(frames, outcome.exchanged.refusal)
    }
  }

  #tell(exchanged: Exchanged, wasAsked: boolean): void {
    const { role, authorId, settings, update, stateVector, seq } = exchanged
    const now = JSON.stringify([role, authorId, settings])
    if (now !== this.#told) {
      const isFirst = this.#told === ''
      this.#told = now
      const sub = claimsOf(this.#token)?.['sub']
      const userId = typeof sub === 'string' ? sub : authorId
      const place = { role, authorId, ...(settings === null ? {} : { settings }) }
      // Who changed it is not said here; on the next socket nobody asks any more.
      const changed = isFirst ? {} : { changedBy: null }
      this.#host.say({ type: 'authenticated', readOnly: !mayWrite(role) })
      this.#say({ type: 'welcome', protocol: PROTOCOL_VERSION, userId, ...place, ...changed })
    }
    const isNews = this.#seen.add(update, seq)
    if (wasAsked && stateVector !== null) {
      this.#host.say({ type: 'step-1', stateVector })
      this.#host.say({ type: 'step-2', update })
    } else if (isNews) {
      this.#host.say({ type: 'update', update })
    }
  }

  /** Together they are refused for one of them, and nothing of any is stored: alone, each gets its own answer. */
  #refuse(frames: readonly Uint8Array[], why: Refusal | 'unknown'): void {
    if (frames.length > 1) {
      this.#alone = frames.length
      return
    }
    if (why !== 'unknown') this.#say({ type: 'refused', refusal: why })
    this.#answer(frames.length, false)
  }

  #answer(count: number, saved: boolean): void {
    this.#waiting = this.#waiting.slice(count)
    this.#alone = Math.max(0, this.#alone - count)
    for (let i = 0; i < count; i++) this.#host.say({ type: 'sync-status', saved })
  }

  #end(close: Frame): void {
    this.#host.say(close)
    // Nothing of them will be stored; a client that counts answers is not to wait for these.
    this.#answer(this.#waiting.length, false)
    this.stop()
    this.#host.ended()
  }

  #say(message: ServerMessage): void {
    this.#host.say({ type: 'stateless', payload: encodeMessage(message) })
  }
}

function isEmpty(update: Uint8Array): boolean {
  return update.length <= 2
}

function joined(updates: readonly Uint8Array[]): Uint8Array {
  const [only] = updates
  return updates.length === 1 && only !== undefined ? only : Y.mergeUpdates([...updates])
}
