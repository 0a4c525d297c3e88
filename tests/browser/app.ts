import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import * as Y from 'yjs'
import { giveRole } from '../support/people.ts'
import { withClient } from '../support/postgres.ts'
import { type TcpProxy, tcpProxy } from '../support/proxy.ts'
import { type RunningServer, type StartServerOptions, startServer } from '../support/server.ts'
import { askShared } from '../support/shared.ts'
import { until } from '../support/until.ts'

/** The real server, serving the real build of the example app. */
export async function startApp(options: StartServerOptions = {}): Promise<RunningServer> {
  await askShared('web')
  return startServer(options)
}

interface Session {
  readonly token: string
  readonly user: { readonly id: string }
}

/** One person with a browser of their own, behind a network of their own. */
export interface Person {
  readonly context: BrowserContext
  readonly page: Page
  readonly origin: string
  /** What lies between this browser and the server. */
  readonly network: TcpProxy
  /** What the page printed or threw that it should not have. */
  readonly complaints: string[]
  signIn(name: string): Promise<void>
  /** Signed in without the page, for tests of something else; the next page that is opened knows them. With an account: a new one. */
  become(name: string, account?: { email: string; password: string }): Promise<void>
  createList(title: string): Promise<string>
  openList(listId: string): Promise<void>
  add(title: string): Promise<void>
  /** Adds with words that the quick add understands, and waits for the title that is left of them. */
  addWith(text: string, title: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  tick(title: string): Promise<void>
  remove(title: string): Promise<void>
  /** What the menu of a row offers, by its words or a part of them. */
  fromMenu(title: string, action: string): Promise<void>
  /** Items that are done are folded away, once they have been so for a moment. */
  openDone(): Promise<void>
  moveTo(title: string, end: 'top' | 'bottom'): Promise<void>
  /** Every open item of the list that is shown. */
  selectAll(): Promise<void>
  /** Titles of the items that are not in the trash, from top to bottom; what is done is unfolded for it. */
  titles(): Promise<string[]>
  status(): Promise<string>
  untilStatus(text: string): Promise<void>
  untilTitles(titles: readonly string[]): Promise<void>
  session(): Session
  goOffline(): Promise<void>
  goOnline(): Promise<void>
  leave(): Promise<void>
}

/**
 * A new person. They reach the server through a proxy, so that "offline" also ends the sockets that are open: what
 * Chromium emulates stops new requests only. The proxy's port is their origin, for as long as the test lasts.
 */
export async function newPerson(
  browser: Browser,
  server: RunningServer,
  options: BrowserContextOptions = {},
): Promise<Person> {
  return person(await browser.newContext(options), server)
}

/** With the `network` of before it is the same origin, and so the same device, in a browser that was started again. */
export async function person(
  context: BrowserContext,
  server: RunningServer,
  network?: TcpProxy,
): Promise<Person> {
  const proxy = network ?? (await tcpProxy({ host: '127.0.0.1', port: server.port }))
  const origin = `http://127.0.0.1:${proxy.port}`
  const page = await context.newPage()
  const complaints: string[] = []
  let session: Session | null = null
  // Shorter than a test may take, so that a failure says what was not there.
  context.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`))
  page.on('console', (message) => {
    // The browser itself reports every request that fails while offline; those are the network's words, not the page's.
    const isNetwork = /Failed to load resource|ERR_|WebSocket connection to/.test(message.text())
    if (message.type() === 'error' && !isNetwork) complaints.push(message.text())
  })
  const row = (title: string) => page.locator('.item', { hasText: title })

  const self: Person = {
    context,
    page,
    origin,
    network: proxy,
    complaints,
    signIn: async (name) => {
      await page.goto(origin)
      await page.getByLabel('Your name').fill(name)
      const answer = page.waitForResponse((response) => response.url().endsWith('/auth/guest-session'))
      await page.getByRole('button', { name: 'Start' }).click()
      session = (await (await answer).json()) as Session
      await page.getByRole('heading', { name: 'Lists' }).waitFor()
    },
    become: async (name, account) => {
      const post = async (path: string, data: object) => {
        const answer = await context.request.post(`${origin}/api/v1/auth/${path}`, { data })
        if (!answer.ok()) throw new Error(await answer.text())
        return answer.json()
      }
      if (account === undefined) session = (await post('guest-session', { name })) as Session
      else {
        await post('accounts/sign-up/email', { name, ...account })
        session = (await post('token', {})) as Session
      }
    },
    createList: async (title) => {
      await page.getByLabel('Name of the new list').fill(title)
      await page.getByRole('button', { name: 'Create' }).click()
      await page.getByLabel('New item').waitFor()
      return new URL(page.url()).pathname.split('/')[2] ?? ''
    },
    openList: async (listId) => {
      await page.goto(`${origin}/l/${listId}`)
    },
    add: async (title) => {
      await page.getByLabel('New item').fill(title)
      await page.getByLabel('New item').press('Enter')
      await row(title).waitFor()
    },
    addWith: async (text, title) => {
      await page.getByLabel('New item').fill(text)
      await page.locator('.chip').first().waitFor()
      await page.getByLabel('New item').press('Enter')
      await row(title).waitFor()
    },
    rename: async (from, to) => {
      await page.getByRole('button', { name: `Rename ${from}`, exact: true }).click()
      await page.getByLabel(`New name of ${from}`).fill(to)
      await page.getByLabel(`New name of ${from}`).press('Enter')
    },
    tick: (title) => page.getByRole('checkbox', { name: title, exact: true }).click(),
    remove: (title) => self.fromMenu(title, 'Delete'),
    fromMenu: async (title, action) => {
      const inRow = page
        .locator('.item')
        .filter({ has: page.getByRole('checkbox', { name: title, exact: true }) })
      await inRow.hover()
      await inRow.getByRole('button', { name: `More for ${title}`, exact: true }).click()
      await page.getByRole('menuitem', { name: action }).first().click()
    },
    openDone: async () => {
      const fold = page.getByRole('button', { name: /^Done \(/ })
      await fold.waitFor()
      if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click()
    },
    moveTo: (title, end) => self.fromMenu(title, `Move to ${end}`),
    selectAll: async () => {
      await page.locator('.item button.title').first().focus()
      await page.keyboard.press('Control+a')
    },
    titles: async () => {
      // Pressed by no hand: what has the focus keeps it.
      await page.evaluate(() =>
        document.querySelector<HTMLElement>('.done-head [aria-expanded="false"]')?.click(),
      )
      return page.locator('.item button.title').allTextContents()
    },
    status: async () => (await page.locator('output.status').textContent()) ?? '',
    untilStatus: (text) =>
      until(async () => (await self.status()).includes(text), {
        what: `status "${text}"`,
        timeoutMs: 20_000,
      }),
    untilTitles: (titles) =>
      until(async () => same(await self.titles(), titles), {
        what: `the titles ${titles.join(', ')}`,
        timeoutMs: 20_000,
      }).catch(async (error) => {
        throw new Error(`${(error as Error).message}; they are ${(await self.titles()).join(', ')}`)
      }),
    session: () => {
      if (session === null) throw new Error('Nobody has signed in')
      return session
    },
    goOffline: async () => {
      // A page opens without a network once its worker has it.
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
      proxy.dropNewConnections(true)
      proxy.cut()
      await context.setOffline(true)
    },
    goOnline: async () => {
      proxy.dropNewConnections(false)
      await context.setOffline(false)
    },
    leave: async () => {
      await context.close()
      await proxy.close()
    },
  }
  return self
}

/** Lets `other` edit the list that `owner` made. */
export async function share(
  server: RunningServer,
  owner: Person,
  other: Person,
  listId: string,
): Promise<void> {
  const grant = { listId, userId: other.session().user.id, role: 'editor' }
  await giveRole(server.url, owner.session().token, grant)
}

/** The list as PostgreSQL's log alone gives it: titles by id, without what is in the trash. */
export async function listInPostgres(databaseUrl: string, listId: string): Promise<string[]> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ data: Buffer }>('SELECT data FROM list_updates WHERE list_id = $1 ORDER BY seq', [listId]),
  )
  const doc = new Y.Doc()
  for (const { data } of rows) Y.applyUpdate(doc, data)
  const items = doc.getMap<unknown>('items')
  const latest = (id: string, field: string, born: unknown): unknown =>
    (items.get(`${id}/${field}`) as [unknown] | undefined)?.[0] ?? born
  const titles: string[] = []
  for (const [key, record] of items.entries()) {
    if (key.includes('/') || latest(key, 'deleted', false) === true) continue
    titles.push(String(latest(key, 'title', (record as { title: string }).title)))
  }
  return titles.sort()
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}
