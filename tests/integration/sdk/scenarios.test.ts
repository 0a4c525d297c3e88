import type { List } from '@tandem/client-sdk'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { closeAll, isSynced, type Person, person, sharedList, titles } from './two-people.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

interface Pair {
  readonly ann: Person
  readonly ben: Person
  readonly hers: List
  readonly his: List
}

/** Two people with one list, and with these items in it. */
async function pair(...items: string[]): Promise<Pair> {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There is no list.')
  await hers.items.addMany(items).confirmed
  await until(() => titles(his).length === items.length)
  return { ann, ben, hers, his }
}

function cut({ ann, ben }: Pair): void {
  ann.network.cut()
  ben.network.cut()
}

async function rejoin({ ann, ben, hers, his }: Pair, first: 'ann' | 'ben' = 'ann'): Promise<void> {
  const order = first === 'ann' ? [ann, ben] : [ben, ann]
  const lists = first === 'ann' ? [hers, his] : [his, hers]
  for (const [index, one] of order.entries()) {
    one.network.restore()
    void lists[index]?.status.getSnapshot()
    await until(() => lists[index] !== undefined && isSynced(lists[index]), {
      what: `${first} first: ${index} synced`,
    })
  }
  await until(() => JSON.stringify(contents(hers)) === JSON.stringify(contents(his)), {
    what: 'both see the same',
  })
}

function contents(list: List): unknown[] {
  return list.items
    .ids()
    .getSnapshot()
    .map((id) => list.items.item(id).getSnapshot())
}

const idOf = (list: List, title: string): string => {
  const id = list.items
    .ids()
    .getSnapshot()
    .find((one) => list.items.item(one).getSnapshot()?.title === title)
  if (id === undefined) throw new Error(`There is no ${title}.`)
  return id
}

for (const first of ['ann', 'ben'] as const) {
  it(`[SYNC-1][A6.1][A-07][A-10][F-08] ten items added offline and two online make twelve, ${first} back first`, async () => {
    const both = await pair()
    both.ann.network.cut()
    for (let n = 1; n <= 10; n += 1) both.hers.items.add(`offline ${n}`)
    both.his.items.add('online 1')
    await both.his.items.add('online 2').confirmed
    both.ben.network.cut()
    await rejoin(both, first)
    expect(titles(both.hers)).toHaveLength(12)
    expect(titles(both.his)).toEqual(titles(both.hers))
  })
}

it('[MODEL-1][A6.2][A-03][G-03][A-13] a rename and a tick and a move of one item, all offline, all survive', async () => {
  const both = await pair('Milk', 'Bread')
  const id = idOf(both.hers, 'Milk')
  cut(both)
  both.hers.items.update(id, { title: 'Oat milk' })
  both.his.items.toggle(id)
  both.his.items.move(id, { at: 'end' })
  await rejoin(both)
  expect(titles(both.hers)).toEqual(['Bread', 'Oat milk'])
  expect(both.hers.items.item(id).getSnapshot()?.done).toBe(true)
})

it('[CONF-1][CONF-2][A6.3][G-01] two offline renames: one title everywhere, whose value lost is told, and it is one call away', async () => {
  const both = await pair('Milk')
  const id = idOf(both.hers, 'Milk')
  cut(both)
  both.hers.items.update(id, { title: 'Oat milk' })
  both.his.items.update(id, { title: 'Soy milk' })
  await rejoin(both)
  const kept = titles(both.hers)[0]
  const [loser, winner] = kept === 'Oat milk' ? [both.his, both.hers] : [both.hers, both.his]
  await until(() => loser.conflicts.getSnapshot().length === 1, { what: 'the loser is told' })
  const [notice] = loser.conflicts.getSnapshot()
  expect(notice).toMatchObject({ kind: 'same-field', field: 'title', title: kept })
  expect(notice?.kept.value).toBe(kept)
  expect([kept, notice?.other.value].sort()).toEqual(['Oat milk', 'Soy milk'])

  notice?.useOther()
  expect(titles(loser)).toEqual([notice?.other.value])
  await until(() => titles(winner)[0] === notice?.other.value)
  expect(loser.conflicts.getSnapshot()).toEqual([])
})

