import type { Environment, SocketLike } from '../connection/port.ts'
import { LOST } from '../connection/wire.ts'
import { decodeFrame, encodeFrame, type Frame } from '../protocol/frames.ts'
import type { Asked, Exchange, Outcome } from './exchange.ts'
import { PolledList } from './polled-list.ts'

/** Browsers open six connections to a host, and the app has other things to ask. */
const AT_ONCE = 3
const CONNECTING = 0
const OPEN = 1
const CLOSED = 3

export interface PollingSocketOptions {
  readonly environment: Environment
  readonly exchange: Exchange
  /** Whether the server answers HTTP at all. Never rejects. */
  readonly probe: () => Promise<boolean>
  readonly closed: () => void
}

/**
 * Speaks the wire protocol to a link and HTTP to the server, so that a link needs not know that WebSockets are blocked.
 *
 * Live text, presence and collisions as they happen are what it lacks; edits, roles, refusals and the end of access it has.
 */
export class PollingSocket implements SocketLike {
  binaryType = 'arraybuffer'
  readonly bufferedAmount = 0
  readyState = CONNECTING
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly #options: PollingSocketOptions
  readonly #lists = new Map<string, PolledList>()
  readonly #queue: (() => void)[] = []
  #running = 0
  #outbox: Uint8Array[] = []

  constructor(options: PollingSocketOptions) {
    this.#options = options
    void options.probe().then((answers) => {
      if (this.readyState !== CONNECTING) return
      if (!answers) {
        this.#finish(LOST, '')
        return
      }
      this.readyState = OPEN
      this.onopen?.()
    })
  }

  /** A list that is open here, for whoever wants to try another way; null: none. */
  get openList(): { readonly listId: string; readonly token: string } | null {
    for (const [listId, { token }] of this.#lists) return { listId, token }
    return null
  }

  send(data: Uint8Array): void {
    if (this.readyState !== OPEN) return
    const decoded = decodeFrame(data)
    if (decoded === null || decoded.frame.type === 'pong') return
    const { address, frame } = decoded
    const list = this.#lists.get(address) ?? (frame.type === 'token' ? this.#open(address) : null)
    list?.hear(frame)
  }

  /** As the link closes it: what is on its way is covered by the next handshake. */
  close(): void {
    if (this.readyState === CLOSED) return
    this.#end()
  }

  /** As a network closes it. */
  lose(code = LOST, reason = ''): void {
    this.#finish(code, reason)
  }

  #open(listId: string): PolledList {
    const list: PolledList = new PolledList({
      listId,
      environment: this.#options.environment,
      exchange: (asked) => this.#exchange(asked),
      say: (frame) => this.#say(listId, frame),
      lost: () => this.#finish(LOST, ''),
      ended: () => {
        if (this.#lists.get(listId) === list) this.#lists.delete(listId)
      },
    })
    this.#lists.set(listId, list)
    return list
  }

  async #exchange(asked: Asked): Promise<Outcome> {
    if (this.#running >= AT_ONCE) await new Promise<void>((go) => this.#queue.push(go))
    this.#running += 1
    try {
      return this.readyState === OPEN ? await this.#options.exchange(asked) : { type: 'lost' }
    } finally {
      this.#running -= 1
      this.#queue.shift()?.()
    }
  }

  /** Not in the tick in which the link speaks: it is in the middle of something then, and sockets never answer there. */
  #say(address: string, frame: Frame): void {
    this.#outbox.push(encodeFrame(address, frame))
    if (this.#outbox.length > 1) return
    queueMicrotask(() => {
      const frames = this.#outbox
      this.#outbox = []
      for (const data of frames) {
        const { buffer, byteOffset, byteLength } = data
        if (this.readyState === OPEN)
          this.onmessage?.({ data: buffer.slice(byteOffset, byteOffset + byteLength) })
      }
    })
  }

  #finish(code: number, reason: string): void {
    if (this.readyState === CLOSED) return
    this.#end()
    this.onclose?.({ code, reason })
  }

  #end(): void {
    this.readyState = CLOSED
    for (const list of this.#lists.values()) list.stop()
    this.#lists.clear()
    for (const go of this.#queue.splice(0)) go()
    this.#options.closed()
  }
}
