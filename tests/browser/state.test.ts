import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createList, giveRole, guest } from '../support/people.ts'
import { until } from '../support/until.ts'
import { newPerson, type Person, share } from './app.ts'
import { holdAnswers } from './held-socket.ts'
import { madeList } from './made-list.ts'
import { dialogOf } from './people-page.ts'
import { useApp } from './use-app.ts'

const app = useApp()
let anna: Person
beforeEach(async () => {
  anna = await newPerson(app.browser, app.server)
})
afterEach(async () => {
  // What a test breaks may say so.
  expect(anna.complaints.filter((one) => !one.includes(BROKEN))).toEqual([])
  await anna.leave()
})

/** What the broken disk of a test says. */
const BROKEN = 'The disk is broken.'

const panelOf = ({ page }: Person) => page.getByRole('dialog', { name: 'What is saved' })

async function openPanel({ page }: Person): Promise<void> {
  await page.locator('output.status button').click()
}

it('[APP-60][X-10] “Saved” waits for the server’s word that it is durable, and “Saving…” shows what takes longer than a moment', async () => {
  const socket = await holdAnswers(anna.page)
  await anna.become('Anna')
  await anna.openList(await madeList(app.server, anna, 'Groceries', ['Milk']))
  await anna.untilTitles(['Milk'])
  await anna.untilStatus('Saved')
  socket.hold()
  await anna.page.evaluate(measureFromEnterToSaving)
  await anna.add('Bread')
  await anna.untilStatus('Saving…')
  // It is on the server; what is missing is the acknowledgement.
  expect(await anna.status()).toBe('Saving…')
  const tookMs = await anna.page.evaluate(() => Number(document.documentElement.dataset['tookMs']))
  expect(tookMs).toBeGreaterThanOrEqual(395)
  socket.release()
  await anna.untilStatus('Saved')
})

/** Runs in the page: notes how long after the next Enter it says that it is saving. */
function measureFromEnterToSaving(): void {
  const { dataset } = document.documentElement
  let startedAt = Number.NaN
  document.addEventListener('keydown', () => (startedAt = performance.now()), { capture: true, once: true })
  new MutationObserver(() => {
    const isSaid = document.querySelector('output.status')?.textContent?.includes('Saving…') === true
    if (isSaid) dataset['tookMs'] ??= String(performance.now() - startedAt)
  }).observe(document.body, { childList: true, subtree: true, characterData: true })
}

it('[APP-61][F-15][X-10] offline: the words count what is kept; pressed, they say what waits in which list, export all of it, and try again', async () => {
  await anna.become('Anna')
  await anna.openList(await madeList(app.server, anna, 'Camping', ['Tent']))
  await anna.untilTitles(['Tent'])
  await anna.untilStatus('Saved')
  // What is loaded when it is wanted is on the device.
  await until(() => anna.page.evaluate(() => navigator.serviceWorker.controller !== null))
  await anna.page.getByRole('link', { name: 'Tandem' }).first().click()
  await anna.createList('Groceries')
  await anna.untilStatus('Saved')
  await anna.goOffline()
  await anna.untilStatus('Offline')
  await anna.add('Milk')
  await anna.add('Bread')
  await anna.untilStatus('Offline · 2 changes kept on this device')
  await anna.page.getByRole('link', { name: 'Tandem' }).first().click()
  await anna.page
    .getByRole('link', { name: /Camping/ })
    .first()
    .click()
  await anna.tick('Tent')
  await anna.untilStatus('Offline · 1 change kept on this device')

  await openPanel(anna)
  const panel = panelOf(anna)
  await panel.getByText('The server cannot be reached.').waitFor()
  await panel.getByText(/^Last confirmed by the server: today, /).waitFor()
  await until(async () => (await panel.getByRole('listitem').allInnerTexts()).length === 2)
  const rows = await panel.getByRole('listitem').allInnerTexts()
  expect(rows.map((row) => row.replace(/\s+/g, ' ')).sort()).toEqual([
    'Camping 1 change',
    'Groceries 2 changes',
  ])
  const download = anna.page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Export what waits' }).click()
  const exported = await readFile(await (await download).path(), 'utf8')
  for (const text of ['Milk', 'Bread', 'Tick']) expect(exported).toContain(text)

  await panel.getByRole('button', { name: 'Try now' }).click()
  await panel.getByText('The server cannot be reached.').waitFor()
  await anna.goOnline()
  await panel.getByText('Nothing waits.').waitFor()
  await panel.getByText('Everything you did is in the server’s database.').waitFor()
  await panel.getByRole('button', { name: 'Close' }).click()
  await anna.untilStatus('Saved')
})

