import type { Browser } from 'playwright-core'
import { newPerson, type Person, share } from '../../tests/browser/app.ts'
import { notesOf } from '../../tests/browser/together-page.ts'
import type { RunningServer } from '../../tests/support/server.ts'

export const DESKTOP = { width: 1360, height: 940 }
export const PHONE = { width: 390, height: 780 }

/** In the words of the add field, and the title that is left of them. Days are those that need no date to be read. */
const ITEMS: readonly (readonly [line: string, title: string])[] = [
  ['6x Apples /Fruit', 'Apples'],
  ['Bananas today every week /Fruit', 'Bananas'],
  ['Basil #market /Fruit', 'Basil'],
  ['2 l Oat milk /Fridge', 'Oat milk'],
  ['Butter /Fridge', 'Butter'],
  ['Cheddar #market /Fridge', 'Cheddar'],
  ['Sourdough today 5pm @Bo #market /Bakery', 'Sourdough'],
  ['Birthday cake tomorrow 10am @Anna #party !3 /Bakery', 'Birthday cake'],
  ['12x Candles #party /Bakery', 'Candles'],
]
const DONE = ['Coffee', 'Dish soap']
const LABELS = { market: 'Green', party: 'Purple' }
const OTHER_LISTS = ['Chores', 'Summer in Portugal']

/** A minute on a laptop is longer than a test may take. */
const PATIENCE_MS = 60_000

/** Anna at her desk and Bo with his phone, on a list that Anna has made. */
export async function groceries(
  browser: Browser,
  server: RunningServer,
): Promise<{ anna: Person; bo: Person; listId: string }> {
  const look = {
    deviceScaleFactor: 2,
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  } as const
  const anna = await newPerson(browser, server, { ...look, viewport: DESKTOP })
  const bo = await newPerson(browser, server, { ...look, viewport: PHONE, isMobile: true, hasTouch: true })
  for (const { context } of [anna, bo]) context.setDefaultTimeout(PATIENCE_MS)
  await anna.signIn('Anna')
  await bo.signIn('Bo')
  for (const title of OTHER_LISTS) {
    await anna.createList(title)
    await anna.page.goto(anna.origin)
  }
  const listId = await anna.createList('Groceries')
  // Whoever is to buy something has to be in the list first.
  await anna.untilStatus('Saved')
  await share(server, anna, bo, listId)
  await bo.openList(listId)
  await anna.page.getByRole('button', { name: /^Here now: .?Bo/ }).waitFor()
  for (const title of DONE) await anna.add(title)
  for (const title of DONE) await anna.tick(title)
  for (const [line, title] of ITEMS) await anna.addWith(line, title)
  await colorLabels(anna)
  await writeNotes(anna)
  await anna.untilStatus('Saved')
  // What is done is folded away for whoever opens the list; with the pointer on it, it would stay.
  for (const person of [anna, bo]) {
    await person.openList(listId)
    await person.untilStatus('Saved')
  }
  return { anna, bo, listId }
}

async function colorLabels(anna: Person): Promise<void> {
  await openDetails(anna, 'Candles')
  await anna.page.getByRole('button', { name: 'Edit labels' }).click()
  const editor = anna.page.getByRole('dialog', { name: 'Edit labels' })
  for (const [title, color] of Object.entries(LABELS)) {
    await editor.getByLabel(`Colour of the label \u2068${title}\u2069`).selectOption({ label: color })
  }
  await editor.getByRole('button', { name: 'Close' }).click()
}

async function writeNotes(anna: Person): Promise<void> {
  await openDetails(anna, 'Birthday cake')
  await notesOf(anna).fill('Chocolate, without nuts. Ordered under Anna, paid already.')
}

export async function openDetails({ page }: Person, title: string): Promise<void> {
  await page.locator('.item', { hasText: title }).hover()
  await page.getByRole('button', { name: `Details of ${title}`, exact: true }).click()
  await page.locator('.detail').getByLabel('Title', { exact: true }).waitFor()
}
