import { createLink, type LinkOptions } from '../../../client-sdk/src/connection/link.ts'
import type { Environment, Link } from '../../../client-sdk/src/connection/port.ts'
import { createEnvironment } from '../../../client-sdk/src/environment.ts'
import { type TcpProxy, tcpProxy } from '../../support/proxy.ts'
import { type StockServer, stockServer } from './hocuspocus-server.ts'
import { TestHost } from './test-host.ts'

/** Real sockets and clock; everything made is torn down by `end`. */
export class RealWorld {
  readonly #cleanups: (() => unknown)[] = []

  async server(...args: Parameters<typeof stockServer>): Promise<StockServer> {
    const server = await stockServer(...args)
    this.#cleanups.push(() => server.close())
    return server
  }

  async proxy(server: StockServer): Promise<TcpProxy & { url: string }> {
    const proxy = await tcpProxy({ host: '127.0.0.1', port: server.port })
    this.#cleanups.push(() => proxy.close())
    return Object.assign(proxy, { url: `ws://127.0.0.1:${proxy.port}/sync` })
  }

  link(url: string, o: Partial<LinkOptions> = {}): Link {
    const link = createLink({ url, getToken: () => 'token', environment: hastyEnvironment(), ...o })
    this.#cleanups.push(() => link.close())
    return link
  }

  open(link: Link, listId: string, host = new TestHost()): TestHost {
    host.channel = link.open(listId, host)
    this.#cleanups.push(() => host.destroy())
    return host
  }

  async end(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0).reverse()) await cleanup()
  }
}

/** The real world with waits twenty times shorter, so that a test of reconnects takes milliseconds. */
export function hastyEnvironment(): Environment {
  const real = createEnvironment()
  return { ...real, setTimer: (callback, ms) => real.setTimer(callback, ms / 20) }
}
