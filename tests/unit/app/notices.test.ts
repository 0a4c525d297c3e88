import { afterEach, beforeEach, expect, it } from 'vitest'
import { createClient } from '../../../client-sdk/src/client.ts'
import type { List } from '../../../client-sdk/src/list/types.ts'
import type { Client } from '../../../client-sdk/src/types.ts'
import { dueAll } from '../../../examples/web/src/list/commands/bulk-commands.ts'
import { closeUndoToast, undoToast } from '../../../examples/web/src/list/commands/undo-toast.ts'
import { reschedule } from '../../../examples/web/src/lists/smart/row-actions.ts'
import { withWholeList } from '../../../examples/web/src/lists/whole-list.ts'
import { closeToasts, toast, toasts } from '../../../examples/web/src/ui/toast-store.ts'
import { until } from '../../support/until.ts'

const token = `x.${btoa(JSON.stringify({ sub: 'u_me', name: 'Me' }))}.x`
const texts = (): string[] => toasts.get().map(({ text }) => text)
let client: Client
let list: List
let ids: readonly string[]

/** A list of two, without a network. */
beforeEach(async () => {
  const fetch = () => Promise.reject(new TypeError('There is no network here.'))
  client = createClient({ url: 'http://127.0.0.1:9', token, storage: 'memory', fetch })
  await until(() => client.user.getSnapshot() !== null)
  list = client.lists.create({ title: 'Shop' }).value
  ids = list.items.addMany(['Milk', 'Bread']).value
})
afterEach(async () => {
  closeUndoToast()
  closeToasts()
  await client.close()
})

it('[APP-96][UNDO-3] a way back is offered for as long as it leads back from what the notice says, and from nothing else', () => {
  const [milk = '', bread = ''] = ids
  undoToast(list, 'Deleted Milk', () => void list.items.remove(milk))
  expect(texts()).toEqual(['Deleted Milk'])
  // Of the same kind, by a way that says nothing.
  list.items.remove(bread)
  expect(texts()).toEqual([])

  undoToast(list, 'Ticked Milk', () => void list.items.toggle(milk, true))
  undoToast(list, 'Ticked Milk again', () => void list.items.toggle(milk, true))
  expect(texts()).toEqual(['Ticked Milk'])
  toasts.get()[0]?.action?.run()
  expect(list.items.item(milk).getSnapshot()?.done).toBe(false)
  expect(texts()).toEqual([])
})

it('[APP-37][APP-96] what has to be seen to is not pushed out by what has not', () => {
  toast('Call the bank', null, { stays: true })
  for (const text of ['one', 'two', 'three', 'four']) toast(text)
  expect(texts()).toEqual(['Call the bank', 'three', 'four'])
  for (const text of ['Dentist', 'Doctor', 'Dinner']) toast(text, null, { stays: true })
  expect(texts()).toEqual(['Call the bank', 'Dentist', 'Doctor', 'Dinner'])
})

it('[APP-37] reminders go along wherever the day is changed: of several items at once, and from a view of all lists; undone, they come back', async () => {
  const remind = { due: { date: '2031-05-06', time: '10:00' }, remindAt: ['2031-05-06T09:00'] }
  for (const id of ids) list.items.update(id, remind)
  const times = (): (readonly string[] | undefined)[] =>
    ids.map((id) => list.items.item(id).getSnapshot()?.remindAt)
  dueAll(list, ids, '2031-05-08')
  expect(times()).toEqual([['2031-05-08T09:00'], ['2031-05-08T09:00']])

  const item = list.items.item(ids[0] ?? '').getSnapshot()
  if (item === undefined) throw new Error('It is there.')
  const row = { listId: list.id, listTitle: 'Shop', me: 'u_me', item }
  await reschedule(client, row, '2031-05-09', 'Friday')
  expect(times()).toEqual([['2031-05-09T09:00'], ['2031-05-08T09:00']])
  toasts.get().at(-1)?.action?.run()
  await until(() => times()[0]?.[0] === '2031-05-08T09:00')
})

it('[APP-56] a list of which nothing is on this device is not taken for an empty one', async () => {
  const elsewhere = '00000000-0000-4000-8000-000000000000'
  const act = () => 'exported'
  await expect(withWholeList(client, elsewhere, act)).rejects.toMatchObject({ code: 'network' })
  expect(await withWholeList(client, list.id, act)).toBe('exported')
  const empty = client.lists.create({ title: 'Empty' }).value
  expect(await withWholeList(client, empty.id, act)).toBe('exported')
})
