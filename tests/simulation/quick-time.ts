import type { ClientOptions } from '@tandem/client-sdk'
import { createTestNetwork } from '@tandem/client-sdk/testing'

export type Environment = NonNullable<ClientOptions['environment']>

/** Reconnecting waits a second or more; here that second is 50 ms, so that a schedule with ten cuts is worth running. */
const FASTER = 20

/** Real sockets and real timers, with the client's waits shortened and its chance seeded. */
export function quickTime(random: () => number): Environment {
  const { openSocket } = createTestNetwork()
  return {
    now: () => Math.round(Date.now() + performance.now() * (FASTER - 1)),
    random,
    setTimer: (callback, ms) => {
      const timer = setTimeout(callback, ms / FASTER)
      return () => clearTimeout(timer)
    },
    openSocket,
  }
}
