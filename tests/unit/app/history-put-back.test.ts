import { afterEach, beforeEach, expect, it } from 'vitest'
import { createClient } from '../../../client-sdk/src/client.ts'
import type { List, Op } from '../../../client-sdk/src/list/types.ts'
import type { Client } from '../../../client-sdk/src/types.ts'
import { closeUndoToast } from '../../../examples/web/src/list/commands/undo-toast.ts'
import { deedsOf } from '../../../examples/web/src/list/history/deeds.ts'
import { HISTORY_WORDS } from '../../../examples/web/src/list/history/history-words.ts'
import { titlesOf } from '../../../examples/web/src/list/history/known.ts'
import { lookedAt, putBackOf } from '../../../examples/web/src/list/history/put-back.ts'
import { closeToasts, toasts } from '../../../examples/web/src/ui/toast-store.ts'
import { words } from '../../../examples/web/src/words/en/index.ts'
import { until } from '../../support/until.ts'
import { set } from './history-ops.ts'

const token = `x.${btoa(JSON.stringify({ sub: 'u_me', name: 'Me' }))}.x`
let client: Client
let list: List
let milk: string
let bread: string

/** A list of two, without a network. */
beforeEach(async () => {
  const fetch = () => Promise.reject(new TypeError('There is no network here.'))
  client = createClient({ url: 'http://127.0.0.1:9', token, storage: 'memory', fetch })
  await until(() => client.user.getSnapshot() !== null)
  list = client.lists.create({ title: 'Shop' }).value
  ;[milk = '', bread = ''] = list.items.addMany(['Milk', 'Bread']).value
})
afterEach(async () => {
  closeUndoToast()
  closeToasts()
  await client.close()
})

const plain = (text: string): string => text.replace(/[\u2068\u2069]/gu, '')

/** What is offered for one update, and whether the app looks where it may change. */
function offered(...ops: Op[]) {
  const telling = {
    words,
    tag: 'en',
    history: HISTORY_WORDS.en,
    titleOf: titlesOf(list, [{ seq: 1, at: 1, by: null, ops }]),
    nameOf: () => 'Bo',
    me: 'u_me',
  } as const
  const [deed] = deedsOf({ ops })
  if (deed === undefined) throw new Error('It says nothing')
  const putBack = putBackOf(deed, list, telling)
  let looks = 0
  for (const readable of lookedAt(deed, list)) readable.subscribe(() => looks++)
  return putBack === null
    ? null
    : {
        words: plain(putBack.words),
        press: () => putBack.run(),
        run: async () => {
          putBack.run()
          await until(() => looks > 0, { what: 'the line to hear of it' })
          return putBackOf(deed, list, telling)
        },
      }
}

const itemOf = (id: string) => list.items.item(id).getSnapshot()

it('[APP-99] a value that is gone can be put back by an edit of its own, which undo takes back; one that is there cannot', async () => {
  expect(offered(set(milk, 'title', 'Milk', 'Oat milk'))).toBeNull()
  list.items.update(milk, { title: 'Oat milk', quantity: '2 l' })
  const back = offered(set(milk, 'title', 'Milk', 'Oat milk'))
  expect(back?.words).toBe('Put back “Milk”')
  expect(await back?.run()).toBeNull()
  expect(itemOf(milk)?.title).toBe('Milk')
  const [notice] = toasts.get()
  expect(plain(notice?.text ?? '')).toBe('Put back “Milk”')
  notice?.action?.run()
  expect(itemOf(milk)).toMatchObject({ title: 'Oat milk', quantity: '2 l' })

  const kept = { value: 'Oat milk', by: 'u_me' }
  const met = { op: 'collision', kind: 'items', id: milk, field: 'title', kept } as const
  await offered({ ...met, other: { value: 'Soy milk', by: 'u_bo' } })?.run()
  expect(itemOf(milk)?.title).toBe('Soy milk')
  // Nothing was lost with the first value, and places and ticks are one press away anyhow.
  expect(offered(set(milk, 'quantity', null, '2 l'))).toBeNull()
  expect(offered(set(milk, 'done', true, false))).toBeNull()
  expect(offered(set(milk, 'order', 'a0', 'a1'))).toBeNull()
  expect(offered(set('nobody-has-it', 'title', 'A', 'B'))).toBeNull()
})

it('[APP-99] several at once come back at once, each with its own value, and those in the trash as they are', async () => {
  const [first, second] = [{ date: '2030-03-01' }, { date: '2030-03-02' }]
  const cleared = [set(milk, 'due', first, null), set(bread, 'due', second, null)]
  const back = offered(...cleared)
  expect(back?.words).toBe('Put back the due date of 2 items')
  await back?.run()
  expect([itemOf(milk)?.due, itemOf(bread)?.due]).toEqual([first, second])
  list.undo()
  expect([itemOf(milk)?.due, itemOf(bread)?.due]).toEqual([null, null])
  list.items.update(bread, { due: second })
  expect(offered(...cleared)?.words).toBe('Put back Mar 1, 2030')

  const deleted = [set(milk, 'deleted', false, true), set(bread, 'deleted', false, true)]
  expect(offered(...deleted)).toBeNull()
  list.items.remove([milk, bread])
  expect(offered(...cleared)).toBeNull()
  expect(offered(...deleted)?.words).toBe('Put back 2 items')
  list.items.restore(bread)
  const last = offered(...deleted)
  expect(last?.words).toBe('Put back “Milk”')
  expect(await last?.run()).toBeNull()
  expect(itemOf(milk)?.deleted).toBeNull()
})

it('[APP-99] names of the list, its sections and labels come back too, and what no field may hold is said and not done', async () => {
  const section = list.sections.add('Fridge').value
  const label = list.labels.add('cheap', 'green').value
  list.setIcon('🛒')
  const renamed = { op: 'set', kind: 'list', field: 'title', from: 'Groceries', to: 'Shop' } as const
  expect(offered({ ...renamed, from: 'Shop' })).toBeNull()
  expect(await offered(renamed)?.run()).toBeNull()
  expect(list.info.getSnapshot().title).toBe('Groceries')
  await offered({ ...renamed, field: 'icon', from: '🍎', to: '🛒' })?.run()
  expect(list.info.getSnapshot().icon).toBe('🍎')
  expect(await offered(set(section, 'title', 'Dairy', 'Fridge', 'sections'))?.run()).toBeNull()
  expect(list.sections.getSnapshot()[0]?.title).toBe('Dairy')
  await offered(set(label, 'title', 'good', 'cheap', 'labels'))?.run()
  expect(await offered(set(label, 'color', 'red', 'green', 'labels'))?.run()).toBeNull()
  expect(list.labels.getSnapshot()[0]).toMatchObject({ title: 'good', color: 'red' })
  list.sections.remove(section)
  expect(offered(set(section, 'title', 'Cold', 'Dairy', 'sections'))).toBeNull()

  offered(set(milk, 'priority', 9, 0))?.press()
  expect(toasts.get().at(-1)?.text).toContain('priority')
  expect(itemOf(milk)?.priority).toBe(0)
})
