import { HANDED_ON } from '../connection/own-codes.ts'
import type { SocketLike } from '../connection/port.ts'

/** Below this, whoever gave an attempt up had other reasons than that nothing came. */
const PATIENCE_MS = 10_000

export interface WatchedSocketHost {
  now(): number
  /** The server has spoken. */
  worked(): void
  /** It ended, or was given up, before the server had said anything. */
  failed(): void
}

/**
 * A socket, watched for whether anything ever comes through it: there are proxies that refuse the upgrade, some that never
 * answer it, and some that take it and then pass nothing on.
 */
export class WatchedSocket implements SocketLike {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly #socket: SocketLike
  readonly #host: WatchedSocketHost
  readonly #openedAtMs: number
  #isSettled = false

  constructor(socket: SocketLike, host: WatchedSocketHost) {
    this.#socket = socket
    this.#host = host
    this.#openedAtMs = host.now()
    socket.onopen = () => this.onopen?.()
    socket.onerror = () => this.onerror?.()
    socket.onmessage = (event) => {
      this.#settle('worked')
      this.onmessage?.(event)
    }
    socket.onclose = ({ code, reason }) => {
      // Another tab has the socket now, which says nothing about whether sockets work.
      if (code === HANDED_ON) this.#isSettled = true
      // Codes of this band are the server's own: it was reached.
      this.#settle(code >= 4_400 ? 'worked' : 'failed')
      this.onclose?.({ code, reason })
    }
  }

  get binaryType(): string {
    return this.#socket.binaryType
  }

  set binaryType(type: string) {
    this.#socket.binaryType = type
  }

  get readyState(): number {
    return this.#socket.readyState
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount
  }

  send(data: Uint8Array): void {
    this.#socket.send(data)
  }

  close(code?: number, reason?: string): void {
    const waitedMs = this.#host.now() - this.#openedAtMs
    if (waitedMs >= PATIENCE_MS) this.#settle('failed')
    // Whatever it says from here on is about our closing it.
    this.#isSettled = true
    this.#socket.close(code, reason)
  }

  #settle(how: 'worked' | 'failed'): void {
    if (this.#isSettled) return
    this.#isSettled = true
    this.#host[how]()
  }
}
