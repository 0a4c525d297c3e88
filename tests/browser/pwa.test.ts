import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeServiceWorkerFiles } from '../../examples/web/service-worker-files.ts'
import { launchChromium } from '../support/chromium.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { askShared } from '../support/shared.ts'
import { until } from '../support/until.ts'
import { newPerson, type Person } from './app.ts'
import { holdAnswers } from './held-socket.ts'

const BUILT = process.env['WEB_DIR'] ?? new URL('../../examples/web/dist', import.meta.url).pathname
/** A file of the first build alone, as chunks of an old page are. */
const OLD_CHUNK = '/assets/old-page-AbCd1234.js'

let folder: string
let server: RunningServer
let browser: Browser
let anna: Person

/** A server that serves a copy of the build, which the tests replace by others. */
beforeAll(async () => {
  await askShared('web')
  folder = await mkdtemp(join(tmpdir(), 'tandem-web-'))
  await cp(BUILT, folder, { recursive: true })
  await writeFile(join(folder, OLD_CHUNK), 'export const isOld = true\n')
  writeServiceWorkerFiles(folder)
  server = await startServer({ env: { WEB_DIR: folder } })
  browser = await launchChromium()
  anna = await newPerson(browser, server)
})
afterAll(async () => {
  expect(anna?.complaints).toEqual([])
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Manifest {
  readonly icons: readonly { src: string; sizes: string; type: string; purpose: string }[]
}

const isInCharge = (page: Page): Promise<boolean> =>
  page.evaluate(() => navigator.serviceWorker.controller !== null)

async function release(change: (html: string) => string): Promise<void> {
  const index = join(folder, 'index.html')
  await writeFile(index, change(await readFile(index, 'utf8')))
  writeServiceWorkerFiles(folder)
}

/**
 * Until all that a page loads ahead is there and nothing is under way. While a test looks into a browser, Chromium does not stop a worker
 * that makes way for the next one, and what the page asks of it in that very moment is never answered.
 */
async function untilCalm(pages: readonly Page[], underWay: ReadonlySet<unknown>): Promise<void> {
  const hasLoadedAhead = (page: Page) =>
    page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /\/help-/.test(name)))
  for (const page of pages) await until(() => hasLoadedAhead(page), { what: 'the last part loaded ahead' })
  await until(() => underWay.size === 0, { what: 'all requests to be answered' })
}

function requestsOf(context: BrowserContext): ReadonlySet<unknown> {
  const underWay = new Set<unknown>()
  context.on('request', (request) => underWay.add(request))
  for (const end of ['requestfinished', 'requestfailed'] as const)
    context.on(end as 'requestfinished', (request) => underWay.delete(request))
  return underWay
}

const lookForNews = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
    const installing = registration.installing
    if (installing === null) return 'nothing new'
    return new Promise<string>((resolve) => {
      installing.addEventListener('statechange', () => {
        if (installing.state !== 'installing') resolve(installing.state)
      })
    })
  })

it('[APP-64][A6.10] opened without a network: the list answers, and so does all that is loaded only when it is wanted', async () => {
  await anna.signIn('Anna')
  const listId = await anna.createList('Groceries')
  await anna.add('Milk')
  await anna.untilStatus('Saved')
  await until(() => isInCharge(anna.page))
  await anna.goOffline()
  const startedAt = Date.now()
  await anna.openList(listId)
  await anna.page.getByRole('checkbox', { name: 'Milk' }).waitFor()
  console.info(`an interactive list ${Date.now() - startedAt} ms after the address was opened, offline`)
  await anna.add('Bread')
  await anna.untilTitles(['Milk', 'Bread'])
  await anna.untilStatus('Offline · 1 change kept on this device')

  await anna.page.getByRole('button', { name: /^(Share|People)$/ }).click()
  await anna.page.getByRole('dialog').getByText('You are offline.').waitFor()
  await anna.page.keyboard.press('Escape')
  await anna.page.locator('output.status button').click()
  await anna.page.getByRole('dialog', { name: 'What is saved' }).waitFor()
  await anna.page.goto(`${anna.origin}/settings`)
  await anna.page.getByRole('heading', { name: 'Settings' }).first().waitFor()
  await anna.goOnline()
})

