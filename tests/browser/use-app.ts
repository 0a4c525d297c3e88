import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import type { RunningServer, StartServerOptions } from '../support/server.ts'
import { startApp } from './app.ts'

/** One server and one browser for all tests of a file. */
export function useApp(options: StartServerOptions = {}): {
  readonly server: RunningServer
  readonly browser: Browser
} {
  let server: RunningServer
  let browser: Browser
  beforeAll(async () => {
    ;[server, browser] = await Promise.all([startApp(options), launchChromium()])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })
  return {
    get server() {
      return server
    },
    get browser() {
      return browser
    },
  }
}
