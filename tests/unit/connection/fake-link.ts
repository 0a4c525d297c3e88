import { createLink, type LinkOptions } from '../../../client-sdk/src/connection/link.ts'
import type { Link } from '../../../client-sdk/src/connection/port.ts'
import { FakeEnvironment, type FakeSocket, settle } from './fake-environment.ts'
import { TestHost } from './test-host.ts'

export interface FakeLink {
  readonly environment: FakeEnvironment
  readonly link: Link
  readonly errors: unknown[]
  readonly asked: string[]
  open(listId: string): TestHost
  /** Accepts the newest socket and plays each open list to live. */
  goLive(): Promise<FakeSocket>
}

/** A link whose server, clock and chance are the test. */
export function fakeLink(
  o: Partial<LinkOptions> & { environment?: FakeEnvironment; token?: () => string | null } = {},
): FakeLink {
  const environment = o.environment ?? new FakeEnvironment()
  const errors: unknown[] = []
  const asked: string[] = []
  const link = createLink({
    url: 'wss://lists.example/sync',
    environment,
    getToken:
      o.getToken ??
      ((why) => {
        asked.push(why)
        return `${why}-${asked.length}`
      }),
    onError: (error) => errors.push(error),
    ...(o.maxJoins === undefined ? {} : { maxJoins: o.maxJoins }),
  })
  const lists: string[] = []
  return {
    environment,
    link,
    errors,
    asked,
    open: (listId) => {
      const host = new TestHost()
      host.channel = link.open(listId, host)
      lists.push(listId)
      return host
    },
    goLive: async () => {
      await settle()
      const { socket } = environment
      socket.accept()
      for (const listId of lists) socket.welcome(listId)
      await settle()
      return socket
    },
  }
}
