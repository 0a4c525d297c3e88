import { retryAfterSeconds } from '../protocol/close-codes.ts'
import { decodeFrame, encodeFrame } from '../protocol/frames.ts'
import { ListChannel, type SharedSocket } from './channel.ts'
import { Farewells } from './farewells.ts'
import { JoinGate } from './join-gate.ts'
import { Keepalive } from './keepalive.ts'
import {
  initialLink,
  type LinkEffect,
  type LinkEvent,
  type LinkPhase,
  toLinkState,
  transition,
} from './link-machine.ts'
import { Machine } from './machine.ts'
import type { Channel, ChannelHost, Environment, Link, LinkState } from './port.ts'
import { type GetToken, type TokenAnswer, Tokens } from './tokens.ts'
import { LOST, Wire } from './wire.ts'

export interface LinkOptions {
  /** The WebSocket endpoint, for example `wss://lists.example.org/sync`. */
  readonly url: string
  /**
   * Asked once per connection, and again with `expired` shortly before the token ends (its claim `exp`) and when the server no longer
   * takes it; lists that are open show the new one and stay open. Null means nobody is signed in:
   * the link stops until `resume()`. A rejection means "not now" (no network): the link waits and asks again.
   */
  readonly getToken: GetToken
  readonly environment: Environment
  /** A listener or host threw. The link goes on; the list concerned starts over. */
  readonly onError?: (error: unknown) => void
  /** How many lists may authenticate at once; default 50, below the 100 at which Hocuspocus drops a socket. */
  readonly maxJoins?: number
}

/** Between closing one list and opening the next a socket is kept for a moment. */
const LINGER_MS = 5_000
/** How long a list waits for its last join to end before the whole socket is replaced. */
const FAREWELL_TIMEOUT_MS = 2_000

/** One socket for all lists of a client; it connects when the first list is opened. */
export function createLink(options: LinkOptions): Link {
  return new SocketLink(options)
}

class SocketLink implements Link, SharedSocket {
  readonly environment: Environment
  readonly #options: LinkOptions
  readonly #machine: Machine<LinkPhase, LinkEvent, LinkEffect>
  readonly #listeners = new Set<(state: LinkState) => void>()
  readonly #channels = new Map<string, ListChannel>()
  readonly #tokens: Tokens
  readonly #farewells: Farewells
  readonly #gate: JoinGate<ListChannel>
  readonly #keepalive: Keepalive
  readonly #wire: Wire
  #isAtRest = false
  /** Grows with each socket. */
  #connection = 0
  #state: LinkState = { state: 'idle' }
  #stopRetryTimer: (() => void) | null = null
  #stopLinger: (() => void) | null = null
  /** Grows with each request, so that the answer to an abandoned one is recognised. */
  #tokenRequest = 0

