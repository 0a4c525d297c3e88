import { LOST } from '../connection/wire.ts'
import { alone, route } from './session-address.ts'
import { type TabChannel, type TabSharing, whenFree } from './sharing-port.ts'
import { type DownBody, parseUp, type SharedNames, type UpMessage } from './tunnel-messages.ts'
import type { Way, WayUser } from './way.ts'

/** So many bytes that a tab has not heard yet, and presence is no longer passed on to it; it may be frozen. */
const SHED_BYTES = 256 * 1024
/** And so many, and it has to come back for what it lacks: a frozen tab must not fill the browser's memory. */
const MAX_UNHEARD_BYTES = 8 * 1024 * 1024

export interface GuestOptions {
  readonly sharing: TabSharing
  readonly names: SharedNames
  /** This tab, which has the socket. */
  readonly leader: string
  /** The other one. */
  readonly tab: string
  readonly session: string
  readonly enter: (user: WayUser) => Way
  readonly over: () => void
}

/** One use that another tab makes of this tab's socket. It ends with that tab, however that ends. */
export class Guest implements WayUser {
  readonly #options: GuestOptions
  readonly #line: TabChannel
  readonly #stopWatching: () => void
  readonly #way: Way
  #takenBytes = 0
  #sentBytes = 0
  #heardBytes = 0
  #isOver = false

  constructor(options: GuestOptions) {
    this.#options = options
    const { sharing, names, session, tab } = options
    this.#line = sharing.channel(names.line(session), (raw) => {
      const message = parseUp(raw)
      if (message?.to === options.leader && !this.#isOver) this.#hear(message)
    })
    this.#stopWatching = whenFree(sharing.locks, names.tabLock(tab), () => this.#leave(false))
    this.#way = options.enter(this)
  }

  /** Says that somebody is here. */
  answer(): void {
    this.#say({ type: 'alive', bytes: this.#takenBytes, buffered: this.#way.buffered })
  }

  opened(): void {
    this.#say({ type: 'opened' })
  }

  received(frame: Uint8Array): void {
    const unheard = this.#sentBytes - this.#heardBytes
    if (unheard > MAX_UNHEARD_BYTES) {
      this.#leave(false)
      return
    }
    if (unheard > SHED_BYTES && route(frame)?.kind === 'presence') return
    this.#sentBytes += frame.length
    this.#say({ type: 'frame', frame: alone(frame) })
  }

  lost(code: number, reason: string): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#say({ type: 'lost', code, reason })
    this.#line.close()
    this.#stopWatching()
    this.#options.over()
  }

  #hear(message: UpMessage): void {
    switch (message.type) {
      case 'frame':
        this.#takenBytes += message.frame.length
        this.#way.send(message.frame)
        this.answer()
        return
      case 'ping':
        this.answer()
        return
      case 'heard':
        this.#heardBytes = message.bytes
        return
      case 'leave':
        this.#leave(message.isUnanswered)
        return
    }
  }

  /** Ends it from this side. */
  end(code: number): void {
    this.#leave(false, code)
  }

  #leave(isUnanswered: boolean, code = LOST): void {
    if (this.#isOver) return
    this.#way.leave(isUnanswered)
    this.lost(code, '')
  }

  #say(message: DownBody): void {
    this.#line.post({ from: this.#options.leader, ...message })
  }
}
