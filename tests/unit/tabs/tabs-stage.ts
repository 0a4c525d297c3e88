import { createLink } from '../../../client-sdk/src/connection/link.ts'
import { HANDED_ON } from '../../../client-sdk/src/connection/own-codes.ts'
import type { Link } from '../../../client-sdk/src/connection/port.ts'
import { shareSockets } from '../../../client-sdk/src/tabs/share-sockets.ts'
import type { TabLocks } from '../../../client-sdk/src/tabs/sharing-port.ts'
import { FakeEnvironment } from '../connection/fake-environment.ts'
import { TestHost } from '../connection/test-host.ts'
import { FakeBrowser, type FakeTab } from './fake-browser.ts'
import { FakeSyncServer } from './fake-sync-server.ts'

export const LIST = '11111111-1111-4111-8111-111111111111'

/** One tab with an app in it that has one list open. */
export interface App {
  readonly tab: FakeTab
  readonly link: Link
  readonly host: TestHost
  readonly codes: number[]
  /** What it wrote, oldest first. */
  readonly wrote: string[]
  /** As `client.close()` does. */
  close(): void
  edit(): string
}

export interface TabsStage {
  readonly clock: FakeEnvironment
  readonly server: FakeSyncServer
  readonly browser: FakeBrowser
  readonly errors: unknown[]
  open(options?: { whose?: string; token?: string; locks?: TabLocks }): App
  live(...apps: App[]): boolean
  /** Lets time pass until it holds; false when it never does. */
  until(condition: () => boolean, withinMs?: number): Promise<boolean>
}

export function tabsStage(random: () => number, lagMs = 3): TabsStage {
  const clock = new FakeEnvironment({ random })
  const server = new FakeSyncServer(clock, random)
  const browser = new FakeBrowser({ clock, random, lagMs, openSocket: (tab) => server.connect(tab) })
  const errors: unknown[] = []
  let edits = 0
  return {
    clock,
    server,
    browser,
    errors,
    open: ({ whose = 'anna', token = 'good', locks } = {}) => {
      const tab = browser.open()
      const sharing = { ...tab.sharing, locks: locks ?? tab.sharing.locks }
      const shared = shareSockets({ environment: tab.environment, sharing, whose: () => whose })
      const codes: number[] = []
      const link = createLink({
        url: 'wss://lists.example/sync',
        environment: {
          ...shared.environment,
          openSocket: (url) => listening(shared.environment.openSocket(url), codes),
        },
        getToken: () => token,
        onError: (error) => errors.push(error),
      })
      const host = new TestHost()
      const app: App = {
        tab,
        link,
        host,
        codes,
        wrote: [],
        close: () => {
          link.close()
          shared.close()
        },
        edit: () => {
          const key = `edit-${++edits}`
          app.wrote.push(key)
          host.write(key)
          return key
        },
      }
      host.channel = link.open(LIST, host)
      return app
    },
    live: (...apps) => apps.every(({ host }) => host.state === 'live' && host.ackedUpTo >= host.written),
    until: async (condition, withinMs = 120_000) => {
      for (let passedMs = 0; passedMs < withinMs; passedMs += 20) {
        if (condition()) return true
        await clock.advance(20)
      }
      return condition()
    },
  }
}

/** Notes with which codes the link's sockets end; `HANDED_ON` is what it is to take lightly. */
function listening(socket: ReturnType<FakeTab['environment']['openSocket']>, codes: number[]) {
  return new Proxy(socket, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
    set: (target, name, value) => {
      const heard =
        name === 'onclose' && typeof value === 'function'
          ? (event: { code: number }) => {
              codes.push(event.code)
              value(event)
            }
          : value
      return Reflect.set(target, name, heard, target)
    },
  })
}

export { HANDED_ON }
