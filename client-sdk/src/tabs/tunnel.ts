import { HANDED_ON } from '../connection/own-codes.ts'
import type { Environment } from '../connection/port.ts'
import { alone } from './session-address.ts'
import { type TabChannel, type TabSharing, whenFree } from './sharing-port.ts'
import { type DownMessage, parseDown, type SharedNames } from './tunnel-messages.ts'
import type { Way, WayUser } from './way.ts'

/** So many bytes may be on their way to the other tab; the rest waits here, where whoever writes can see it. */
const WINDOW_BYTES = 256 * 1024
/** Told once for so many bytes that came, or the other tab takes this one for frozen. */
const HEARD_BYTES = 64 * 1024
const TICK_MS = 1_000
/** Spread, so that not all tabs find out in the same moment that the socket's tab is silent. */
const TICK_JITTER_MS = 400
const SILENT_TICKS = 3

export interface TunnelOptions {
  readonly sharing: TabSharing
  readonly names: SharedNames
  readonly environment: Environment
  readonly session: string
  readonly user: WayUser
  /** Asks whoever has the socket to let this tab use it, and takes that back from all but one. */
  readonly ask: () => void
  readonly withdraw: (except: string) => void
  /** Nobody answers. */
  readonly silent: () => void
}

/**
 *     asking ──somebody answers──▶ waiting ──the socket is open──▶ open ──▶ over
 *
 * Whoever answers first is the one for as long as it lasts; what others say is not heard.
 */
type Phase =
  | { readonly state: 'asking' }
  | { readonly state: 'waiting'; readonly leader: string }
  | { readonly state: 'open'; readonly leader: string }
  | { readonly state: 'over' }

/**
 * The way to the server through the tab that has the socket.
 *
 * That tab may be frozen, and nobody else would notice: it is asked whether it is there, but only while something is expected
 * of it. Ticks are counted, and not time, because this tab may have been asleep itself.
 */
export class Tunnel implements Way {
  readonly #options: TunnelOptions
  readonly #line: TabChannel
  #phase: Phase = { state: 'asking' }
  #stopWatching = (): void => {}
  #stopTimer: (() => void) | null = null
  #silentTicks = 0
  readonly #queue: Uint8Array[] = []
  #queuedBytes = 0
  #sentBytes = 0
  #takenBytes = 0
  #bufferedThere = 0
  #cameBytes = 0
  #saidBytes = 0

  constructor(options: TunnelOptions) {
    this.#options = options
    const { sharing, names, session } = options
    this.#line = sharing.channel(names.line(session), (raw) => {
      const message = parseDown(raw)
      if (message !== null && this.#phase.state !== 'over') this.#hear(message)
    })
    this.#watch()
  }

  get buffered(): number {
    return this.#queuedBytes + this.#sentBytes - this.#takenBytes + this.#bufferedThere
  }

  /** Asks again: there is somebody new, or this tab may be asked for now. */
  knock(): void {
    if (this.#phase.state === 'asking') this.#options.ask()
  }

  /** Somebody says that they have the socket now. */
  announced(leader: string): void {
    const phase = this.#phase
    if (phase.state === 'over' || (phase.state !== 'asking' && phase.leader === leader)) return
    if (phase.state === 'open') {
      this.#handOn()
      return
    }
    this.#stopWatching()
    this.#phase = { state: 'asking' }
    this.knock()
  }

  send(frame: Uint8Array): void {
    if (this.#phase.state !== 'open') return
    this.#queue.push(frame)
    this.#queuedBytes += frame.length
    this.#pump()
    this.#watch()
  }

  leave(isUnanswered: boolean): void {
    const phase = this.#phase
    if (phase.state === 'over') return
    this.#farewell(phase, isUnanswered)
    this.#end()
  }

  #hear(message: DownMessage): void {
    const phase = this.#phase
    if (phase.state === 'over') return
    if (phase.state !== 'asking' && phase.leader !== message.from) return
    if (phase.state === 'asking') {
      if (message.type !== 'alive') return
      this.#follow(message.from)
    }
    this.#silentTicks = 0
    switch (message.type) {
      case 'alive':
        this.#takenBytes = message.bytes
        this.#bufferedThere = message.buffered
        this.#pump()
        this.#watch()
        return
      case 'opened':
        if (this.#phase.state !== 'waiting') return
        this.#phase = { ...this.#phase, state: 'open' }
        this.#options.user.opened()
        return
      case 'frame':
        this.#take(message.frame)
        return
      case 'lost':
        // It may have been asked again meanwhile, and have begun anew.
        this.#options.withdraw('')
        this.#end()
        this.#options.user.lost(message.code, message.reason)
        return
    }
  }

  #follow(leader: string): void {
    const { sharing, names } = this.#options
    this.#phase = { state: 'waiting', leader }
    this.#stopWatching = whenFree(sharing.locks, names.tabLock(leader), () => this.#handOn())
  }

  #take(frame: Uint8Array): void {
    const phase = this.#phase
    if (phase.state !== 'open') return
    this.#cameBytes += frame.length
    if (this.#cameBytes - this.#saidBytes >= HEARD_BYTES) {
      this.#saidBytes = this.#cameBytes
      this.#line.post({ to: phase.leader, type: 'heard', bytes: this.#cameBytes })
    }
    this.#options.user.received(frame)
  }

  #pump(): void {
    const phase = this.#phase
    if (phase.state !== 'open') return
    while (this.#sentBytes - this.#takenBytes < WINDOW_BYTES) {
      const frame = this.#queue.shift()
      if (frame === undefined) return
      this.#queuedBytes -= frame.length
      this.#sentBytes += frame.length
      this.#line.post({ to: phase.leader, type: 'frame', frame: alone(frame) })
    }
  }

  /** Looks out for answers while there are any to come. */
  #watch(): void {
    if (this.#stopTimer !== null || !this.#isExpecting()) return
    const { environment } = this.#options
    this.#stopTimer = environment.setTimer(
      () => {
        this.#stopTimer = null
        this.#tick()
      },
      TICK_MS + TICK_JITTER_MS * environment.random(),
    )
  }

  #isExpecting(): boolean {
    const { state } = this.#phase
    return state === 'asking' || state === 'waiting' || (state === 'open' && this.buffered > 0)
  }

  #tick(): void {
    const phase = this.#phase
    if (!this.#isExpecting()) {
      this.#silentTicks = 0
      return
    }
    this.#silentTicks += 1
    if (phase.state === 'asking') this.#options.ask()
    else if (phase.state !== 'over') this.#line.post({ to: phase.leader, type: 'ping' })
    this.#watch()
    if (this.#silentTicks >= SILENT_TICKS) {
      this.#silentTicks = 0
      this.#options.silent()
    }
  }

  #handOn(): void {
    const phase = this.#phase
    if (phase.state === 'over') return
    // To the one before too, who may be there after all.
    this.#farewell(phase, false)
    this.#end()
    this.#options.user.lost(HANDED_ON, '')
  }

  #farewell(phase: Phase, isUnanswered: boolean): void {
    const leader = phase.state === 'waiting' || phase.state === 'open' ? phase.leader : ''
    if (leader !== '') this.#line.post({ to: leader, type: 'leave', isUnanswered })
    this.#options.withdraw(leader)
  }

  #end(): void {
    this.#phase = { state: 'over' }
    this.#stopWatching()
    this.#stopTimer?.()
    this.#stopTimer = null
    this.#line.close()
  }
}