it('[CONF-3][A6.4][C-08][F-10] an edit of an item deleted meanwhile is never silent, and one call restores both', async () => {
  const both = await pair('Milk')
  const id = idOf(both.hers, 'Milk')
  cut(both)
  both.hers.items.remove(id)
  both.his.items.update(id, { title: 'Milk, 2 l' })
  await rejoin(both)
  await until(() => both.his.conflicts.getSnapshot().length === 1, { what: 'the editor is told' })
  const [notice] = both.his.conflicts.getSnapshot()
  expect(notice).toMatchObject({ kind: 'edited-while-removed', title: 'Milk, 2 l' })
  expect(titles(both.his)).toEqual([])
  expect(both.his.items.trash.getSnapshot().map((item) => item.title)).toEqual(['Milk, 2 l'])
  notice?.useOther()
  expect(titles(both.his)).toEqual(['Milk, 2 l'])
  await until(() => titles(both.hers)[0] === 'Milk, 2 l')
})

it('[ORDER-2][A6.5] an item moved to two places appears once, in the same place everywhere', async () => {
  const both = await pair('a', 'b', 'c', 'd')
  const id = idOf(both.hers, 'b')
  cut(both)
  both.hers.items.move(id, { at: 'end' })
  both.his.items.move(id, { at: 'start' })
  await rejoin(both)
  expect(titles(both.hers).filter((title) => title === 'b')).toHaveLength(1)
})

it('[REC-1][A6.6] a weekly item completed twice offline has exactly one next occurrence', async () => {
  const both = await pair()
  const write = both.hers.items.add({ title: 'Bins', due: { date: '2026-11-02' }, repeat: 'FREQ=WEEKLY' })
  await write.confirmed
  await until(() => titles(both.his).length === 1)
  cut(both)
  both.hers.items.toggle(write.value)
  both.his.items.toggle(write.value)
  await rejoin(both)
  expect(titles(both.hers, { done: false })).toEqual(['Bins'])
  expect(titles(both.hers)).toEqual(['Bins', 'Bins'])
})

it('[UNDO-1][UNDO-2][A6.13][U-01][U-02][U-04] undo takes back the own field only, and a bulk tick of twenty as one', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `item ${n}`)
  const { hers, his } = await pair(...names)
  const id = idOf(hers, 'item 0')
  await hers.items.update(id, { title: 'mine', quantity: '1' }).confirmed
  await until(() => titles(his)[0] === 'mine')
  await his.items.update(id, { quantity: '7' }).confirmed
  await until(() => hers.items.item(id).getSnapshot()?.quantity === '7')
  expect(hers.undo().value).toBe(true)
  expect(hers.items.item(id).getSnapshot()).toMatchObject({ title: 'item 0', quantity: '7' })
  expect(hers.redo().value).toBe(true)
  expect(titles(hers)[0]).toBe('mine')

  hers.items.toggle(hers.items.ids().getSnapshot(), true)
  expect(titles(hers, { done: true })).toHaveLength(20)
  const undone = hers.undo()
  expect(titles(hers, { done: true })).toHaveLength(0)
  await undone.confirmed
  await until(() => titles(his, { done: true }).length === 0 && titles(his)[0] === 'mine')
  expect(his.undoState.getSnapshot().undoLabel).toBe('Edit')
})

it('[UNDO-5][U-06][U-08] undo of what others deleted or changed since is defined, and not of what others did', async () => {
  const { hers, his } = await pair('Milk')
  const id = idOf(his, 'Milk')
  expect(his.undoState.getSnapshot().canUndo).toBe(false)
  await his.items.update(id, { title: 'Oat milk' }).confirmed
  await until(() => titles(hers)[0] === 'Oat milk')
  await hers.items.remove(id).confirmed
  await until(() => titles(his).length === 0)
  expect(his.undo().value).toBe(true)
  expect(his.items.item(id).getSnapshot()).toMatchObject({ title: 'Milk' })
  expect(titles(his)).toEqual([])
})

it('[UNDO-4][U-03][U-05] who deletes and takes it back brings the item back for everyone, with what others did to it', async () => {
  const { hers, his } = await pair('Milk')
  const id = idOf(his, 'Milk')
  await his.items.remove(id).confirmed
  await until(() => titles(hers).length === 0)
  await hers.items.update(id, { quantity: '2' }).confirmed
  await until(() => his.items.item(id).getSnapshot()?.quantity === '2')
  await his.undo().confirmed
  await until(() => titles(hers)[0] === 'Milk')
  expect(hers.items.item(id).getSnapshot()).toMatchObject({ quantity: '2', deleted: null })
})