it('[APP-62][X-10] refused edits: each is named with its text and the reason, is tried again or given up, and the others stay', async () => {
  const bob = await newPerson(app.browser, app.server)
  await anna.become('Anna')
  await bob.become('Bob')
  const listId = await madeList(app.server, anna, 'Groceries', ['Milk'])
  await share(app.server, anna, bob, listId)
  await Promise.all([anna.openList(listId), bob.openList(listId)])
  await bob.untilTitles(['Milk'])
  await bob.goOffline()
  await bob.untilStatus('Offline')
  await bob.add('Beer')
  await bob.rename('Milk', 'Oat milk')
  await bob.untilStatus('2 changes kept')
  await dialogOf(anna).open()
  await dialogOf(anna).setRole('Bob', 'can look')
  await bob.goOnline()
  await bob.untilStatus('Needs attention · some changes were refused')
  await dialogOf(anna).setRole('Bob', 'can edit')
  await bob.page.getByLabel('New item').waitFor()

  await openPanel(bob)
  const panel = panelOf(bob)
  const row = (text: string) => panel.locator('li', { hasText: text })
  await row('Edit “Oat milk”').waitFor()
  await row('Add “Beer”').getByRole('button', { name: 'Try again' }).click()
  await row('Add “Beer”').waitFor({ state: 'detached' })
  await row('Edit “Oat milk”').getByRole('button', { name: 'Give up' }).click()
  await bob.page.getByRole('alertdialog').getByText('They are nowhere else.').waitFor()
  await bob.page.getByRole('alertdialog').getByRole('button', { name: 'Give up' }).click()
  await panel.getByText('Refused changes').waitFor({ state: 'detached' })
  await panel.getByRole('button', { name: 'Close' }).click()
  await bob.untilStatus('Saved')
  await anna.untilTitles(['Milk', 'Beer'])
  expect(bob.complaints).toEqual([])
  await bob.leave()
})

it('[APP-63][X-10] a device that does not save says so above every page until it does again; it is asked to keep what it has after the first edit', async () => {
  const { page } = anna
  await page.addInitScript(() => {
    const asked = { count: 0 }
    Object.assign(window, { asked })
    navigator.storage.persist = async () => {
      asked.count += 1
      return true
    }
  })
  const timesAsked = () =>
    page.evaluate(() => (window as unknown as { asked: { count: number } }).asked.count)
  await anna.become('Anna')
  // Not for looking at what others wrote: there is nothing to lose yet.
  const bob = await guest(app.server.url, 'Bob')
  const { id: listId } = await createList(app.server.url, bob.token, { title: 'Camping' })
  await giveRole(app.server.url, bob.token, { listId, userId: anna.session().user.id, role: 'editor' })
  await anna.openList(listId)
  await anna.untilStatus('Saved')
  expect(await timesAsked()).toBe(0)
  await page.goto(anna.origin)
  await anna.createList('Groceries')
  await anna.add('Bread')
  await until(async () => (await timesAsked()) === 1, { what: 'the browser to be asked' })

  await page.evaluate((message) => {
    const { add, put } = IDBObjectStore.prototype
    const fail = (): never => {
      throw new DOMException(message, 'UnknownError')
    }
    Object.assign(IDBObjectStore.prototype, { add: fail, put: fail })
    Object.assign(window, { heal: () => Object.assign(IDBObjectStore.prototype, { add, put }) })
  }, BROKEN)
  await anna.goOffline()
  await anna.add('Milk')
  const banner = page.getByRole('alert').filter({ hasText: 'This device does not save your changes.' })
  await banner.waitFor()
  await anna.untilStatus('Needs attention · this device does not save')
  await page.getByRole('link', { name: 'Tandem' }).first().click()
  await page.getByRole('heading', { name: 'Lists' }).waitFor()
  expect(await banner.isVisible()).toBe(true)
  const download = page.waitForEvent('download')
  await banner.getByRole('button', { name: 'Export what waits' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain('Milk')

  await page.evaluate(() => (window as unknown as { heal: () => void }).heal())
  await anna.goOnline()
  await page
    .getByRole('link', { name: /Groceries/ })
    .first()
    .click()
  await anna.untilStatus('Saved')
  await banner.waitFor({ state: 'detached' })
  expect(await timesAsked()).toBe(1)
  // Once for this device, not once a visit.
  await page.reload()
  await anna.add('Eggs')
  await anna.untilStatus('Saved')
  expect(await timesAsked()).toBe(0)
})

it('[APP-60] the words are those of the language that is spoken, also where it is read from right to left', async () => {
  await anna.become('Anna')
  await anna.openList(await madeList(app.server, anna, 'Groceries', ['Milk']))
  for (const [language, dir, saved] of [
    ['de', 'ltr', 'Gespeichert'],
    ['ar', 'rtl', 'محفوظ'],
  ] as const) {
    await anna.page.evaluate((tag) => localStorage.setItem('tandem:language', tag), language)
    await anna.page.reload()
    await anna.untilStatus(saved)
    expect(await anna.page.locator('html').getAttribute('dir')).toBe(dir)
  }
})
