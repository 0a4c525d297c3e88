import type { Environment, SocketLike } from '../connection/port.ts'
import { encodeFrame } from '../protocol/frames.ts'
import { PROTOCOL_NAME } from '../protocol/version.ts'
import { createExchange, type Exchange } from './exchange.ts'
import { PollingSocket } from './polling-socket.ts'
import { WatchedSocket } from './watched-socket.ts'

/** So many sockets in a row came to nothing while the same server answered HTTP. */
const MAX_FAILURES = 3
const PROBE_MS = 10_000
const TRIAL_MS = 10_000
const FIRST_TRIAL_MS = 30_000
const LONGEST_TRIAL_MS = 300_000
/** A restart: worth coming back at once. */
const MOVED = 1012

export interface FallbackOptions {
  /** The server, for example `https://lists.example.org`. */
  readonly url: string
  readonly fetch: typeof fetch
  readonly environment: Environment
}

export interface Fallback {
  /** The same, with sockets that fall back. */
  readonly environment: Environment
  /** The network may be another one: if WebSockets were blocked, find out whether they still are. */
  wake(): void
  close(): void
}

/**
 * Opens sockets, and where they are blocked something that looks like one and asks over HTTP.
 *
 *     sockets ──3 failures in a row, HTTP answers each time──▶ polling ──a trial socket is answered──▶ sockets
 *
 * A server that is down fails both ways, and is not mistaken for a blocked one.
 */
export function createFallback(options: FallbackOptions): Fallback {
  const { environment, url } = options
  const exchange: Exchange = createExchange({
    url,
    fetch: options.fetch,
    setTimer: (callback, ms) => environment.setTimer(callback, ms),
  })
  let failures = 0
  let polling: PollingSocket | null = null
  let socketUrl = ''
  let trials = 0
  let trial: SocketLike | null = null
  let stopTimer: (() => void) | null = null
  let isClosed = false

  const probe = async (): Promise<boolean> => {
    const { fetch: fetchIt } = options
    const late = new AbortController()
    const stop = environment.setTimer(() => late.abort(), PROBE_MS)
    try {
      const response = await fetchIt(`${url}/api/v1/auth/methods`, { signal: late.signal })
      // Who answers in the server's place, as hotels do, does not speak JSON.
      return response.status < 500 && (response.headers.get('content-type') ?? '').includes('json')
    } catch {
      // No answer, which is what false says.
      return false
    } finally {
      stop()
    }
  }

  const failed = (): void => {
    void probe().then((answers) => {
      failures = answers ? failures + 1 : 0
    })
  }
  const worked = (): void => {
    failures = 0
  }

  const rest = (): void => {
    stopTimer?.()
    stopTimer = null
    const ended = trial
    trial = null
    ended?.close()
  }

  const tryLater = (): void => {
    const full = Math.min(FIRST_TRIAL_MS * 2 ** trials, LONGEST_TRIAL_MS)
    trials += 1
    stopTimer = environment.setTimer(trySocket, full * (0.75 + environment.random() / 2))
  }

  /** A socket beside the polling one, to see whether the server answers on it. */
  const trySocket = (): void => {
    rest()
    const open = polling?.openList ?? null
    if (polling === null) return
    // Nothing to ask it about: then nobody waits for anything either.
    if (open === null) {
      tryLater()
      return
    }
    let socket: SocketLike
    try {
      socket = environment.openSocket(socketUrl)
    } catch {
      // The browser opens none: another failed trial.
      tryLater()
      return
    }
    trial = socket
    socket.binaryType = 'arraybuffer'
    const give = (works: boolean): void => {
      if (trial !== socket) return
      rest()
      if (!works) {
        tryLater()
        return
      }
      trials = 0
      failures = 0
      polling?.lose(MOVED, '')
    }
    socket.onerror = () => {}
    socket.onopen = () =>
      socket.send(encodeFrame(open.listId, { type: 'token', token: open.token, version: PROTOCOL_NAME }))
    socket.onmessage = () => give(true)
    socket.onclose = () => give(false)
    stopTimer = environment.setTimer(() => give(false), TRIAL_MS)
  }

  const poll = (): SocketLike => {
    const socket: PollingSocket = new PollingSocket({
      environment,
      exchange,
      probe,
      closed: () => {
        if (polling !== socket) return
        polling = null
        rest()
      },
    })
    polling = socket
    tryLater()
    return socket
  }

  const openSocket = (to: string): SocketLike => {
    socketUrl = to
    if (failures >= MAX_FAILURES && !isClosed) return poll()
    try {
      return new WatchedSocket(environment.openSocket(to), { now: () => environment.now(), worked, failed })
    } catch (error) {
      failed()
      throw error
    }
  }

  return {
    environment: {
      now: () => environment.now(),
      random: () => environment.random(),
      setTimer: (callback, ms) => environment.setTimer(callback, ms),
      openSocket,
    },
    wake: () => {
      if (polling === null || trial !== null) return
      trials = 0
      trySocket()
    },
    close: () => {
      isClosed = true
      rest()
    },
  }
}
