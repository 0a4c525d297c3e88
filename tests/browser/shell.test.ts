import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { newPerson } from './app.ts'
import { useApp } from './use-app.ts'

const app = useApp()

const path = (page: Page) => new URL(page.url()).pathname
/** What has focus, as a screen reader would begin: `h1 Settings`. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    return `${activeElement?.localName} ${activeElement?.getAttribute('aria-label') ?? activeElement?.textContent?.trim()}`
  })
const untilFocused = (page: Page, what: string) =>
  until(async () => (await focused(page)) === what, { what: `focus on "${what}"`, timeoutMs: 10_000 }).catch(
    async (error) => {
      throw new Error(`${(error as Error).message}; it is on "${await focused(page)}"`)
    },
  )
/** Its field is there with its code, a moment after the first press. */
async function inPalette(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Search and commands' }).waitFor()
  await page.keyboard.type(typed)
}
const untilTitle = (page: Page, title: string) =>
  until(async () => (await page.title()) === title, { what: `title ${title}`, timeoutMs: 10_000 })

it('[APP-11][APP-12] by keys alone: skip link, palette, letters, help; each page names the tab and takes focus to its heading, and Back finds its place', async () => {
  const ann = await newPerson(app.browser, app.server)
  const { page } = ann
  await ann.signIn('Ann')
  await untilTitle(page, 'Lists · Tandem')
  await ann.createList('Groceries')
  const list = path(page)

  // Single letters are letters while somebody types.
  await page.getByLabel('New item').focus()
  await page.keyboard.type('g t?')
  expect(path(page)).toBe(list)
  expect(await page.getByLabel('New item').inputValue()).toBe('g t?')
  await page.getByLabel('New item').fill('')

  await inPalette(page, 'sett')
  await page.getByRole('option', { name: 'Settings' }).waitFor()
  await page.keyboard.press('Enter')
  await untilFocused(page, 'h1 Settings')
  expect(path(page)).toBe('/settings')
  await untilTitle(page, 'Settings · Tandem')

  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await until(() => path(page) === '/today')
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await help.getByText('Go anywhere, do anything').waitFor()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
  // What the list can do, and what is in it, from anywhere.
  await inPalette(page, 'groc')
  await page.getByRole('option', { name: 'Groceries' }).waitFor()
  await page.keyboard.press('Enter')
  await until(() => path(page) === list)
  await ann.add('Oat milk')
  await inPalette(page, 'undo')
  await page.getByRole('option', { name: 'Undo: Add' }).waitFor()
  await page.keyboard.press('Enter')
  await ann.untilTitles([])
  await ann.add('Oat milk')
  await ann.untilStatus('Saved')

  await page.goto(`${ann.origin}/settings`)
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await page.keyboard.press('Tab')
  await untilFocused(page, 'a Skip to the content')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
  expect(await page.evaluate(() => location.hash)).toBe('')

  await inPalette(page, 'oat')
  await page.getByRole('option', { name: /Oat milk/ }).click()
  await until(() => path(page).startsWith(`${list}/i/`))
  await page.goto(`${ann.origin}/settings`)

  // Switched off, single letters do nothing, and the others still do.
  await page.getByLabel('Shortcuts of a single letter').uncheck()
  await page.getByRole('heading', { name: 'Settings' }).click()
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Search and commands' }).waitFor()
  await page.keyboard.press('Escape')
  expect(path(page)).toBe('/settings')

  await page.setViewportSize({ width: 800, height: 360 })
  // Narrower, the page is laid out anew, and scrolled only once it is.
  await page.getByRole('button', { name: 'Search and commands' }).waitFor()
  await until(() =>
    page.evaluate(() => {
      scrollTo(0, 150)
      return scrollY === 150
    }),
  )
  await page.getByRole('button', { name: 'Search and commands' }).click()
  await page.getByRole('option', { name: 'Trash' }).click()
  await until(async () => path(page) === '/trash' && (await page.evaluate(() => scrollY)) === 0)
  await page.goBack()
  await until(async () => path(page) === '/settings' && (await page.evaluate(() => scrollY)) === 150)
  expect(ann.complaints).toEqual([])
  await ann.leave()
})

