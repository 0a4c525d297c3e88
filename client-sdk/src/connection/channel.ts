import * as Y from 'yjs'
import { parseReason, retryAfterSeconds } from '../protocol/close-codes.ts'
import { encodeFrame, type Frame } from '../protocol/frames.ts'
import { parseServerMessage } from '../protocol/messages.ts'
import { PROTOCOL_NAME } from '../protocol/version.ts'
import {
  type ChannelEffect,
  type ChannelEvent,
  type ChannelPhase,
  initialChannel,
  toChannelState,
  transition,
} from './channel-machine.ts'
import { EditFlow } from './edit-flow.ts'
import { Machine } from './machine.ts'
import type { Channel, ChannelHost, ChannelState, Environment } from './port.ts'
import { PresenceRelay } from './presence-relay.ts'
import type { TokenAnswer } from './tokens.ts'

/** What a list needs of the socket it shares. */
export interface SharedSocket {
  readonly environment: Environment
  isOpen(): boolean
  isCongested(): boolean
  send(data: Uint8Array): void
  queueJoin(channel: ListChannel): void
  joined(channel: ListChannel): void
  /** A join ended, with so many frames unanswered; `isCloseDue` when the server has not closed its side yet. */
  ended(channel: ListChannel, unanswered: number, isCloseDue: boolean): void
  /** This join hangs; only another socket helps. */
  giveUp(reason: string): void
  closed(channel: ListChannel): void
  token(): string | null
  renewToken(rejected: string | null): Promise<TokenAnswer>
  unauthorized(reason: string): void
  proven(): void
  changed(): void
  /** Something threw that should not have. */
  report(error: unknown): void
}

/**
 * One list on the shared socket: runs the effects of its machine and hands frames to whom they concern.
 *
 * INVARIANT: what is sent while not joined is dropped; the next handshake covers it. Nothing is ever queued for later.
 */
export class ListChannel implements Channel {
  readonly listId: string
  readonly #host: ChannelHost
  readonly #socket: SharedSocket
  readonly #machine: Machine<ChannelPhase, ChannelEvent, ChannelEffect>
  readonly #edits: EditFlow
  readonly #presence: PresenceRelay
  /** From the token until the list is denied, closed or left: frames go out, and what comes belongs to this join. */
  #isJoined = false
  /** Grows with each join. */
  #join = 0
  #token: string | null = null
  #stopTimer: (() => void) | null = null
  #isStorageFailing = false

