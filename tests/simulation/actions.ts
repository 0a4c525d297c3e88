import type { Item, List } from '@tandem/client-sdk'
import type { SeededRandom } from '../support/seed.ts'

/** Takes down what is made, with the promise that the server has it. */
export interface Made {
  add(id: string, confirmed: Promise<void>): unknown
}

/** What a person may do to a list, each with how often. */
type Action = (list: List, random: SeededRandom, made: Made) => void

const words = ['Milk', 'Bread', 'Eggs', 'Apples', 'Soap', 'Rice', 'Tea', 'Nails']

const add: Action = (list, random, made) => {
  const place = random.int(3) === 0 ? somewhere(list, random) : undefined
  const title = `${random.pick(words)} ${random.int(100)}`
  const { value, confirmed } = list.items.add(place === undefined ? { title } : { title, place })
  made.add(value, confirmed)
}
const addMany: Action = (list, random, made) => {
  const titles = Array.from({ length: 2 + random.int(6) }, () => random.pick(words))
  const { value, confirmed } = list.items.addMany(titles)
  for (const id of value) made.add(id, confirmed)
}
const rename = onItem((list, item, random) =>
  list.items.update(item.id, { title: `${random.pick(words)} ${random.int(1000)}` }),
)
const tick = onItem((list, item) => list.items.toggle(item.id))
const edit = onItem((list, item, random) =>
  list.items.update(item.id, { priority: random.int(4) as 0 | 1 | 2 | 3, quantity: `${random.int(9)} kg` }),
)
const repeat = onItem((list, item) =>
  list.items.update(item.id, { due: { date: '2026-11-21' }, repeat: 'FREQ=WEEKLY' }),
)
const move = onItem((list, item, random) => {
  const to = somewhere(list, random)
  if (to !== undefined && !('before' in to && to.before === item.id)) list.items.move(item.id, to)
})
const remove = onItem((list, item) => list.items.remove(item.id))
const write = onItem((list, item, random) => {
  const text = list.items.notes(item.id)
  const { length } = text.getSnapshot()
  if (length > 20 && random.int(3) === 0) text.delete(random.int(length - 5), 5)
  else text.insert(random.int(length + 1), random.pick(words))
})
const assign = onItem((list, item, random) =>
  list.items.assign(item.id, { [random.pick(['add', 'remove'])]: [`u_person${random.int(3)}`] }),
)
const restore: Action = (list, random) => {
  const trash = list.items.trash.getSnapshot()
  if (trash.length > 0) list.items.restore(random.pick(trash).id)
}
const section: Action = (list, random) => void list.sections.add(random.pick(words))
const undo: Action = (list) => void list.undo()
const redo: Action = (list) => void list.redo()
const bulk: Action = (list, random) =>
  void list.transact('Tick several', () => {
    for (const id of list.items
      .ids()
      .getSnapshot()
      .slice(0, 1 + random.int(5)))
      list.items.toggle(id)
  })

const ACTIONS: readonly (readonly [Action, number])[] = [
  [add, 20],
  [addMany, 4],
  [rename, 14],
  [tick, 20],
  [edit, 8],
  [repeat, 2],
  [move, 12],
  [remove, 6],
  [restore, 4],
  [write, 10],
  [assign, 4],
  [section, 1],
  [undo, 6],
  [redo, 3],
  [bulk, 3],
]
const BAG = ACTIONS.flatMap(([action, weight]) => Array.from({ length: weight }, () => action))

export function act(list: List, random: SeededRandom, made: Made): void {
  random.pick(BAG)(list, random, made)
}

function onItem(change: (list: List, item: Item, random: SeededRandom) => void): Action {
  return (list, random) => {
    const ids = list.items.ids().getSnapshot()
    const item = ids.length === 0 ? undefined : list.items.item(random.pick(ids)).getSnapshot()
    if (item !== undefined) change(list, item, random)
  }
}

function somewhere(
  list: List,
  random: SeededRandom,
): { before: string } | { at: 'start' | 'end' } | undefined {
  const ids = list.items.ids().getSnapshot()
  if (ids.length === 0 || random.int(4) === 0) return { at: random.pick(['start', 'end'] as const) }
  return { before: random.pick(ids) }
}