it('[APP-13][APP-14] language and appearance: as the browser says, as chosen, in every tab, kept, and Arabic turns the page', async () => {
  const ann = await newPerson(app.browser, app.server, { locale: 'de-AT', colorScheme: 'dark' })
  const { page } = ann
  await page.goto(ann.origin)
  await page.getByLabel('Dein Name').fill('Ann')
  const look = (one: Page) =>
    one.evaluate(() => {
      const { lang, dir } = document.documentElement
      const [r = 0] = (/\d+/.exec(getComputedStyle(document.body).backgroundColor) ?? []).map(Number)
      return { lang, dir, isDark: r < 128 }
    })
  expect(await look(page)).toEqual({ lang: 'de', dir: 'ltr', isDark: true })
  await page.getByRole('button', { name: 'العربية' }).click()
  await page.getByRole('button', { name: 'ابدأ' }).waitFor()
  expect(await look(page)).toEqual({ lang: 'ar', dir: 'rtl', isDark: true })
  expect(await page.getByLabel('اسمك').inputValue()).toBe('Ann')
  await page.getByRole('button', { name: 'ابدأ' }).click()
  await page.locator('.side').waitFor()
  const side = await page.locator('.side').boundingBox()
  expect((side?.x ?? 0) + (side?.width ?? 0)).toBe(page.viewportSize()?.width)

  const other = await ann.context.newPage()
  await other.goto(`${ann.origin}/settings`)
  await untilTitle(other, 'الإعدادات · Tandem')
  await page.goto(`${ann.origin}/settings`)
  await page.getByLabel('Deutsch', { exact: true }).check()
  await page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
  await page.getByLabel('Hell', { exact: true }).check()
  expect(await look(page)).toEqual({ lang: 'de', dir: 'ltr', isDark: false })
  await other.getByRole('heading', { name: 'Einstellungen' }).waitFor()
  await until(async () => !(await look(other)).isDark)
  await page.reload()
  await page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
  expect(await look(page)).toEqual({ lang: 'de', dir: 'ltr', isDark: false })
  await page.getByLabel('Wie das Gerät').check()
  expect((await look(page)).isDark).toBe(true)
  expect(ann.complaints).toEqual([])
  await ann.leave()
})

it('[APP-15][APP-17] an address that leads nowhere says so; on a phone the sidebar is a drawer that takes focus and gives it back', async () => {
  const ann = await newPerson(app.browser, app.server, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  const { page } = ann
  await ann.signIn('Ann')
  await ann.createList('Groceries')
  await page.goto(`${ann.origin}/l/nonsense`)
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  await untilTitle(page, 'There is nothing here · Tandem')
  await page.getByRole('link', { name: 'To my lists' }).click()
  await untilFocused(page, 'h1 Lists')

  const opens = page.getByRole('button', { name: 'Open the sidebar' })
  await opens.click()
  const drawer = page.locator('.side')
  await until(() => drawer.evaluate((side) => side.contains(document.activeElement)))
  // What is behind cannot be reached.
  expect(await page.getByRole('main').evaluate((main) => main.closest('[inert]') !== null)).toBe(true)
  await page.keyboard.press('Escape')
  await untilFocused(page, 'button Open the sidebar')
  await opens.click()
  await drawer.getByRole('link', { name: 'Groceries' }).click()
  await until(() => path(page).startsWith('/l/'))
  await until(async () => !(await drawer.isVisible()))
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(ann.complaints).toEqual([])
  await ann.leave()
})

it('[APP-15] parts of the page that cannot be fetched take nothing else along: what nobody asked for stays away, what was asked for says so', async () => {
  const ann = await newPerson(app.browser, app.server, { serviceWorkers: 'block' })
  const { page } = ann
  await page.route(/assets\/(reminders|export)-/, (route) => route.abort())
  await ann.signIn('Ann')
  await ann.createList('Groceries')
  await page.getByRole('button', { name: 'More for this list' }).click()
  await page.getByRole('menuitem', { name: 'Export' }).click()
  await page.getByText('This part is not on this device yet.').waitFor()
  await ann.add('Milk')
  await ann.leave()
})