  constructor(listId: string, host: ChannelHost, socket: SharedSocket) {
    this.listId = listId
    this.#host = host
    this.#socket = socket
    this.#presence = new PresenceRelay({
      environment: socket.environment,
      send: (update) => this.#send({ type: 'awareness', update }),
      isCongested: () => socket.isCongested(),
    })
    this.#edits = new EditFlow({
      environment: socket.environment,
      host,
      isCongested: () => socket.isCongested(),
      isAccepting: () => this.#isAccepting(),
      send: (frame) => this.#send(frame),
    })
    this.#machine = new Machine(initialChannel, transition, {
      run: (effect) => this.#run(effect),
      changed: (now, before) => this.#changed(now, before),
    })
  }

  get phase(): ChannelPhase {
    return this.#machine.state
  }

  get state(): ChannelState {
    return toChannelState(this.#machine.state)
  }

  get isJoined(): boolean {
    return this.#isJoined
  }

  /** Frames the server has not answered; keepalives go where this is least. */
  get unanswered(): number {
    return this.#edits.unanswered
  }

  get isStorageFailing(): boolean {
    return this.#isStorageFailing
  }

  outgoing(update: Uint8Array, after: number, upTo: number): void {
    this.#edits.offer(update, after, upTo)
  }

  send(message: string): void {
    if (this.#machine.state.state === 'live') this.#send({ type: 'stateless', payload: message })
  }

  rejoin(): void {
    this.#machine.dispatch({ type: 'rejoin' })
  }

  close(): void {
    this.#machine.dispatch({ type: 'close' })
  }

  /** Shows the server the newest token, if it has not seen it; only on an open list, where it delays and reorders nothing. */
  showToken(): void {
    const { state } = this.#machine.state
    if ((state === 'syncing' || state === 'live') && this.#socket.token() !== this.#token) this.#sendToken()
  }

  dispatch(event: ChannelEvent): void {
    this.#machine.dispatch(event)
  }

  /** Sends a frame that the server must answer. */
  ping(): void {
    this.#edits.ping()
  }

  /** Handles one frame from the server that is addressed to this join. Throws only what the host throws. */
  receive(frame: Frame): void {
    switch (frame.type) {
      case 'authenticated':
        this.#socket.joined(this)
        this.dispatch({ type: 'authenticated', readOnly: frame.readOnly })
        // It may have been renewed while the server looked at the one before.
        this.showToken()
        return
      case 'denied':
        this.#socket.joined(this)
        this.reject(frame.reason)
        return
      case 'close':
        this.reject(frame.reason ?? '')
        return
      case 'token-request':
        this.#sendFreshToken()
        return
      case 'step-1':
        this.#answer(frame.stateVector)
        return
      case 'step-2': {
        const phase = this.#machine.state
        this.#host.received(frame.update, phase.state === 'syncing' && phase.asked <= 1)
        this.dispatch({ type: 'received' })
        return
      }
      case 'update':
        this.#host.received(frame.update, false)
        return
      case 'sync-status':
        this.dispatch({ type: 'answered' })
        this.#socket.proven()
        this.#edits.answered(frame.saved)
        return
      case 'awareness':
        this.#presence.apply(this.#host.awareness(), frame.update)
        return
      case 'query-awareness':
        this.#presence.announce(this.#host.awareness())
        return
      case 'stateless':
        this.#hear(frame.payload)
        return
      default:
        // Frames that only clients send, or that have no address: nothing to do with a list.
        return
    }
  }

  /** `reason` as the server spells it: a code in front, then perhaps a delay in seconds. */
  reject(reason: string): void {
    const { code, text } = parseReason(reason)
    this.dispatch({
      type: 'rejected',
      code,
      reason: text,
      retryAfterSeconds: retryAfterSeconds(text),
      random: this.#socket.environment.random(),
    })
  }

  /** The list could not handle a frame, so its copy may lack something: start over, after a pause. */
  fail(): void {
    this.#leave()
    this.reject('')
  }

  #run(effect: ChannelEffect): void {
    switch (effect.type) {
      case 'queue-join':
        this.#socket.queueJoin(this)
        return
      case 'authenticate':
        this.#isJoined = true
        this.#join += 1
        this.#sendToken()
        return
      case 'ask':
        this.#send({ type: 'step-1', stateVector: Y.encodeStateVector(this.#host.document()) })
        return
      case 'forget-sent':
        this.#forget()
        this.#presence.silence()
        return
      case 'dismiss-sent':
        this.#edits.dismiss()
        return
      case 'renew-token':
        this.#renewToken()
        return
      case 'announce':
        this.#presence.announce(this.#host.awareness())
        return
      case 'set-timer':
        this.#stopTimer?.()
        this.#stopTimer = this.#socket.environment.setTimer(() => this.dispatch({ type: 'timer' }), effect.ms)
        return
      case 'clear-timer':
        this.#stopTimer?.()
        this.#stopTimer = null
        return
      case 'give-up':
        this.#socket.giveUp(`The list ${this.listId} could not be opened in time.`)
        return
      case 'leave':
        this.#leave()
        return
      case 'attach-if-open':
        if (this.#socket.isOpen()) this.dispatch({ type: 'link-open' })
        return
      case 'report-unauthorized':
        this.#socket.unauthorized(effect.reason)
        return
    }
  }

  #changed(now: ChannelPhase, before: ChannelPhase): void {
    if (now.state === 'closed') {
      this.#forget()
      this.#presence.stop()
      this.#socket.closed(this)
    }
    const next = toChannelState(now)
    if (JSON.stringify(next) !== JSON.stringify(toChannelState(before))) this.#tell(next)
    this.#socket.changed()
  }

  /** A listener that throws must not stop the effects of other events half way. */
  #tell(state: ChannelState): void {
    try {
      this.#host.stateChanged(state)
    } catch (error) {
      this.#socket.report(error)
    }
  }

  #isAccepting(): boolean {
    const phase = this.#machine.state
    return phase.state === 'live' || (phase.state === 'syncing' && phase.isSent)
  }

  /** Everything the server lacks, as one batch. */
  #answer(stateVector: Uint8Array): void {
    const { state } = this.#machine.state
    if (state !== 'syncing' && state !== 'live') return
    // Taken together, in one tick: what `writtenUpTo` counts is in the document that is encoded.
    const upTo = this.#host.writtenUpTo()
    const update =
      this.#host.lacking?.(stateVector) ?? Y.encodeStateAsUpdate(this.#host.document(), stateVector)
    this.#edits.everything(update, upTo)
    this.dispatch({ type: 'sent' })
  }

  #hear(payload: string): void {
    const message = parseServerMessage(payload)
    if (message === null) return
    if (message.type === 'storage') this.#isStorageFailing = message.state === 'failing'
    this.#host.message(message)
  }

  #renewToken(): void {
    this.#supervise(this.#socket.renewToken(this.#token), (answer) => {
      const random = this.#socket.environment.random()
      if (answer.type === 'token') return this.dispatch({ type: 'token-renewed', random })
      if (answer.type === 'missing') return this.dispatch({ type: 'token-missing' })
      return this.dispatch({ type: 'token-unavailable', random })
    })
  }

  #sendFreshToken(): void {
    const join = this.#join
    const before = this.#token
    this.#supervise(this.#socket.renewToken(before), (answer) => {
      // Without an answer the server decides: it closes the document when it has waited long enough.
      if (answer.type === 'token' && this.#join === join && this.#token === before) this.#sendToken()
    })
  }

  #supervise<T>(promise: Promise<T>, then: (value: T) => void): void {
    promise.then(then).catch((error: unknown) => this.#socket.report(error))
  }

  #sendToken(): void {
    this.#token = this.#socket.token()
    this.#send({ type: 'token', token: this.#token ?? '', version: PROTOCOL_NAME })
  }

  #leave(): void {
    this.#socket.joined(this)
    if (!this.#isJoined) return
    this.#send({ type: 'close', reason: null })
    this.#end(true)
  }

  #end(isCloseDue: boolean): void {
    if (!this.#isJoined) return
    this.#isJoined = false
    this.#socket.ended(this, this.#edits.unanswered, isCloseDue)
  }

  #forget(): void {
    this.#end(false)
    this.#edits.clear()
    this.#isStorageFailing = false
  }

  #send(frame: Frame): void {
    if (this.#isJoined) this.#socket.send(encodeFrame(this.listId, frame))
  }
}
