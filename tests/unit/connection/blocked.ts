import { createLink } from '../../../client-sdk/src/connection/link.ts'
import type { Link } from '../../../client-sdk/src/connection/port.ts'
import { createFallback, type Fallback } from '../../../client-sdk/src/polling/fallback.ts'
import { FakeEnvironment, FakeSocket, settle } from './fake-environment.ts'
import { FakeHttp } from './fake-http.ts'
import { TestHost } from './test-host.ts'

export interface Blocked {
  readonly environment: FakeEnvironment
  readonly http: FakeHttp
  readonly link: Link
  readonly fallback: Fallback
  /** Sockets that were tried so far. */
  readonly sockets: FakeSocket[]
  readonly asked: string[]
  /** What becomes of a new socket; by default it is refused at once. */
  network: (socket: FakeSocket) => void
  open(listId: string): TestHost
  /** Lets time pass until the link polls and the lists are live. */
  goLive(): Promise<void>
  /** Time passes, in steps small enough for requests to be answered in between. */
  pass(ms: number): Promise<void>
}

/** A link behind a network that passes HTTP and no WebSockets. */
export function blocked(
  o: { random?: () => number; getToken?: (why: string) => string | null } = {},
): Blocked {
  const http = new FakeHttp()
  const sockets: FakeSocket[] = []
  const asked: string[] = []
  const hosts: TestHost[] = []
  const made = {
    network: (socket: FakeSocket): void => queueMicrotask(() => socket.drop()),
  }
  const environment = new FakeEnvironment({
    ...(o.random === undefined ? {} : { random: o.random }),
    openSocket: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      made.network(socket)
      return socket
    },
  })
  const fallback = createFallback({ url: 'https://lists.example', fetch: http.fetch, environment })
  const link = createLink({
    url: 'wss://lists.example/sync',
    environment: fallback.environment,
    getToken: (why) => {
      asked.push(why)
      return o.getToken === undefined ? `${why}-${asked.length}` : o.getToken(why)
    },
  })
  const pass = async (ms: number): Promise<void> => {
    const step = 100
    for (let passed = 0; passed < ms; passed += step) {
      await environment.advance(Math.min(step, ms - passed))
      await requestsAnswered()
    }
  }
  return Object.assign(made, {
    environment,
    http,
    link,
    fallback,
    sockets,
    asked,
    pass,
    open: (listId: string) => {
      const host = new TestHost()
      host.channel = link.open(listId, host)
      hosts.push(host)
      return host
    },
    goLive: async () => {
      for (let i = 0; i < 600 && !hosts.every((host) => host.state === 'live'); i++) await pass(100)
      if (!hosts.every((host) => host.state === 'live'))
        throw new Error('the lists do not go live by polling')
    },
  })
}

/** Bodies of responses are read on real ticks, whatever the clock of the test says. */
async function requestsAnswered(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setImmediate(resolve))
    await settle()
  }
}
