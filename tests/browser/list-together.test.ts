import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { newPerson, type Person } from './app.ts'
import { below, type Helper, handleOf, helperOn, idOf, rowOf } from './list-page.ts'
import { useApp } from './use-app.ts'

const app = useApp()

async function listOf(titles: readonly string[]): Promise<{ anna: Person; helper: Helper }> {
  const anna = await newPerson(app.browser, app.server, { viewport: { width: 1000, height: 700 } })
  await anna.signIn('Anna')
  const listId = await anna.createList('Groceries')
  await anna.untilStatus('Saved')
  const helper = await helperOn(app.server, anna, listId)
  helper.list.items.addMany(titles)
  await until(async () => (await rowOf(anna.page, titles.at(-1) ?? '').count()) === 1, { what: 'the rows' })
  return { anna, helper }
}

/** Fifty edits one after the other: new first rows, others moved, ticked, renamed and deleted, and the row itself pushed about. */
async function fiftyChanges({ list, flush }: Helper, victim: string): Promise<void> {
  const others = list.items
    .ids()
    .getSnapshot()
    .filter((id) => id !== victim)
  for (let at = 0; at < 50; at++) {
    const other = others[at % 10] ?? ''
    const first = list.items.ids().getSnapshot()[0] ?? ''
    if (at % 5 === 0) list.items.add({ title: `New ${at}`, place: { at: 'start' } })
    else if (at % 5 === 1) list.items.move(other, { before: first })
    else if (at % 5 === 2) list.items.update(other, { title: `Renamed ${at}` })
    else if (at % 5 === 3) list.items.move(victim, { at: at % 2 === 0 ? 'start' : 'end' })
    else list.items.remove(others[10 + (at % 4)] ?? '')
  }
  await flush()
}

const NAMES = Array.from({ length: 16 }, (_, at) => `Item ${at}`)
const topOf = async (page: Page, id: string): Promise<number> =>
  page.evaluate((one) => document.querySelector(`[data-id="${one}"]`)?.getBoundingClientRect().top ?? -1, id)

it('[APP-21][G-11] a row in editing keeps its place, focus, caret and text while 50 changes arrive; deleted, it offers its text back', async () => {
  const { anna, helper } = await listOf(NAMES)
  const { page } = anna
  const id = idOf(helper.list, 'Item 7')
  await page.getByRole('button', { name: 'Rename Item 7', exact: true }).click()
  const field = page.getByLabel('New name of Item 7')
  await field.fill('Item seven')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  const top = await topOf(page, id)

  await fiftyChanges(helper, id)
  helper.list.items.add('The last one')
  await rowOf(page, 'The last one').waitFor()
  expect(await topOf(page, id)).toBe(top)
  const state = () =>
    page.evaluate(() => {
      const at = document.activeElement
      return at instanceof HTMLTextAreaElement ? [at.value, at.selectionStart] : ['elsewhere', 0]
    })
  expect(await state()).toEqual(['Item seven', 1])

  helper.list.items.remove(id)
  await page.locator('.removed-edit').getByText('Helper deleted').waitFor()
  await page.getByText('Item seven').waitFor()
  expect(await topOf(page, id)).toBe(top)
  // The way back has the focus that the field had.
  await page.keyboard.press('Enter')
  await until(() => helper.list.items.item(id).getSnapshot()?.title === 'Item seven', { what: 'the text' })
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Item seven'))
  await anna.untilStatus('Saved')

  // And now everything stands where everybody has it.
  await page.getByLabel('New item').focus()
  const truth = () => helper.list.items.ids({ done: false }).getSnapshot()
  await until(async () => {
    const shown = await page
      .locator('.item[data-id]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id')))
    return shown.join() === truth().join()
  })
  expect(anna.complaints).toEqual([])
  await helper.client.close()
  await anna.leave()
})

it('[APP-21][APP-22] a row that is dragged keeps its place while 50 changes arrive, and is dropped where it was dropped', async () => {
  const { anna, helper } = await listOf(NAMES)
  const { page } = anna
  const id = idOf(helper.list, 'Item 3')
  const target = idOf(helper.list, 'Item 9')
  const from = await handleOf(page, 'Item 3')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x, from.y + 20, { steps: 3 })
  await page.locator('.drop-line:not([hidden])').waitFor()
  const rows = () =>
    page.locator('.item[data-id]').evaluateAll((all) => all.map((row) => row.getAttribute('data-id')))
  const before = await rows()
  const top = await topOf(page, id)

  await fiftyChanges(helper, id)
  helper.list.items.update(target, { title: 'The target' })
  await rowOf(page, 'The target').waitFor()
  expect(await rows()).toEqual(before)
  expect(await topOf(page, id)).toBe(top)

  const to = await below(page, 'The target')
  await page.mouse.move(from.x, to.y, { steps: 4 })
  await page.mouse.up()
  await until(
    () => {
      const now = helper.list.items.ids().getSnapshot()
      return now[now.indexOf(target) + 1] === id
    },
    { what: 'the row behind the one it was dropped behind' },
  )
  // What waited has come, and nothing is there twice.
  await until(
    async () => (await rows()).join() === helper.list.items.ids({ done: false }).getSnapshot().join(),
  )
  expect(anna.complaints).toEqual([])
  await helper.client.close()
  await anna.leave()
})

/** The browser lays out rows above a scroll when it gets to it; what is asked is whether others move a row after that. */
async function stillTopOf(page: Page, id: string): Promise<number> {
  const looks: number[] = []
  await until(async () => {
    looks.push(await topOf(page, id))
    return looks.length >= 10 && new Set(looks.slice(-8)).size === 1
  })
  return looks.at(-1) ?? 0
}

it('[APP-21][APP-27] what others tick stays for a moment, what they add above is told and not shoved, and focus is not lost', async () => {
  const { anna, helper } = await listOf(Array.from({ length: 60 }, (_, at) => `Item ${at}`))
  const { page } = anna
  const { items } = helper.list
  await rowOf(page, 'Item 40').scrollIntoViewIfNeeded()
  await page.getByRole('checkbox', { name: 'Item 40', exact: true }).focus()
  const id = idOf(helper.list, 'Item 40')
  await until(() => page.evaluate(() => scrollY > 0))
  const top = await stillTopOf(page, id)

  for (const title of ['X', 'Y', 'Z']) items.add({ title, place: { at: 'start' } })
  const chip = page.getByRole('button', { name: '3 new above' })
  await chip.waitFor()
  // The browser lays out rows above when it gets to it; the row itself must be where it was.
  await until(async () => Math.abs((await topOf(page, id)) - top) < 2, { what: 'the row to stay' })

  items.toggle(id, true)
  items.move(id, { at: 'start' })
  await until(() => page.getByRole('checkbox', { name: 'Item 40', exact: true }).isChecked())
  items.add('The last one')
  await until(async () => (await rowOf(page, 'The last one').count()) === 1)
  expect(Math.abs((await topOf(page, id)) - top)).toBeLessThan(2)

  items.remove(id)
  await rowOf(page, 'Item 40').waitFor({ state: 'detached' })
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Item 41'), {
    what: 'the focus on the next row',
  })
  await chip.click()
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Z'), {
    what: 'the first new row',
  })
  await chip.waitFor({ state: 'detached' })
  expect(anna.complaints).toEqual([])
  await helper.client.close()
  await anna.leave()
})
