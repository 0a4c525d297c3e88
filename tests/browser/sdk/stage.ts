import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchChromiumProfile } from '../../support/chromium.ts'
import { createList, type Guest, guest } from '../../support/people.ts'
import { type TcpProxy, tcpProxy } from '../../support/proxy.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import type {} from './page/lab.ts'
import { type PageServer, servePage } from './page-server.ts'
import { openTab, type Tab } from './tab.ts'

/** One person's browser on one device, and the network between it and the server. */
export interface Device {
  readonly person: Guest
  readonly listId: string
  /** The pages' origin. */
  readonly origin: string
  /** The server as these pages see it. */
  readonly url: string
  readonly network: TcpProxy
  /** Ends what is open and refuses what comes: the server cannot be reached. */
  goOffline(): void
  goOnline(): void
  /** A page that shows the list. */
  open(options?: OpenOptions): Promise<Tab>
}

export interface OpenOptions {
  /** Null: no token can be had. */
  readonly token?: string | null
  readonly listId?: string
  readonly url?: string
  /** The page cannot open its storage until `heal`. */
  readonly isStorageLocked?: boolean
  /** Default: this device's own. */
  readonly origin?: string
  readonly quotaBytes?: number
}

export interface Stage {
  readonly server: RunningServer
  readonly databaseUrl: string
  readonly context: BrowserContext
  /** What pages threw, left unhandled or printed as an error; empty after every test. */
  readonly complaints: string[]
  /** Of a device nobody has used, without a person. */
  newOrigin(): string
  /** A new person with a new list, on a device of their own. */
  device(items?: readonly string[]): Promise<Device>
  /** SIGKILLs every process of the browser and starts it again on the same profile. */
  killBrowser(): Promise<void>
}

/**
 * The real server on real PostgreSQL, and a real browser with a profile on disk, for all tests of one file. After each
 * test, whatever it did to storage, network and server, no page may have thrown anything.
 */
export function useStage(script: string): Stage {
  const complaints: string[] = []
  const proxies: TcpProxy[] = []
  let server: RunningServer
  let pages: PageServer
  let context: BrowserContext
  let profile: string

  const launch = async (): Promise<void> => {
    context = await launchChromiumProfile(profile)
    // Shorter than a test may take, so that a failure says what was not there.
    context.setDefaultTimeout(30_000)
    complain(context, complaints)
  }

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'tandem-profile-'))
    const started = await Promise.all([
      startServer({ env: { CORS_ORIGINS: '*' } }),
      servePage(script),
      launch(),
    ])
    ;[server, pages] = started
  })
  afterEach(async () => {
    for (const page of context.pages()) if (page.url() !== 'about:blank') await page.close()
    for (const proxy of proxies.splice(0)) await proxy.close()
    expect(complaints.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await context?.close()
    await pages?.close()
    await server?.stop()
    await rm(profile, { recursive: true, force: true })
  })

  return {
    get server() {
      return server
    },
    get databaseUrl() {
      if (server.databaseUrl === null) throw new Error('The server runs a database of its own')
      return server.databaseUrl
    },
    get context() {
      return context
    },
    complaints,
    newOrigin: () => pages.newOrigin(),
    device: async (items = []) => {
      const person = await guest(server.url, 'Anna')
      const { id: listId } = await createList(server.url, person.token, { title: 'Groceries' })
      const network = await tcpProxy({ host: '127.0.0.1', port: server.port })
      proxies.push(network)
      const origin = pages.newOrigin()
      const url = `http://127.0.0.1:${network.port}`
      const open: Device['open'] = ({ token = person.token, ...other } = {}) =>
        openTab(context, { origin, url, listId, ...other, ...(token === null ? {} : { token }) })
      const device: Device = {
        person,
        listId,
        origin,
        url,
        network,
        goOffline: () => {
          network.dropNewConnections(true)
          network.cut()
        },
        goOnline: () => network.dropNewConnections(false),
        open,
      }
      if (items.length > 0) {
        const tab = await open()
        await tab.page.evaluate((titles) => void window.lab.list.items.addMany(titles), items)
        await tab.untilState('synced')
        await tab.leave()
      }
      return device
    },
    killBrowser: async () => {
      await killBrowser(context)
      await launch()
    },
  }
}

/** Uncaught errors and unhandled rejections of every page, now and later, and what pages print as errors. */
function complain(context: BrowserContext, complaints: string[]): void {
  context.on('weberror', (error) => complaints.push(`thrown: ${error.error().message}`))
  context.on('console', (message) => {
    // The browser itself reports every request that fails while offline; those are the network's words, not the page's.
    const isNetwork = /Failed to load resource|ERR_|WebSocket connection to|CORS policy/.test(message.text())
    if (message.type() === 'error' && !isNetwork) complaints.push(`printed: ${message.text()}`)
  })
}

/** As the system does when memory runs out: no goodbye, no flush. */
async function killBrowser(context: BrowserContext): Promise<void> {
  const browser = context.browser()
  if (browser === null) throw new Error('This context has no browser to kill')
  const isGone = new Promise((resolve) => browser.once('disconnected', resolve))
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  for (const { id } of processInfo) process.kill(id, 'SIGKILL')
  await isGone
}
