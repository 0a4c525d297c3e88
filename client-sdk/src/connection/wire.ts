import { UNANSWERED } from './own-codes.ts'
import type { Environment, SocketLike } from './port.ts'

const CONNECT_TIMEOUT_MS = 15_000
const CONGESTED_BYTES = 1_000_000
const SOCKET_OPEN = 1
/** What browsers report when a connection ends without a close frame. */
export const LOST = 1006

export interface WireEvents {
  opened(): void
  received(data: Uint8Array): void
  /** The current socket ended, for whatever reason; said once for each `connect`, never after `drop`. */
  lost(code: number, reason: string): void
  report(error: unknown): void
}

/** At most one WebSocket at a time; whatever an earlier one still says is not heard. */
export class Wire {
  readonly #environment: Environment
  readonly #events: WireEvents
  #socket: SocketLike | null = null
  #stopConnectTimer: (() => void) | null = null

  constructor(environment: Environment, events: WireEvents) {
    this.#environment = environment
    this.#events = events
  }

  get isCongested(): boolean {
    return (this.#socket?.bufferedAmount ?? 0) > CONGESTED_BYTES
  }

  connect(url: string): void {
    this.drop()
    let socket: SocketLike
    try {
      socket = this.#environment.openSocket(url)
    } catch (error) {
      // A forbidden address or an exhausted browser: as good as a connection that was lost at once.
      this.#events.report(error)
      this.#events.lost(LOST, 'The browser did not open a socket.')
      return
    }
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      this.#stopConnectTimer?.()
      this.#events.opened()
    }
    socket.onmessage = ({ data }) =>
      this.#events.received(data instanceof ArrayBuffer ? new Uint8Array(data) : NONE)
    socket.onclose = ({ code, reason }) => this.lose(code, reason)
    // A close always follows, and it carries the code.
    socket.onerror = () => {}
    this.#stopConnectTimer = this.#environment.setTimer(
      () => this.lose(LOST, 'The server did not open the connection in time.'),
      CONNECT_TIMEOUT_MS,
    )
  }

  /** False when there is nothing to send on. */
  send(data: Uint8Array): boolean {
    if (this.#socket === null || this.#socket.readyState !== SOCKET_OPEN) return false
    try {
      this.#socket.send(data)
      return true
    } catch (error) {
      this.#events.report(error)
      this.lose(LOST, 'The socket does not take data.')
      return false
    }
  }

  /** Gives the connection up, as if the network had. */
  lose(code: number, reason: string): void {
    if (this.#socket === null) return
    this.#end(UNANSWERED)
    this.#events.lost(code, reason)
  }

  drop(reason = ''): void {
    this.#end(1000, reason)
  }

  #end(code: number, reason = ''): void {
    this.#stopConnectTimer?.()
    this.#stopConnectTimer = null
    const socket = this.#socket
    this.#socket = null
    if (socket === null) return
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    // Stays: closing a socket that is still connecting makes `ws` raise an error, and one without a listener is thrown.
    socket.onerror = () => {}
    socket.close(code, reason)
  }
}

const NONE = new Uint8Array()
