import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { giveRole } from '../support/people.ts'
import { until } from '../support/until.ts'
import { newPerson, type Person, share } from './app.ts'
import { helperOn, idOf } from './list-page.ts'
import { madeList } from './made-list.ts'
import { useApp } from './use-app.ts'

const app = useApp()

/** Of the list that is shown. */
async function openHistory({ page }: Person): Promise<Locator> {
  await page.getByRole('button', { name: 'More for this list' }).click()
  await page.getByRole('menuitem', { name: 'History' }).click()
  return page.getByRole('dialog', { name: /^History of/ })
}

const linesOf = (dialog: Locator): Promise<string[]> =>
  dialog
    .locator('.history-line p')
    .evaluateAll((all) =>
      all.map((line) => (line.textContent ?? '').replace(/\d{1,2}:\d\d\s[AP]M/u, '').trim()),
    )

const untilMilk = ({ page }: Person, title: string): Promise<void> =>
  page.locator('.item button.title').getByText(title, { exact: true }).waitFor({ timeout: 20_000 })

const untilLine = (dialog: Locator, text: string): Promise<void> =>
  until(async () => (await linesOf(dialog)).includes(text), { what: `the line ${text}`, timeoutMs: 20_000 })

it('[APP-99][A6.3][HIST-6] two who renamed one item offline find both names in its history; the other one is one press away for both, and taken back as easily; who ticked stands there, and without a network that it needs one', {
  timeout: 120_000,
}, async () => {
  const [anna, bo] = await Promise.all([
    newPerson(app.browser, app.server),
    newPerson(app.browser, app.server, { viewport: { width: 1320, height: 800 } }),
  ])
  await Promise.all([anna.become('Anna'), bo.become('Bo')])
  const listId = await madeList(app.server, anna, 'Groceries', ['Milk', 'Bread'])
  await share(app.server, anna, bo, listId)
  await Promise.all([anna.openList(listId), bo.openList(listId)])
  for (const one of [anna, bo]) {
    await one.untilTitles(['Milk', 'Bread'])
    await one.untilStatus('Saved')
    await one.goOffline()
    await one.untilStatus('Offline')
  }
  await anna.rename('Milk', 'Oat milk')
  await bo.rename('Milk', 'Soy milk')
  await anna.tick('Bread')
  const offline = await openHistory(anna)
  await offline.getByText('needs a connection').waitFor()
  await offline.getByRole('button', { name: 'Try again' }).click()
  await offline.getByText('needs a connection').waitFor()
  await anna.goOnline()
  // It is read as soon as that is possible.
  await untilLine(offline, 'You ticked “Bread”')
  await bo.goOnline()
  await until(async () => (await anna.titles()).join() === (await bo.titles()).join(), { timeoutMs: 30_000 })
  const kept = (await bo.titles()).find((title) => title.endsWith('milk')) ?? ''
  const other = kept === 'Oat milk' ? 'Soy milk' : 'Oat milk'
  await bo.untilStatus('Saved')

  await bo.page.getByRole('button', { name: `Details of ${kept}`, exact: true }).click()
  await bo.page.locator('.detail-bar').getByRole('button', { name: 'More', exact: true }).click()
  await bo.page.getByRole('menuitem', { name: 'History of this item' }).click()
  const dialog = bo.page.getByRole('dialog', { name: /^History of .* milk/ })
  const met = `renamed an item at the same time: “${kept}” stayed, and not “${other}”`
  const lineOf = (text: string) => dialog.locator('.history-line', { hasText: text })
  await lineOf(met).waitFor()
  const lines = await linesOf(dialog)
  expect(lines).toHaveLength(3)
  expect(lines[0]).toBe(`You and Anna ${met}`)
  expect(lines.slice(1)).toEqual(['Anna renamed “Milk” to “Oat milk”', 'Anna added “Milk”'])
  await dialog.getByText('This is where it began.').waitFor()
  // What the list holds today, nobody needs to put back.
  expect(await dialog.getByRole('button', { name: 'Put back “Milk”' }).count()).toBe(1)
  const putBack = lineOf(met).getByRole('button', { name: `Put back “${other}”`, exact: true })
  await putBack.press('Enter')
  for (const one of [anna, bo]) await untilMilk(one, other)
  await untilLine(dialog, `You renamed “${kept}” to “${other}”`)
  expect(await putBack.count()).toBe(0)
  expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await bo.page.locator('.toast', { hasText: other }).getByRole('button', { name: 'Undo' }).click()
  for (const one of [anna, bo]) await untilMilk(one, kept)
  await putBack.waitFor()

  // One line for what was done in one go; and what comes after it, on further pages.
  const { list, client, flush } = await helperOn(app.server, anna, listId)
  const beers = list.items.addMany(Array.from({ length: 12 }, (_, count) => `Beer ${count}`)).value
  list.items.remove(beers)
  await flush()
  for (let count = 0; count < 50; count++) {
    list.items.toggle(idOf(list, 'Bread'))
    await flush()
  }
  const ofAll = offline
  await anna.page.keyboard.press('Escape')
  await ofAll.waitFor({ state: 'detached' })
  await openHistory(anna)
  await untilLine(ofAll, 'Helper unticked “Bread”')
  expect(await linesOf(ofAll)).not.toContain('Helper deleted 12 items')
  await ofAll.getByRole('button', { name: 'Show older' }).click()
  await untilLine(ofAll, 'Helper deleted 12 items')
  expect(await linesOf(ofAll)).toContain('You made the list “Groceries”')
  await ofAll.getByRole('button', { name: 'Put back 12 items' }).click()
  await until(() => list.items.item(beers[0] ?? '').getSnapshot()?.deleted === null, { timeoutMs: 20_000 })
  await client.close()

  // Who may only look has no way to change anything, from that moment on.
  const access = { listId, userId: bo.session().user.id, role: 'viewer' } as const
  await giveRole(app.server.url, anna.session().token, access)
  await putBack.waitFor({ state: 'detached' })
  expect(await dialog.getByRole('button', { name: /^Put back/ }).count()).toBe(0)
  expect([...anna.complaints, ...bo.complaints]).toEqual([])
  await Promise.all([anna.leave(), bo.leave()])
})
