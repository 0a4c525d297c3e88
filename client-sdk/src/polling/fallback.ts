import { Machine } from '../connection/machine.ts'
import type { Environment, SocketLike } from '../connection/port.ts'
import { createExchange } from './exchange.ts'
import {
  type FallbackEffect,
  type FallbackEvent,
  type FallbackPhase,
  initialFallback,
  transition,
} from './fallback-machine.ts'
import { PollingSocket } from './polling-socket.ts'
import { openTrial } from './trial.ts'
import { WatchedSocket } from './watched-socket.ts'

const PROBE_MS = 10_000
/** A restart, as the link sees it: worth coming back at once. */
const MOVED = 1012

export interface FallbackOptions {
  /** The server, for example `https://lists.example.org`. */
  readonly url: string
  readonly fetch: typeof fetch
  readonly environment: Environment
}

export interface Fallback {
  /** The same environment, with sockets that fall back. */
  readonly environment: Environment
  /** The network may be another one: if WebSockets were blocked, find out whether they still are. */
  wake(): void
  close(): void
}

/** Opens sockets, and where they are blocked something that looks like one and asks over HTTP. */
export function createFallback(options: FallbackOptions): Fallback {
  return new SocketFallback(options)
}

class SocketFallback implements Fallback {
  readonly environment: Environment
  readonly #options: FallbackOptions
  readonly #machine: Machine<FallbackPhase, FallbackEvent, FallbackEffect>
  #polling: PollingSocket | null = null
  #trial: { close(): void } | null = null
  #socketUrl = ''
  #stopTimer: (() => void) | null = null

  constructor(options: FallbackOptions) {
    this.#options = options
    const { environment } = options
    this.environment = {
      now: () => environment.now(),
      random: () => environment.random(),
      setTimer: (callback, ms) => environment.setTimer(callback, ms),
      openSocket: (url) => this.#open(url),
    }
    this.#machine = new Machine(initialFallback, transition, {
      run: (effect) => this.#run(effect),
      changed: () => {},
    })
  }

  wake(): void {
    if (this.#polling?.openList != null) this.#machine.dispatch({ type: 'wake' })
  }

  close(): void {
    this.#machine.dispatch({ type: 'close' })
  }

  #open(url: string): SocketLike {
    this.#socketUrl = url
    const { state } = this.#machine.state
    if (state === 'polling' || state === 'trying') return this.#poll()
    const failed = (): void => {
      // Never rejects.
      void this.#probe().then((answersHttp) => this.#machine.dispatch({ type: 'failed', answersHttp }))
    }
    try {
      return new WatchedSocket(this.#options.environment.openSocket(url), {
        now: this.environment.now,
        worked: () => this.#machine.dispatch({ type: 'worked' }),
        failed,
      })
    } catch (error) {
      failed()
      throw error
    }
  }

  #poll(): SocketLike {
    const { url, fetch: fetchIt } = this.#options
    const socket: PollingSocket = new PollingSocket({
      environment: this.environment,
      exchange: createExchange({ url, fetch: fetchIt, setTimer: this.environment.setTimer }),
      probe: () => this.#probe(),
      closed: () => {
        if (this.#polling !== socket) return
        this.#polling = null
        this.#machine.dispatch({ type: 'ended' })
      },
    })
    this.#polling = socket
    this.#machine.dispatch({ type: 'opened', random: this.environment.random() })
    return socket
  }

  /** Whether the server answers HTTP. Who answers in its place, as hotels do, does not speak JSON. */
  async #probe(): Promise<boolean> {
    const { url, fetch: fetchIt } = this.#options
    const late = new AbortController()
    const stop = this.environment.setTimer(() => late.abort(), PROBE_MS)
    try {
      const response = await fetchIt(`${url}/api/v1/auth/methods`, { signal: late.signal })
      return response.status < 500 && (response.headers.get('content-type') ?? '').includes('json')
    } catch {
      // No answer, which is what false says.
      return false
    } finally {
      stop()
    }
  }

  #run(effect: FallbackEffect): void {
    switch (effect.type) {
      case 'open-trial':
        this.#try()
        return
      case 'close-trial':
        this.#trial?.close()
        this.#trial = null
        return
      case 'move':
        this.#polling?.lose(MOVED, '')
        return
      case 'set-timer':
        this.#stopTimer?.()
        this.#stopTimer = this.environment.setTimer(
          () => this.#machine.dispatch({ type: 'timer' }),
          effect.ms,
        )
        return
      case 'clear-timer':
        this.#stopTimer?.()
        this.#stopTimer = null
        return
    }
  }

  #try(): void {
    const result = (isAnswered: boolean): void =>
      this.#machine.dispatch({ type: 'trial', isAnswered, random: this.environment.random() })
    const open = this.#polling?.openList ?? null
    if (open === null) {
      // Nothing to ask the server about: then nobody waits for anything either.
      result(false)
      return
    }
    const { environment } = this.#options
    this.#trial = openTrial({ environment, url: this.#socketUrl, open, result })
  }
}
