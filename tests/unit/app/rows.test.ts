import type { Item } from '@tandem/client-sdk'
import { expect, it } from 'vitest'
import { entriesOf, rowIds } from '../../../examples/web/src/list/board/entries.ts'
import {
  inOrder,
  placeByIndent,
  placeByOutdent,
  placeByStep,
  topsInOrder,
} from '../../../examples/web/src/list/commands/moves.ts'
import { DONE, inLane, laneOf, type Order } from '../../../examples/web/src/list/order/order.ts'
import { NO_FILTER, outlineOf, withSections } from '../../../examples/web/src/list/order/outline.ts'
import {
  allOf,
  extended,
  NONE_SELECTED,
  stillThere,
  toggled,
} from '../../../examples/web/src/list/select/selection.ts'

const stamp = (at: number) => ({ by: 'u', at })
function item(id: string, more: Partial<Item> = {}): Item {
  const fields = { section: null, parent: null, done: false, completed: null, assignees: [], labels: [] }
  return { id, title: id, ...fields, ...more } as unknown as Item
}
const section = (id: string) => ({ id, title: id, order: id, created: stamp(0), deleted: null })

const ITEMS = [
  item('a'),
  item('b', { section: 's1' }),
  item('a1', { parent: 'a' }),
  item('c'),
  item('a2', { parent: 'a', done: true, labels: ['red'] }),
  item('deep', { parent: 'a1' }),
  item('d1', { done: true, completed: stamp(1) }),
  item('d2', { done: true, completed: stamp(2), section: 's1', assignees: ['bo'] }),
]
const order: Order = withSections(outlineOf(ITEMS), [section('s1'), section('s2')]).order
const folds = { collapsed: new Set<string>(), isDoneOpen: false }
const lines = (more = folds) =>
  entriesOf(order, more, { addingTo: null, canAddSection: false }).map(({ kind, key }) =>
    kind === 'row' ? key : `#${key}`,
  )

it('[APP-20] a list stands in sections, subtasks under their item, what is done at the end, the newest first', () => {
  expect(lines()).toEqual(['a', 'a1', 'a2', 'deep', 'c', '#s1', 'b', '#s2', '#done'])
  expect(lines({ collapsed: new Set(['s1']), isDoneOpen: true })).toEqual([
    'a',
    'a1',
    'a2',
    'deep',
    'c',
    '#s1',
    '#s2',
    '#done',
    'd2',
    'd1',
  ])
  expect(outlineOf(ITEMS).progress).toEqual(new Map([['a', { done: 1, total: 3 }]]))
})

it('[APP-20] a filter shows whole families of which one is wanted', () => {
  const red = withSections(outlineOf(ITEMS, { ...NO_FILTER, label: 'red' }), []).order
  expect([...red.lanes.keys()]).toEqual(['', laneOf('a')])
  expect(inLane(red, laneOf('a'))).toEqual(['a1', 'a2', 'deep'])
  expect(inLane(outlineOf(ITEMS, { ...NO_FILTER, assignee: 'bo' }).order, DONE)).toEqual(['d2'])
})

it('[APP-24] rows move by steps among their own, over the edge of a section into the next, and nowhere else', () => {
  expect(placeByStep(order, ['c'], 'up')).toEqual({ before: 'a' })
  expect(placeByStep(order, ['a'], 'down')).toEqual({ after: 'c' })
  expect(placeByStep(order, ['c'], 'down')).toEqual({ at: 'start', section: 's1', parent: null })
  expect(placeByStep(order, ['b'], 'up')).toEqual({ at: 'end', section: null, parent: null })
  expect(placeByStep(order, ['a'], 'up')).toBeNull()
  expect(placeByStep(order, ['deep'], 'top')).toEqual({ before: 'a1' })
  expect(placeByStep(order, ['a1'], 'bottom')).toEqual({ after: 'deep' })
  expect(placeByStep(order, ['deep'], 'down')).toBeNull()
  expect(placeByStep(order, ['d1'], 'up')).toBeNull()
  expect(placeByIndent(order, 'c')).toEqual({ after: 'deep' })
  expect(placeByIndent(order, 'a')).toBeNull()
  expect(placeByOutdent(order, 'a1')).toEqual({ after: 'a' })
  expect(placeByOutdent(order, 'a')).toBeNull()
})

it('[APP-25] rows are chosen one by one, by ranges and all at once; what has gone is not chosen any more', () => {
  const shown = rowIds(entriesOf(order, folds, { addingTo: null, canAddSection: true }))
  const one = toggled(NONE_SELECTED, 'a2')
  expect(extended(one, 'c', shown)).toMatchObject({
    isOn: true,
    ids: new Set(['a2', 'deep', 'c']),
    anchor: 'a2',
  })
  expect(extended(extended(one, 'c', shown), 'a', shown).ids).toEqual(new Set(['a', 'a1', 'a2', 'deep', 'c']))
  expect(toggled(one, 'a2').isOn).toBe(false)
  expect(allOf(shown).ids.size).toBe(shown.length)
  expect(stillThere(one, () => false)).toBe(NONE_SELECTED)
  // A subtask goes with its item, and both in the order of the screen.
  expect(inOrder(order, ['b', 'a1', 'a'])).toEqual(['a', 'a1', 'b'])
  expect(topsInOrder(order, ['b', 'a1', 'a'])).toEqual(['a', 'b'])
})
