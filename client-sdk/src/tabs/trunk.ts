import type { Environment, SocketLike } from '../connection/port.ts'
import { LOST } from '../connection/wire.ts'
import { FRAME } from '../protocol/frame-types.ts'
import { closeFrame, inSession, route } from './session-address.ts'
import type { Way, WayUser } from './way.ts'

/** When somebody had no answer, and nobody has heard anything for this long, the socket is dead for all. */
const SUSPECT_MS = 5_000
const OPEN = 1

export interface TrunkOptions {
  readonly environment: Environment
  readonly url: string
  /** It is over: by the server, or because nobody uses it any more. */
  readonly over: () => void
}

interface Branch {
  readonly user: WayUser
  /** Lists that are open, or being opened, on it. */
  readonly names: Set<string>
}

/**
 * The one socket of a browser, with a branch for each tab that uses it.
 *
 * The first branch of the tab that has the socket speaks as if it were alone; all others have sessions. A branch that was left and
 * is entered again gets another one: what the server still says to the first must not be heard by the second.
 */
export class Trunk {
  readonly #options: TrunkOptions
  readonly #socket: SocketLike
  readonly #branches = new Map<string, Branch>()
  #heardAtMs: number
  #isBareTaken = false
  #isOver = false

  /** Throws what opening a socket throws. */
  constructor(options: TrunkOptions) {
    this.#options = options
    this.#heardAtMs = options.environment.now()
    const socket = options.environment.openSocket(options.url)
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      for (const { user } of [...this.#branches.values()]) user.opened()
    }
    socket.onmessage = ({ data }) => this.#receive(data)
    socket.onclose = ({ code, reason }) => this.#end(code, reason)
    socket.onerror = () => {}
  }

  get buffered(): number {
    return this.#socket.bufferedAmount
  }

  /** `session` must be a new one. */
  branch(session: string, user: WayUser, isOwn: boolean): Way {
    const name = isOwn && !this.#isBareTaken ? '' : session
    if (name === '') this.#isBareTaken = true
    const branch: Branch = { user, names: new Set() }
    this.#branches.set(name, branch)
    if (this.#isOpen) queueMicrotask(() => this.#branches.get(name) === branch && user.opened())
    const socket = this.#socket
    return {
      get buffered() {
        return socket.bufferedAmount
      },
      send: (frame) => {
        if (this.#branches.get(name) === branch) this.#send(name, branch, frame)
      },
      leave: (isUnanswered, reason) => {
        if (this.#branches.get(name) === branch) this.#leave(name, branch, isUnanswered, reason)
      },
    }
  }

  /** Ends it for everybody. */
  cut(code: number, reason: string): void {
    this.#end(code, reason)
  }

  get #isOpen(): boolean {
    return !this.#isOver && this.#socket.readyState === OPEN
  }

  #send(session: string, { names }: Branch, frame: Uint8Array): void {
    const routed = route(frame)
    // What has no address is between the socket's two ends, and answered here.
    if (!this.#isOpen || routed === null) return
    if (routed.kind === 'opens') names.add(routed.name)
    if (routed.kind === 'ends') names.delete(routed.name)
    this.#socket.send(inSession(routed, session))
  }

  #receive(data: unknown): void {
    this.#heardAtMs = this.#options.environment.now()
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : NOTHING
    if (frame.length === 1 && frame[0] === FRAME.ping) {
      this.#socket.send(new Uint8Array([FRAME.pong]))
      return
    }
    const routed = route(frame)
    const branch = routed === null ? undefined : this.#branches.get(routed.session)
    if (routed === null || branch === undefined) return
    if (routed.kind === 'ends') branch.names.delete(routed.name)
    branch.user.received(routed.frame)
  }

  #leave(session: string, { names }: Branch, isUnanswered: boolean, reason = ''): void {
    this.#branches.delete(session)
    const silentMs = this.#options.environment.now() - this.#heardAtMs
    if (isUnanswered && silentMs >= SUSPECT_MS) {
      this.#end(LOST, 'The server does not answer.')
      return
    }
    if (this.#branches.size === 0) {
      this.#end(LOST, '', reason)
      return
    }
    // The socket stays, and on it everybody would go on seeing this tab.
    if (this.#isOpen) for (const name of names) this.#socket.send(closeFrame(name, session))
  }

  #end(code: number, reason: string, said = ''): void {
    if (this.#isOver) return
    this.#isOver = true
    const socket = this.#socket
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    socket.onerror = () => {}
    socket.close(1000, said)
    const users = [...this.#branches.values()]
    this.#branches.clear()
    this.#options.over()
    for (const { user } of users) user.lost(code, reason)
  }
}

const NOTHING = new Uint8Array()