it('[APP-65][APP-10] what is cached is every file of the build and nothing else: no answer of the API, which is not there without a network', async () => {
  await anna.openList(await newListOf(anna))
  const cached = await anna.page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const requests = await Promise.all(caches_.map((cache) => cache.keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const expected = files.filter((file) => file.isFile() && file.name !== 'sw.js')
  const paths = expected.map((file) => join(file.parentPath, file.name).slice(folder.length))
  // And which build is in charge, for the next one to know.
  expect(cached.sort()).toEqual([...paths, '/build-in-charge'].sort())
  const ask = () =>
    anna.page.evaluate(() =>
      fetch('/api/v1/auth/methods').then(
        ({ status }) => status,
        () => 'no answer',
      ),
    )
  expect(await ask()).toBe(200)
  await anna.goOffline()
  expect(await ask()).toBe('no answer')
  await anna.goOnline()
})

it('[APP-66] a new build is offered whole, never in front of an edit that waits; all tabs move to it, none while somebody types, and the old page keeps its files', async () => {
  const { page, context, origin } = anna
  const socket = await holdAnswers(page)
  const listId = await newListOf(anna)
  const underWay = requestsOf(context)
  await anna.openList(listId)
  await anna.untilStatus('Saved')
  const other = await context.newPage()
  await other.goto(`${origin}/l/${listId}`)
  await other.getByLabel('New item').fill('half a thou')
  const version = (of: Page) => of.evaluate(() => document.documentElement.dataset['build'])

  // One file of it is another than the list says: somebody is just copying the build.
  await release((html) => html.replace('<html ', '<html data-build="2" '))
  const index = join(folder, 'index.html')
  const whole = await readFile(index, 'utf8')
  await writeFile(index, `${whole}<!-- half -->`)
  expect(await lookForNews(page)).toBe('redundant')
  expect(await page.getByText('A new version').count()).toBe(0)

  await writeFile(index, whole)
  await rm(join(folder, OLD_CHUNK))
  writeServiceWorkerFiles(folder)
  socket.hold()
  await anna.add('Milk')
  expect(await lookForNews(page)).toBe('installed')
  await page.getByText('A new version is ready after your 1 change is saved.').waitFor()
  expect(await page.getByRole('button', { name: 'Reload' }).count()).toBe(0)
  socket.release()
  await page.getByText('A new version is ready.').waitFor()
  expect(await version(page)).toBeUndefined()
  await untilCalm([page, other], underWay)
  await page.getByRole('button', { name: 'Reload' }).click()
  await until(async () => (await version(page).catch(() => undefined)) === '2')

  await other.getByText('A new version is ready.').waitFor()
  expect([await version(other), await other.getByLabel('New item').inputValue()]).toEqual([
    undefined,
    'half a thou',
  ])
  const old = await other.evaluate((path) => fetch(path).then(({ status }) => status), OLD_CHUNK)
  expect(old).toBe(200)
  await other.getByLabel('New item').fill('')
  await until(async () => (await version(other).catch(() => undefined)) === '2')
  await other.close()
})

it('[APP-64] what a browser asks of an app that can be installed is there: name, start, own window, and icons of the sizes they say', async () => {
  const session = await anna.context.newCDPSession(anna.page)
  const { errors, data } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const manifest = JSON.parse(data ?? '{}') as Manifest
  expect(manifest).toMatchObject({ name: 'Tandem', start_url: '/', display: 'standalone' })
  expect(await isInCharge(anna.page)).toBe(true)
  const pngs = manifest.icons.filter(({ type, purpose }) => type === 'image/png' && purpose === 'any')
  expect(pngs.map(({ sizes }) => sizes)).toEqual(['192x192', '512x512'])
  for (const { src, sizes } of manifest.icons.filter(({ sizes }) => sizes !== 'any')) {
    const size = await anna.page.evaluate(async (url) => {
      const image = await createImageBitmap(await (await fetch(url)).blob())
      return `${image.width}x${image.height}`
    }, src)
    expect(size).toBe(sizes)
  }
  expect(new Set(manifest.icons.map(({ purpose }) => purpose))).toEqual(new Set(['any', 'maskable']))
})

async function newListOf(person: Person): Promise<string> {
  await person.page.goto(person.origin)
  const id = await person.createList('Another')
  await person.untilStatus('Saved')
  return id
}

it('[APP-66] a page that the server takes no more says so and what becomes of what waits; exported and loaded again, what waited is sent', async () => {
  const { page } = anna
  const socket = await holdAnswers(page)
  const listId = await newListOf(anna)
  await anna.openList(listId)
  await anna.untilStatus('Saved')
  socket.hold()
  await anna.add('Milk')
  await anna.untilStatus('Saving…')
  socket.end(4426, 'This client is too old.')
  await page.getByText('This page is too old for the server. 1 change waits;').waitFor()
  const download = page.waitForEvent('download')
  await release((html) => html.replace('<html data-build="2" ', '<html data-build="3" '))
  await page.getByRole('button', { name: 'Export and reload' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain('Milk')
  socket.release()
  await anna.untilTitles(['Milk'])
  await anna.untilStatus('Saved')
})

it('[APP-64] installing is offered to who comes back, with the reason where a phone does not prompt, and not again after a no', async () => {
  const back = await newPerson(browser, server)
  await back.page.addInitScript(() => Object.assign(navigator, { standalone: false }))
  await back.signIn('Bea')
  const offer = back.page.getByText('Safari deletes what a site has stored after seven days')
  expect(await offer.count()).toBe(0)
  await back.page.evaluate(() => sessionStorage.clear())
  await back.page.reload()
  await offer.waitFor()
  await back.page.getByRole('button', { name: 'Not now' }).click()
  await offer.waitFor({ state: 'detached' })
  await back.page.reload()
  await back.page.getByRole('heading', { name: 'Lists' }).waitFor()
  expect(await offer.count()).toBe(0)
  expect(back.complaints).toEqual([])
  await back.leave()
})
