import type { Frame } from '../protocol/frames.ts'
import { AckQueue } from './ack-queue.ts'
import { Outbox, piecesOf } from './outbox.ts'
import type { ChannelHost, Environment } from './port.ts'

/** With this many frames unanswered the server is behind: from here on edits are merged before they are sent. */
const MAX_UNANSWERED_FRAMES = 100
/** Sockets do not say when they have drained, so look this often. */
const DRAIN_CHECK_MS = 50
const NOTHING = new Uint8Array([0, 0])

export interface EditFlowOptions {
  readonly environment: Environment
  readonly host: Pick<ChannelHost, 'acked' | 'refused'>
  isCongested(): boolean
  /** The handshake's batch is out, so edits may follow it. */
  isAccepting(): boolean
  send(frame: Frame): void
}

/** The edits of one list on their way to the server, and the answers on their way back. */
export class EditFlow {
  readonly #options: EditFlowOptions
  readonly #acks = new AckQueue()
  readonly #outbox = new Outbox()
  #ackedUpTo = 0
  #stopDrainTimer: (() => void) | null = null

  constructor(options: EditFlowOptions) {
    this.#options = options
  }

  /** Frames the server has not answered. */
  get unanswered(): number {
    return this.#acks.length
  }

  /** A batch of edits; dropped when the handshake is still to come, because that will carry it. */
  offer(update: Uint8Array, after: number, upTo: number): void {
    if (!this.#options.isAccepting()) return
    if (this.#outbox.isEmpty && !this.#isBehind()) {
      this.#transmit('update', update, after, upTo)
      return
    }
    this.#outbox.hold(update, after, upTo)
    this.#awaitDrain()
  }

  /** The handshake's batch: all that the server lacks, so what is held back is in it. */
  everything(update: Uint8Array, upTo: number): void {
    this.#outbox.clear()
    this.#transmit('step-2', update, this.#ackedUpTo, upTo)
  }

  /** A frame that the server answers without storing anything. */
  ping(): void {
    this.#acks.sentKeepalive()
    this.#options.send({ type: 'step-2', update: NOTHING })
  }

  answered(saved: boolean): void {
    const outcome = this.#acks.answered(saved)
    if (outcome?.type === 'acked') {
      this.#ackedUpTo = Math.max(this.#ackedUpTo, outcome.upTo)
      this.#options.host.acked(outcome.upTo)
    }
    if (outcome?.type === 'refused') this.#options.host.refused(outcome.after, outcome.upTo)
    this.#drain()
  }

  /** The document was replaced: what is held is of the old one, and so is what the server still answers. */
  dismiss(): void {
    this.#acks.dismiss()
    this.#outbox.clear()
  }

  /** The join is over: nothing of it will be answered here. */
  clear(): void {
    this.#acks.clear()
    this.#outbox.clear()
    this.#stopDrainTimer?.()
    this.#stopDrainTimer = null
  }

  #isBehind(): boolean {
    return this.#options.isCongested() || this.#acks.length >= MAX_UNANSWERED_FRAMES
  }

  #transmit(type: 'step-2' | 'update', update: Uint8Array, after: number, upTo: number): void {
    const pieces = piecesOf(update)
    // Counted before they are sent: an answer must always find its question.
    this.#acks.sentBatch(after, upTo, pieces.length)
    for (const [i, piece] of pieces.entries()) {
      this.#options.send({ type: i === 0 ? type : 'update', update: piece })
    }
  }

  #drain(): void {
    if (this.#outbox.isEmpty || !this.#options.isAccepting()) return
    if (this.#isBehind()) {
      this.#awaitDrain()
      return
    }
    const batch = this.#outbox.take()
    if (batch !== null) this.#transmit('update', batch.update, batch.after, batch.upTo)
  }

  #awaitDrain(): void {
    this.#stopDrainTimer ??= this.#options.environment.setTimer(() => {
      this.#stopDrainTimer = null
      this.#drain()
    }, DRAIN_CHECK_MS)
  }
}
