import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { until } from '../../support/until.ts'
import type { LabOptions, Seen } from './page/lab.ts'

/** The status, without what cannot leave the page. */
export interface PlainStatus {
  readonly state: string
  readonly reason?: string
  readonly message?: string
  readonly pending?: number
  readonly stored?: boolean
}

/** One page that shows one list, driven from outside. */
export interface Tab {
  readonly page: Page
  readonly devtools: CDPSession
  /** Adds an item and returns in the same tick. */
  add(title: string): Promise<void>
  /** Clicks the box of an item, as a person does. */
  tick(title: string): Promise<void>
  titles(): Promise<string[]>
  /** Titles of the items that are done. */
  done(): Promise<string[]>
  status(): Promise<PlainStatus>
  seen(): Promise<readonly Seen[]>
  /** The content of the file with what is not on the server. */
  exported(): Promise<{ pending: readonly { label: string }[] }>
  /** What a person does who presses "try again". */
  retry(): Promise<void>
  untilState(state: string): Promise<void>
  untilStatus(wanted: PlainStatus, o?: { timeoutMs: number }): Promise<void>
  untilTitles(titles: readonly string[]): Promise<void>
  /** Closes the page as people do: without a word, whatever it was doing. */
  close(): Promise<void>
  /** Closes the client first, which finishes its writes: for tests about what comes after. */
  leave(): Promise<void>
}

export interface TabOptions extends LabOptions {
  readonly origin: string
  /** How much this origin may store. From the start, because Chromium remembers for half a minute how much room it found. */
  readonly quotaBytes?: number
}

export async function openTab(context: BrowserContext, o: TabOptions): Promise<Tab> {
  const { origin, quotaBytes, ...options } = o
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  if (quotaBytes !== undefined) {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: quotaBytes })
  }
  await page.goto(`${origin}/#${encodeURIComponent(JSON.stringify(options))}`)
  return tabOf(page, devtools)
}

function tabOf(page: Page, devtools: CDPSession): Tab {
  const status = (): Promise<PlainStatus> =>
    page.evaluate(() => JSON.parse(JSON.stringify(window.lab.list.status.getSnapshot())))
  const self: Tab = {
    page,
    devtools,
    status,
    add: (title) => page.evaluate((text) => void window.lab.list.items.add(text), title),
    tick: (title) => page.getByRole('checkbox', { name: title, exact: true }).click(),
    titles: () => page.locator('#items li').allInnerTexts(),
    done: async () => {
      const boxes = page.locator('#items input:checked')
      return boxes.evaluateAll((found) => found.map((box) => box.ariaLabel ?? ''))
    },
    seen: () => page.evaluate(() => window.lab.seen),
    exported: async () => JSON.parse(await page.evaluate(() => window.lab.list.exportPending().text())),
    retry: () =>
      page.evaluate(async () => {
        const found = window.lab.list.status.getSnapshot()
        if (found.state === 'attention') await found.retry()
      }),
    untilState: (state) => self.untilStatus({ state }),
    untilStatus: async (wanted, { timeoutMs } = { timeoutMs: 15_000 }) => {
      const fits = (found: PlainStatus) =>
        Object.entries(wanted).every(([name, value]) => found[name as keyof PlainStatus] === value)
      const what = `the status ${JSON.stringify(wanted)}`
      await until(async () => fits(await status()), { what, timeoutMs }).catch(async (error: unknown) => {
        throw new Error(`${String(error)}; it is ${JSON.stringify(await status())}`)
      })
    },
    untilTitles: async (titles) => {
      const wanted = JSON.stringify(titles)
      const fits = async () => JSON.stringify(await self.titles()) === wanted
      await until(fits, { what: `the titles ${wanted}`, timeoutMs: 15_000 }).catch(async (error: unknown) => {
        throw new Error(`${String(error)}; they are ${JSON.stringify(await self.titles())}`)
      })
    },
    close: () => page.close(),
    leave: async () => {
      await page.evaluate(() => window.lab.client.close())
      await page.close()
    },
  }
  return self
}
