import type { Environment, SocketLike } from './connection/port.ts'

/** The longest delay a timer takes; beyond it browsers and Node fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1

/**
 * Time, chance and sockets of the browser or Node this runs in: the only place of the SDK that touches them.
 *
 * Nothing is looked up at import, so that the SDK can be imported where there is no WebSocket (server rendering).
 */
export function createEnvironment(o: { WebSocket?: typeof WebSocket } = {}): Environment {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    setTimer: (callback, ms) => {
      const timer = setTimeout(callback, Math.min(Math.max(ms, 0), MAX_TIMER_MS))
      return () => clearTimeout(timer)
    },
    openSocket: (url) => {
      const Socket = o.WebSocket ?? globalThis.WebSocket
      // The DOM types name event objects we only read two fields of.
      return new Socket(url) as unknown as SocketLike
    },
  }
}