  constructor(options: LinkOptions) {
    this.#options = options
    this.environment = options.environment
    this.#tokens = new Tokens(options.getToken, options.environment, () => {
      for (const channel of this.#channels.values()) channel.showToken()
    })
    this.#farewells = new Farewells(
      () => options.environment.now(),
      () => this.#gate.pump(),
    )
    this.#gate = new JoinGate(
      options.maxJoins ?? 50,
      (channel) => channel.dispatch({ type: 'slot' }),
      (channel) => this.#farewells.isDue(channel.listId),
    )
    this.#keepalive = new Keepalive({
      environment: options.environment,
      sendPing: () => this.#ping(),
      dead: () => this.#wire.lose(LOST, 'The server does not answer.'),
      isPatient: () => [...this.#channels.values()].some((channel) => channel.isStorageFailing),
    })
    this.#wire = new Wire(options.environment, {
      opened: () => this.#machine.dispatch({ type: 'opened' }),
      received: (data) => this.#receive(data),
      lost: (code, reason) => this.#lost(code, reason),
      report: (error) => this.report(error),
    })
    this.#machine = new Machine(initialLink, transition, {
      run: (effect) => this.#run(effect),
      changed: () => this.#announce(),
    })
  }

  get state(): LinkState {
    return this.#state
  }

  subscribe(listener: (state: LinkState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  open(listId: string, host: ChannelHost): Channel {
    if (this.#channels.has(listId)) throw new Error(`The list ${listId} is open on this link already.`)
    if (this.#machine.state.state === 'closed') throw new Error('The link is closed.')
    const channel = new ListChannel(listId, host, this)
    this.#channels.set(listId, channel)
    if (this.isOpen()) channel.dispatch({ type: 'link-open' })
    this.changed()
    return channel
  }

  rest(): void {
    this.#isAtRest = true
    this.#machine.dispatch({ type: 'rest' })
  }

  resume(): void {
    this.#isAtRest = false
    // First: after a long sleep everything else would be asked with a token that is over.
    this.#tokens.check()
    this.#machine.dispatch({ type: 'resume', nowMs: this.environment.now() })
    // Lists that were opened meanwhile, where none was before.
    if (this.#machine.state.state === 'idle' && this.#channels.size > 0) this.changed()
  }

  close(): void {
    for (const channel of [...this.#channels.values()]) channel.close()
    this.#machine.dispatch({ type: 'close' })
    this.#stopLinger?.()
    this.#stopLinger = null
  }

  // What the lists ask of the socket they share.

  isOpen(): boolean {
    return this.#machine.state.state === 'open'
  }

  isCongested(): boolean {
    return this.#wire.isCongested
  }

  send(data: Uint8Array): void {
    if (this.#wire.send(data)) this.#keepalive.sent()
  }

  queueJoin(channel: ListChannel): void {
    this.#gate.enter(channel)
    if (!this.#farewells.isDue(channel.listId)) return
    const connection = this.#connection
    this.environment.setTimer(() => {
      const isStuck = channel.phase.state === 'queued' && this.#farewells.isDue(channel.listId)
      if (isStuck && this.#connection === connection) this.giveUp('An earlier join of a list does not end.')
    }, FAREWELL_TIMEOUT_MS - this.#farewells.waitedMs(channel.listId))
  }

  giveUp(reason: string): void {
    this.#wire.lose(LOST, reason)
  }

  joined(channel: ListChannel): void {
    this.#gate.leave(channel)
  }

  ended(channel: ListChannel, unanswered: number, isCloseDue: boolean): void {
    this.#farewells.begin(channel.listId, unanswered, isCloseDue)
  }

  closed(channel: ListChannel): void {
    this.#gate.leave(channel)
    if (this.#channels.get(channel.listId) === channel) this.#channels.delete(channel.listId)
  }

  token(): string | null {
    return this.#tokens.current
  }

  renewToken(rejected: string | null): Promise<TokenAnswer> {
    return this.#tokens.renew(rejected)
  }

  unauthorized(reason: string): void {
    this.#machine.dispatch({ type: 'unauthorized', reason })
  }

  proven(): void {
    const phase = this.#machine.state
    if (phase.state === 'open' && (phase.attempt > 0 || phase.renewed))
      this.#machine.dispatch({ type: 'proven' })
  }

  changed(): void {
    if ([...this.#channels.values()].some(isWanting)) {
      this.#stopLinger?.()
      this.#stopLinger = null
      if (this.#machine.state.state === 'idle' && !this.#isAtRest) {
        this.#machine.dispatch({ type: 'wanted', nowMs: this.environment.now() })
      }
      return
    }
    this.#stopLinger ??= this.environment.setTimer(() => {
      this.#stopLinger = null
      this.#machine.dispatch({ type: 'unwanted' })
    }, LINGER_MS)
  }

  report(error: unknown): void {
    this.#options.onError?.(error)
  }

  // Effects of the machine.

  #run(effect: LinkEffect): void {
    switch (effect.type) {
      case 'fetch-token':
        this.#fetchToken(effect.why)
        return
      case 'open-socket':
        this.#connection += 1
        this.#wire.connect(this.#options.url)
        return
      case 'drop-socket':
        this.#wire.drop(effect.reason)
        return
      case 'attach-lists':
        this.#keepalive.start()
        this.#tokens.keep()
        for (const channel of this.#channels.values()) channel.dispatch({ type: 'link-open' })
        return
      case 'detach-lists':
        // Before its lists are off it: they know then that they have lost nothing.
        if (this.#machine.state.state === 'resting') this.#announce()
        this.#keepalive.stop()
        this.#tokens.rest()
        this.#gate.clear()
        for (const channel of this.#channels.values()) channel.dispatch({ type: 'link-lost' })
        this.#farewells.clear()
        return
      case 'set-timer':
        this.#stopRetryTimer = this.environment.setTimer(
          () => this.#machine.dispatch({ type: 'timer' }),
          effect.ms,
        )
        return
      case 'clear-timer':
        this.#stopRetryTimer?.()
        return
      case 'probe':
        this.#keepalive.probe()
        return
    }
  }

  #announce(): void {
    const next = toLinkState(this.#machine.state)
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return
    this.#state = next
    for (const listener of [...this.#listeners]) {
      try {
        listener(next)
      } catch (error) {
        this.report(error)
      }
    }
  }

  #fetchToken(why: 'start' | 'expired'): void {
    const request = ++this.#tokenRequest
    const settle = (answer: TokenAnswer): void => {
      if (request !== this.#tokenRequest) return
      if (answer.type === 'token') {
        this.#machine.dispatch({ type: 'token' })
        return
      }
      if (answer.type === 'missing') {
        this.#machine.dispatch({ type: 'token-missing' })
        return
      }
      const { environment } = this
      this.#machine.dispatch({ type: 'token-failed', nowMs: environment.now(), random: environment.random() })
    }
    this.#tokens
      .fetch(why)
      .then(settle)
      .catch((error: unknown) => this.report(error))
  }

  #lost(code: number, reason: string): void {
    this.#machine.dispatch({
      type: 'lost',
      code,
      reason,
      retryAfterSeconds: retryAfterSeconds(reason),
      nowMs: this.environment.now(),
      random: this.environment.random(),
    })
  }

  #receive(data: Uint8Array): void {
    this.#keepalive.received()
    const decoded = decodeFrame(data)
    if (decoded === null) return
    const { address, frame } = decoded
    // Only ever an answer: Hocuspocus closes the socket of a client that sends a one-byte frame on its own.
    if (frame.type === 'ping') {
      this.send(encodeFrame('', { type: 'pong' }))
      return
    }
    const channel = this.#channels.get(address)
    if (channel === undefined || !channel.isJoined) {
      if (frame.type === 'sync-status') this.#farewells.answered(address)
      if (frame.type === 'close' || frame.type === 'denied') this.#farewells.closed(address)
      return
    }
    try {
      channel.receive(frame)
    } catch (error) {
      this.report(error)
      channel.fail()
    }
  }

  #ping(): boolean {
    const live = [...this.#channels.values()].filter((channel) => channel.phase.state === 'live')
    const quietest = live.reduce<ListChannel | null>(
      (best, channel) => (best === null || channel.unanswered < best.unanswered ? channel : best),
      null,
    )
    quietest?.ping()
    return quietest !== null
  }
}

/** A list that may not be opened does not keep a socket open, unless a new token could change that. */
function isWanting(channel: ListChannel): boolean {
  const phase = channel.phase
  return phase.state !== 'closed' && (phase.state !== 'denied' || phase.code === 4401)
}
