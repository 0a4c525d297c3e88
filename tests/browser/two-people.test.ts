import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { listInPostgres, newPerson, type Person, share } from './app.ts'
import { madeList } from './made-list.ts'
import { useApp } from './use-app.ts'

const app = useApp()
let anna: Person
let bo: Person
let listId: string

beforeAll(async () => {
  ;[anna, bo] = [await newPerson(app.browser, app.server), await newPerson(app.browser, app.server)]
  await anna.become('Anna')
  await bo.become('Bo')
})
/** Each test has a list of its own, and both look at it. */
beforeEach(async () => {
  listId = await madeList(app.server, anna, 'Groceries', ['Milk', 'Bread'])
  await share(app.server, anna, bo, listId)
  await Promise.all([anna.openList(listId), bo.openList(listId)])
  for (const one of [anna, bo]) await one.untilTitles(['Milk', 'Bread'])
  for (const one of [anna, bo]) await one.untilStatus('Saved')
})
afterEach(async () => {
  await bo.goOnline()
  expect([...anna.complaints.splice(0), ...bo.complaints.splice(0)]).toEqual([])
})
afterAll(async () => {
  await anna?.leave()
  await bo?.leave()
})

it('[SYNC-6][OPS-3][A-01][A-02] two windows on one list: each sees what the other adds, ticks, renames, moves and deletes', async () => {
  await bo.add('Eggs')
  await anna.untilTitles(['Milk', 'Bread', 'Eggs'])
  await anna.rename('Milk', 'Oat milk')
  await bo.untilTitles(['Oat milk', 'Bread', 'Eggs'])
  await bo.fromMenu('Eggs', 'Move up')
  await anna.untilTitles(['Oat milk', 'Eggs', 'Bread'])
  await anna.tick('Eggs')
  await until(() => bo.page.getByRole('checkbox', { name: 'Eggs' }).isChecked())
  await bo.remove('Bread')
  await anna.untilTitles(['Oat milk', 'Eggs'])
  await bo.page.getByRole('button', { name: 'Undo: delete' }).click()
  await bo.untilTitles(['Oat milk', 'Bread', 'Eggs'])
  // She has just ticked it, and the focus is on it still: it stays under her hand.
  await anna.untilTitles(['Oat milk', 'Eggs', 'Bread'])
})

it('[LOCAL-4][SYNC-1][F-01][A-14] cut off, edited, reloaded without a network, brought back: one merged list in both windows and in PostgreSQL', async () => {
  await bo.goOffline()
  await bo.untilStatus('Offline')
  await bo.add('Butter')
  await bo.rename('Bread', 'Rye bread')
  await bo.untilStatus('Offline · 2 changes kept on this device')
  await anna.add('Cheese')
  await anna.tick('Bread')
  await anna.untilStatus('Saved')

  await bo.page.reload()
  await bo.untilStatus('Offline · 2 changes kept on this device')
  await bo.untilTitles(['Milk', 'Rye bread', 'Butter'])
  expect(await listInPostgres(app.server.databaseUrl ?? '', listId)).toEqual(['Bread', 'Cheese', 'Milk'])

  await bo.goOnline()
  await bo.untilStatus('Saved')
  await until(async () => (await anna.titles()).includes('Butter') && (await bo.titles()).includes('Cheese'))
  await anna.untilStatus('Saved')
  const merged = await anna.titles()
  expect([...merged].sort()).toEqual(['Butter', 'Cheese', 'Milk', 'Rye bread'])
  expect(await bo.titles()).toEqual(merged)
  expect(await bo.page.getByRole('checkbox', { name: 'Rye bread' }).isChecked()).toBe(true)
  expect(await listInPostgres(app.server.databaseUrl ?? '', listId)).toEqual([...merged].sort())
})

it('[CONF-1][A6.3][G-12] both rename one item offline: one name for both, and the other is one press away', async () => {
  await bo.goOffline()
  await bo.untilStatus('Offline')
  await bo.rename('Milk', 'Almond milk')
  await anna.rename('Milk', 'Oat milk')
  await anna.untilStatus('Saved')
  await bo.goOnline()
  await bo.untilStatus('Saved')
  await until(async () => (await anna.titles())[0] === (await bo.titles())[0], { what: 'one name for both' })

  const [kept] = await bo.titles()
  const other = kept === 'Oat milk' ? 'Almond milk' : 'Oat milk'
  const use = bo.page.getByRole('button', { name: /^Use (mine|.*’s)$/ })
  await use.waitFor()
  await use.click()
  await bo.untilTitles([other, 'Bread'])
  await anna.untilTitles([other, 'Bread'])
})

it('[CONF-3][A6.4][C-08] an edit to an item that was deleted meanwhile is asked about, and restoring brings it back with the edit', async () => {
  await bo.goOffline()
  await bo.untilStatus('Offline')
  await bo.rename('Milk', 'Oat milk')
  await anna.remove('Milk')
  await anna.untilStatus('Saved')
  await bo.goOnline()
  const met = bo.page.getByRole('region', { name: 'Changes that met' })
  await met.getByText(/was deleted by .*Anna.* while you changed it/).waitFor()
  await bo.page.getByRole('button', { name: 'Restore', exact: true }).click()
  await bo.untilTitles(['Oat milk', 'Bread'])
  await anna.untilTitles(['Oat milk', 'Bread'])
})

it('[CONF-3][G-11] a text that is being typed survives the deletion of its item', async () => {
  await bo.page.getByRole('button', { name: 'Rename Milk', exact: true }).click()
  await bo.page.getByLabel('New name of Milk').fill('Oat milk, two bottles')
  await anna.remove('Milk')
  await bo.page.getByRole('button', { name: 'Restore it with my text' }).click()
  await bo.untilTitles(['Oat milk, two bottles', 'Bread'])
  await anna.untilTitles(['Oat milk, two bottles', 'Bread'])
})
