import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  applyChanges,
  type Change,
  type ListChange,
  ListView,
  planAddItems,
  planAddSection,
  planMoveItems,
  planPurgeItems,
  planRemoveItems,
  planRemoveSection,
  planRestoreItems,
  planToggle,
  selectItems,
} from '../../../client-sdk/src/model/index.ts'
import { seededRandom } from '../../support/seed.ts'
import { Device, meet, snapshotOf } from './device.ts'
import { editAtRandom } from './random-edits.ts'

describe('ListView', () => {
  it('[MODEL-9] after any edits it shows exactly what a view built afresh shows', () => {
    const random = seededRandom('view against fresh')
    let compared = 0
    for (let run = 0; run < 25; run += 1) {
      const device = new Device('anna', random.next)
      for (let step = 0; step < 60; step += 1) {
        if (!editAtRandom(device, random)) continue
        expect(snapshotOf(device.view)).toEqual(snapshotOf(new ListView(device.doc)))
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(600)
  })

  it('[SDK-5] only what changed gets a new identity, and the news says precisely what did', () => {
    const a = new Device('anna')
    const ids = a.run(
      planAddItems(
        a.view,
        a.context,
        Array.from({ length: 50 }, (_, n) => ({ title: `${n}` })),
      ),
    )
    const before = new Map(ids.map((id) => [id, a.item(id)]))
    const order = a.view.ids()
    const news: ListChange[] = []
    a.view.subscribe((change) => news.push(change))
    a.toggle(ids[7] ?? '')
    expect(ids.filter((id) => a.item(id) !== before.get(id))).toEqual([ids[7]])
    expect(a.view.ids()).toBe(order)
    expect(news).toHaveLength(1)
    expect(news[0]).toMatchObject({
      order: false,
      sections: false,
      labels: false,
      trash: false,
      local: true,
      origin: a,
    })
    expect([...(news[0]?.items ?? [])]).toEqual([[ids[7], before.get(ids[7] ?? '')]])
    expect(a.item(ids[7] ?? '').labels).toBe(before.get(ids[7] ?? '')?.labels)
    const [ticked, register] = [a.item(ids[7] ?? ''), a.doc.getMap('items').get(`${ids[7]}/done`)]
    a.doc.getMap('items').set(`${ids[7]}/done`, register)
    expect(a.item(ids[7] ?? '')).toBe(ticked)
    expect(news).toHaveLength(1)
  })

  it('[MODEL-7][C-12][E-27] a transaction is one piece of news, whole, with its origin, and a repetition is none', () => {
    const [a, b] = [new Device('anna'), new Device('ben')]
    const news: ListChange[] = []
    b.view.subscribe((change) => {
      for (const id of change.items.keys()) expect(b.view.ids()).toContain(id)
      news.push(change)
    })
    a.run(
      planAddItems(
        a.view,
        a.context,
        Array.from({ length: 200 }, (_, n) => ({ title: `${n}`, notes: 'x' })),
      ),
    )
    const update = a.updateFor(b)
    b.receive(update)
    b.receive(update)
    expect(news).toHaveLength(1)
    expect(news[0]).toMatchObject({ order: true, local: false, origin: 'elsewhere' })
    expect(news[0]?.items.size).toBe(200)
    expect([...(news[0]?.items.values() ?? [])].every((before) => before === undefined)).toBe(true)
  })

  it('[MODEL-6][B-10] removing hides an item and its subtasks, restoring brings them back, purging leaves no key', () => {
    const a = new Device('anna')
    const parent = a.add({ title: 'party', notes: 'on friday' })
    const child = a.add({ title: 'cake', place: { at: 'end', parent } })
    a.run(planRemoveItems(a.view, a.context, [parent]))
    expect(a.view.ids()).toEqual([])
    expect(a.view.trash()).toHaveLength(2)
    a.now += 5
    a.run(planRestoreItems(a.view, a.context, [parent]))
    expect(a.view.children(parent).map(({ id }) => id)).toEqual([child])
    a.run(planRemoveItems(a.view, a.context, [parent]))
    a.run(planPurgeItems(a.view, a.context, [parent, child]))
    expect(a.view.trash()).toEqual([])
    expect(a.view.counts().items).toBe(0)
    expect(a.doc.getMap('items').size).toBe(0)
    expect(a.doc.getText(`note:${parent}`).length).toBe(0)
    expect(() => a.run(planPurgeItems(a.view, a.context, [a.add('live')]))).toThrow('not in the trash')
  })

  it('[MODEL-10] items of a removed section show none, subtasks are where their parent is, circles are opened', () => {
    const [a, b] = [new Device('anna'), new Device('ben')]
    const section = a.run(planAddSection(a.view, a.context, { title: 'fruit' }))
    const [one, two] = [a.add({ title: '1', place: { at: 'end', section } }), a.add('2')]
    meet(a, b)
    a.run(planMoveItems(a.view, a.context, [one], { at: 'end', parent: two }))
    b.run(planMoveItems(b.view, b.context, [two], { at: 'end', parent: one }))
    meet(a, b)
    const parents = [a.item(one).parent, a.item(two).parent]
    expect(parents.filter((parent) => parent === null)).toHaveLength(1)
    expect([b.item(one).parent, b.item(two).parent]).toEqual(parents)
    expect(a.item(one).section).toBe(a.item(two).section)
    a.run(planMoveItems(a.view, a.context, [one], { at: 'end', section }))
    a.run(planMoveItems(a.view, a.context, [two], { at: 'end', parent: one }))
    expect([a.item(one).section, a.item(two).section]).toEqual([section, section])
    a.run(planRemoveSection(a.view, a.context, section))
    expect([a.item(one).section, a.item(two).section]).toEqual([null, null])
    a.back()
    expect([a.item(one).section, a.item(two).section]).toEqual([section, section])
  })

  it('[MODEL-7] changes inside an open transaction can be built upon, and are told once', () => {
    const a = new Device('anna')
    let told = 0
    a.view.subscribe(() => {
      told += 1
    })
    a.doc.transact(() => {
      const added = planAddItems(a.view, a.context, [{ title: 'milk' }])
      applyChanges(a.doc, added.changes, a)
      a.view.absorb(added.changes)
      const tick = planToggle(a.view, a.context, added.value[0] ?? '', true)
      applyChanges(a.doc, tick.changes, a)
      a.view.absorb(tick.changes)
    }, a)
    expect(told).toBe(1)
    expect(a.item(a.view.ids()[0] ?? '').done).toBe(true)
  })

  it('[SDK-6] a view selects and sorts, and keeps ties in the order of the list', () => {
    const a = new Device('anna')
    const input = [
      { title: 'b2', priority: 1, due: { date: '2024-03-02' } },
      { title: 'a10', priority: 3, assignees: ['ben'] },
      { title: 'a9', priority: 3, notes: 'Zürich', due: { date: '2024-03-02', time: '08:00' } },
    ] as const
    const ids = a.run(planAddItems(a.view, a.context, input))
    const titles = (view: Parameters<typeof selectItems>[1]) =>
      selectItems(a.view, view, 'en').map(({ title }) => title)
    a.toggle(ids[0] ?? '')
    expect(titles({})).toEqual(['b2', 'a10', 'a9'])
    expect(titles({ done: false })).toEqual(['a10', 'a9'])
    expect(titles({ done: { since: a.now + 1 } })).toEqual(['a10', 'a9'])
    expect(titles({ sort: 'priority' })).toEqual(['a10', 'a9', 'b2'])
    expect(titles({ sort: 'title' })).toEqual(['a9', 'a10', 'b2'])
    expect(titles({ sort: 'due' })).toEqual(['a9', 'b2', 'a10'])
    expect(titles({ assignee: 'ben' })).toEqual(['a10'])
    expect(titles({ text: 'zürich A' })).toEqual(['a9'])
    expect(titles({ section: null, parent: null })).toHaveLength(3)
  })

  it('[MODEL-5][B-20] fields, records and roots of a later version change nothing, and are still there after own edits', () => {
    const a = new Device('anna')
    const id = a.add({ title: 'milk', extensions: { 'x-shop': { aisle: 3 } } })
    const later: Change[] = [
      { type: 'put', root: 'items', key: `${id}/mood`, value: ['happy', 'ben', 5, { extra: true }] },
      { type: 'put', root: 'items', key: `${id}/watcher/ben`, value: [true, 'ben', 5] },
      { type: 'put', root: 'items', key: `${id}/title`, value: ['oat milk', 'ben', 5, 'and more'] },
    ]
    applyChanges(a.doc, later, 'later version')
    a.doc.getMap('wishes').set('w1', 'x')
    expect(a.item(id)).toMatchObject({ title: 'oat milk', extensions: { 'x-shop': { aisle: 3 } } })
    a.rename(id, 'soy milk')
    a.toggle(id)
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(a.doc))
    expect(copy.getMap('items').get(`${id}/mood`)).toEqual(['happy', 'ben', 5, { extra: true }])
    expect(copy.getMap('items').get(`${id}/watcher/ben`)).toEqual([true, 'ben', 5])
    expect(copy.getMap('wishes').get('w1')).toBe('x')
  })
})
