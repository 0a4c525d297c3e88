import type { Environment, SocketLike } from '../../../client-sdk/src/connection/port.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../../client-sdk/src/protocol/frames.ts'

interface Timer {
  readonly atMs: number
  readonly callback: () => void
}

/** A clock that moves only when told, chance from outside, and sockets whose far end is the test. */
export class FakeEnvironment implements Environment {
  nowMs = 1_000_000
  readonly sockets: FakeSocket[] = []
  readonly #random: () => number
  readonly #openSocket: ((url: string) => SocketLike) | null
  readonly #timers = new Set<Timer>()

  constructor(o: { random?: () => number; openSocket?: (url: string) => SocketLike } = {}) {
    this.#random = o.random ?? (() => 0.5)
    this.#openSocket = o.openSocket ?? null
  }

  now(): number {
    return this.nowMs
  }

  random(): number {
    return this.#random()
  }

  setTimer(callback: () => void, ms: number): () => void {
    const timer = { atMs: this.nowMs + ms, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  openSocket(url: string): SocketLike {
    if (this.#openSocket !== null) return this.#openSocket(url)
    const socket = new FakeSocket()
    this.sockets.push(socket)
    return socket
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1)
    if (last === undefined) throw new Error('no socket was opened')
    return last
  }

  /** When the next timer is due, from now; null when there is none. */
  get nextTimerMs(): number | null {
    const due = [...this.#timers].map((timer) => timer.atMs)
    return due.length === 0 ? null : Math.min(...due) - this.nowMs
  }

  /** Moves time on, firing timers in order; promises settle in between. */
  async advance(ms: number): Promise<void> {
    const endMs = this.nowMs + ms
    for (;;) {
      await settle()
      const next = [...this.#timers].filter((timer) => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (next === undefined) break
      this.#timers.delete(next)
      this.nowMs = Math.max(this.nowMs, next.atMs)
      next.callback()
    }
    this.nowMs = endMs
    await settle()
  }
}

/** Lets promise chains run to their end. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

export class FakeSocket implements SocketLike {
  binaryType = ''
  readyState = 0
  bufferedAmount = 0
  closedWith: { code: number | undefined; reason: string | undefined } | null = null
  readonly sent: { address: string; frame: Frame }[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null

  send(data: Uint8Array): void {
    const decoded = decodeFrame(data)
    if (decoded === null) throw new Error('the link sent something that is not a frame')
    this.sent.push(decoded)
  }

  close(code?: number, reason?: string): void {
    this.readyState = 3
    this.closedWith = { code, reason }
  }

  // What the test, as the server, does.

  accept(): void {
    this.readyState = 1
    this.onopen?.()
  }

  say(address: string, frame: Frame): void {
    const data = encodeFrame(address, frame)
    this.onmessage?.({ data: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) })
  }

  drop(code = 1006, reason = ''): void {
    this.readyState = 3
    this.onclose?.({ code, reason })
  }

  /** Frames sent for one list so far, by type. */
  types(address: string): string[] {
    return this.sent.filter((one) => one.address === address).map((one) => one.frame.type)
  }

  /** Plays the server's part of a join up to live. */
  welcome(address: string, o: { readOnly?: boolean } = {}): void {
    this.say(address, { type: 'authenticated', readOnly: o.readOnly ?? false })
    this.say(address, { type: 'step-1', stateVector: new Uint8Array([0]) })
    this.say(address, { type: 'step-2', update: new Uint8Array([0, 0]) })
  }
}
