import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from '../../support/chromium.ts'
import type { RunningServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { newPerson, startApp } from '../app.ts'
import { rowOf } from '../list-page.ts'
import { keysOn } from './focus.ts'

let server: RunningServer
let browser: Browser

beforeAll(async () => {
  server = await startApp()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

it('[APP-91] without a mouse: from signing in over a list, its items, what is due and who does it, to sharing and signing out; the focus is never lost or hidden', {
  timeout: 120_000,
}, async () => {
  // Narrow, as at 200 %: with the bar at the foot and a drawer.
  const anna = await newPerson(browser, server, {
    viewport: { width: 800, height: 560 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const { page } = anna
  const { press, type, at, tabTo, faults } = keysOn(page)
  const path = () => new URL(page.url()).pathname
  await page.goto(anna.origin)
  await page.getByRole('button', { name: 'Start' }).waitFor()
  await tabTo(/Your name/)
  await type('Anna')
  await press('Enter')
  await page.getByRole('heading', { name: 'Lists' }).waitFor()
  await tabTo('Name of the new list')
  await type('Groceries')
  await press('Enter')
  await page.getByLabel('New item').waitFor()
  await press('n')
  await at('New item')
  for (const title of ['Milk', 'Bread', 'Cheese', 'Soap']) {
    await type(title)
    await press('Enter')
    await rowOf(page, title).waitFor()
    await at('New item')
  }
  const listId = path().split('/')[2] ?? ''
  const more = Array.from({ length: 20 }, (_, one) => `More ${one}`)
  await page.evaluate((text) => navigator.clipboard.writeText(text), more.join('\n'))
  await press('Control+v')
  await at(/^Add 20 items/)
  await press('Enter')
  await rowOf(page, 'More 19').waitFor()
  await at('New item')

  await tabTo('Milk')
  await press('Space')
  await until(() => page.getByRole('checkbox', { name: 'Milk' }).isChecked())
  await press('u')
  await until(async () => !(await page.getByRole('checkbox', { name: 'Milk' }).isChecked()))
  await press('j', 'e')
  await at('New name of Bread')
  await type('Rye bread')
  await press('Enter')
  await at('Rye bread')
  await press('Alt+Shift+ArrowUp')
  await anna.untilTitles(['Rye bread', 'Milk', ...(await anna.titles()).slice(2)])
  await at('Rye bread')
  await press('a')
  await page.getByRole('option', { name: 'You' }).waitFor()
  await press('ArrowDown', 'Enter', 'Escape')
  await at('Rye bread')
  await press('Enter')
  await page.getByRole('dialog').getByLabel('Title', { exact: true }).waitFor()
  await tabTo('Tomorrow')
  await press('Enter')
  await press('Escape')
  await at('Rye bread')
  await rowOf(page, 'Rye bread').getByText('Tomorrow').first().waitFor()

  // Through all rows, while notices stand above the bar at the foot.
  await press('j', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Delete')
  await page.getByText('Deleted 3 items').waitFor()
  for (let row = 0; row < 20; row++) await press('j')
  await at('More 19')
  for (let row = 0; row < 20; row++) await press('k')
  await at('Rye bread')
  await press('Control+z')
  await rowOf(page, 'Milk').waitFor()
  await at('Rye bread')

  await press('/')
  await at('Search in all lists')
  await type('soap')
  await page.locator('mark').first().waitFor()
  await tabTo(/Soap.*Groceries/s)
  await press('Enter')
  await until(() => path().includes('/i/'))
  await page.getByRole('dialog').getByLabel('Title', { exact: true }).waitFor()
  await press('Escape')
  await until(() => !path().includes('/i/'))
  await at('Soap')
  await press('Control+k')
  await type('today')
  await page.getByRole('option', { name: 'Today' }).first().waitFor()
  await press('Enter')
  await until(() => path() === '/today')
  await press('Control+k')
  await type('groc')
  await page.getByRole('option', { name: 'Groceries' }).first().waitFor()
  await press('Enter')
  await until(() => path() === `/l/${listId}`)
  await tabTo('Share')
  await press('Enter')
  await page.getByRole('dialog').getByText('(you)').waitFor()
  await tabTo('Make a link')
  await press('Enter')
  await page.getByLabel('Address of the link').waitFor()
  await tabTo('Copy')
  await press('Enter', 'Escape')
  await at('Share')

  await press('g', 's')
  await at('Settings')
  await tabTo('Sign out')
  await press('Enter')
  await page.getByRole('alertdialog').waitFor()
  await tabTo('Sign out')
  await press('Enter')
  await page.getByRole('button', { name: 'Start' }).waitFor()
  expect(faults).toEqual([])
  expect(anna.complaints).toEqual([])
  await anna.leave()
})
