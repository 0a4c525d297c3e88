import type { SocketLike } from '../connection/port.ts'

/** A network under the test's control, between one client and a real server. */
export interface TestNetwork {
  /** For `createClient({ openSocket })`. */
  readonly openSocket: (url: string) => SocketLike
  /** For `createClient({ fetch })`. */
  readonly fetch: typeof fetch
  /** The plug is out: open sockets close, new ones fail, requests are rejected. */
  cut(): void
  restore(): void
  /** The network takes frames and delivers none, either way, without anybody noticing; `restore` delivers what was held. */
  stall(): void
  /** How many sockets were opened so far. */
  readonly opened: number
  /** Bytes that came from the server so far. */
  readonly received: number
}

/**
 * Two clients in one process, each with a network of its own that can be cut and restored, need no more than this and
 * `createMemoryStorage`. The server stays the real one.
 */
export function createTestNetwork(
  options: { WebSocket?: typeof WebSocket; fetch?: typeof fetch } = {},
): TestNetwork {
  const wires = new Set<Wire>()
  const state = { mode: 'up' as 'up' | 'down' | 'stalled', opened: 0, received: 0 }
  return {
    openSocket: (url) => {
      state.opened += 1
      const wire = new Wire(url, options.WebSocket ?? WebSocket, state)
      wires.add(wire)
      return wire
    },
    fetch: async (input, init) => {
      if (state.mode !== 'up') throw new TypeError('The test network is cut.')
      return (options.fetch ?? fetch)(input, init)
    },
    cut: () => {
      state.mode = 'down'
      for (const wire of wires) wire.drop()
      wires.clear()
    },
    restore: () => {
      state.mode = 'up'
      for (const wire of wires) wire.flush()
    },
    stall: () => {
      state.mode = 'stalled'
    },
    get opened() {
      return state.opened
    },
    get received() {
      return state.received
    },
  }
}

class Wire implements SocketLike {
  binaryType = 'arraybuffer'
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly #socket: WebSocket | null
  readonly #state: { readonly mode: 'up' | 'down' | 'stalled'; received: number }
  #held: (() => void)[] = []
  #isDropped = false

  constructor(
    url: string,
    Socket: typeof WebSocket,
    state: { mode: 'up' | 'down' | 'stalled'; received: number },
  ) {
    this.#state = state
    if (state.mode === 'down') {
      this.#socket = null
      queueMicrotask(() => this.drop())
      return
    }
    const socket = new Socket(url)
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => this.#pass(() => this.onopen?.())
    socket.onmessage = ({ data }) => {
      this.#state.received += data instanceof ArrayBuffer ? data.byteLength : String(data).length
      this.#pass(() => this.onmessage?.({ data }))
    }
    socket.onclose = ({ code, reason }) => this.#pass(() => this.onclose?.({ code, reason }))
    socket.onerror = () => this.#pass(() => this.onerror?.())
    this.#socket = socket
  }

  get readyState(): number {
    return this.#isDropped ? 3 : (this.#socket?.readyState ?? 3)
  }

  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0
  }

  send(data: Uint8Array): void {
    const bytes = data.slice()
    this.#pass(() => {
      if (this.#socket?.readyState === 1) this.#socket.send(bytes)
    })
  }

  close(code?: number, reason?: string): void {
    this.#socket?.close(code, reason)
  }

  /** The connection is gone for this end at once; the other end learns of it when its own end closes. */
  drop(): void {
    if (this.#isDropped) return
    this.#isDropped = true
    this.#held = []
    this.#socket?.close()
    this.onclose?.({ code: 1006, reason: '' })
  }

  flush(): void {
    const held = this.#held
    this.#held = []
    for (const deliver of held) deliver()
  }

  #pass(deliver: () => void): void {
    if (this.#isDropped) return
    if (this.#state.mode === 'stalled') this.#held.push(deliver)
    else deliver()
  }
}
