import type { Environment } from '../connection/port.ts'
import { SharedSockets } from './shared-sockets.ts'
import type { TabSharing } from './sharing-port.ts'

export interface ShareSocketsOptions {
  readonly environment: Environment
  /** Null: every tab for itself. */
  readonly sharing: TabSharing | null
  /** Server and person; null while nobody is known. */
  readonly whose: () => string | null
}

/** The same environment, with sockets that the tabs of one person in a browser share. Needs to be closed. */
export function shareSockets({ environment, sharing, whose }: ShareSocketsOptions): {
  readonly environment: Environment
  close(): void
} {
  if (sharing === null) return { environment, close: () => {} }
  // One: a client has one person, and one address for its sockets.
  let sockets: SharedSockets | null = null
  return {
    environment: {
      now: () => environment.now(),
      random: () => environment.random(),
      setTimer: (callback, ms) => environment.setTimer(callback, ms),
      openSocket: (url) => {
        const name = whose()
        if (name === null) return environment.openSocket(url)
        sockets ??= new SharedSockets({ environment, sharing, url, whose: name })
        return sockets.open()
      },
    },
    close: () => sockets?.close(),
  }
}
