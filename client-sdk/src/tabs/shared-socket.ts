import { UNANSWERED } from '../connection/own-codes.ts'
import type { SocketLike } from '../connection/port.ts'
import { alone } from './session-address.ts'
import type { Way, WayUser } from './way.ts'

const CONNECTING = 0
const OPEN = 1
const CLOSED = 3

/** What a link holds for its socket. Whose socket it is underneath may change until it has opened. */
export class SharedSocket implements SocketLike, WayUser {
  binaryType = 'arraybuffer'
  readyState = CONNECTING
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly #closed: () => void
  #way: Way | null = null

  /** `closed` is called once, whichever end closes it. */
  constructor(closed: () => void) {
    this.#closed = closed
  }

  get bufferedAmount(): number {
    return this.#way?.buffered ?? 0
  }

  get isOpen(): boolean {
    return this.readyState === OPEN
  }

  /** Only while it is still opening. */
  goBy(way: Way | null): void {
    this.#way?.leave(false)
    this.#way = way
  }

  send(data: Uint8Array): void {
    if (this.readyState === OPEN) this.#way?.send(data)
  }

  close(code?: number, reason?: string): void {
    if (this.readyState === CLOSED) return
    const way = this.#end()
    way?.leave(code === UNANSWERED, reason)
    this.#closed()
  }

  opened(): void {
    if (this.readyState !== CONNECTING) return
    this.readyState = OPEN
    this.onopen?.()
  }

  received(frame: Uint8Array): void {
    this.onmessage?.({ data: alone(frame).buffer })
  }

  lost(code: number, reason: string): void {
    if (this.readyState === CLOSED) return
    this.#end()
    this.#closed()
    this.onclose?.({ code, reason })
  }

  /** The same, of a way that is still there. */
  lose(code: number, reason: string): void {
    this.#way?.leave(false)
    this.lost(code, reason)
  }

  #end(): Way | null {
    const way = this.#way
    this.readyState = CLOSED
    this.#way = null
    return way
  }
}
