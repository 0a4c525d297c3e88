import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  applyChanges,
  ListView,
  planAddItems,
  planInsertNotes,
  planMoveItems,
  planPurgeItems,
  planRemoveItems,
  planReplaceNotes,
  planToggle,
  planUpdateItem,
} from '../../../client-sdk/src/model/index.ts'
import { seededRandom } from '../../support/seed.ts'
import { Device, hashOf, meet } from './device.ts'

function two(): [Device, Device] {
  return [new Device('anna'), new Device('ben')]
}

describe('undo', () => {
  it('[UNDO-1][U-01] undo takes back my own edits and never those of others', () => {
    const [a, b] = two()
    a.add('mine')
    meet(a, b)
    b.add('yours')
    meet(a, b)
    expect(a.back()).toBe(true)
    meet(a, b)
    expect(a.titles()).toEqual(['yours'])
    expect(b.titles()).toEqual(['yours'])
    expect(a.back()).toBe(false)
  })

  it('[UNDO-2][U-01] a field another has written since stays as it is; the rest of the step goes back', () => {
    const [a, b] = two()
    const id = a.add('milk')
    a.run(planUpdateItem(a.view, a.context, id, { title: 'oat milk', priority: 2 }))
    meet(a, b)
    b.rename(id, 'soy milk')
    meet(a, b)
    a.back()
    meet(a, b)
    expect(b.item(id)).toMatchObject({ title: 'soy milk', priority: 0 })
    expect(hashOf(a)).toBe(hashOf(b))
  })

  it('[UNDO-2][U-02] undo works after others moved and removed what stood around it', () => {
    const [a, b] = two()
    const [one = '', two_ = '', three = ''] = ['1', '2', '3'].map((title) => a.add(title))
    meet(a, b)
    a.run(planMoveItems(a.view, a.context, [one], { at: 'end' }))
    meet(a, b)
    b.run(planRemoveItems(b.view, b.context, [three]))
    b.run(planMoveItems(b.view, b.context, [two_], { at: 'end' }))
    meet(a, b)
    a.back()
    meet(a, b)
    expect(b.titles()).toEqual(['1', '2'])
  })

  it('[UNDO-6][U-03] undoing a removal brings the item back with what others edited meanwhile', () => {
    const [a, b] = two()
    const id = a.add('milk')
    meet(a, b)
    b.run(planRemoveItems(b.view, b.context, [id]))
    meet(a, b)
    a.rename(id, 'two milks')
    meet(a, b)
    b.back()
    meet(a, b)
    expect(a.titles()).toEqual(['two milks'])
  })

  it('[UNDO-7][U-04] redo repeats what was undone, any number of steps, and ends with a new edit', () => {
    const a = new Device('anna')
    const id = a.add('one')
    a.rename(id, 'two')
    a.rename(id, 'three')
    const after = a.titles()
    for (let round = 0; round < 3; round += 1) {
      while (a.back()) a.now += 1
      expect(a.titles()).toEqual([])
      while (a.back('redo')) a.now += 1
      expect(a.titles()).toEqual(after)
    }
    a.back()
    expect(a.undo.state()).toMatchObject({
      canUndo: true,
      canRedo: true,
      undoLabel: 'rename',
      redoLabel: 'rename',
    })
    a.rename(id, 'four')
    expect(a.back('redo')).toBe(false)
    expect(a.undo.state().canRedo).toBe(false)
  })

  it('[UNDO-3] each step has a name of its own, also after another of the same label, and none goes by 0', () => {
    const a = new Device('anna')
    expect(a.undo.state().step).toBe(0)
    const id = a.add('one')
    a.rename(id, 'two')
    const first = a.undo.state()
    a.rename(id, 'three')
    const second = a.undo.state()
    expect({ ...second, step: 0 }).toEqual({ ...first, step: 0 })
    expect(second.step).not.toBe(first.step)
    a.back()
    expect(a.undo.state().step).toBe(first.step)
  })

  it('[UNDO-4][U-05] undo is an edit: whoever opens the list afterwards sees it', () => {
    const a = new Device('anna')
    const id = a.add('one')
    a.rename(id, 'two')
    a.back()
    const late = new Y.Doc()
    Y.applyUpdate(late, Y.encodeStateAsUpdate(a.doc))
    expect(new ListView(late).item(id)?.title).toBe('one')
  })

  it('[UNDO-5][U-06] an item that another removed or purged meanwhile is left to them, without a throw', () => {
    const [a, b] = two()
    const [removed, purged] = [a.add('removed'), a.add('purged')]
    a.run(planUpdateItem(a.view, a.context, removed, { title: 'removed later' }))
    a.run(planUpdateItem(a.view, a.context, purged, { title: 'purged later' }))
    meet(a, b)
    b.run(planRemoveItems(b.view, b.context, [removed, purged]))
    b.run(planPurgeItems(b.view, b.context, [purged]))
    meet(a, b)
    while (a.back()) a.now += 1
    meet(a, b)
    expect(a.view.item(purged)).toBeUndefined()
    expect(a.view.keysOf('items', purged)).toEqual([])
    expect(b.item(removed)).toMatchObject({ title: 'removed', deleted: { by: 'ben' } })
    while (a.back('redo')) a.now += 1
    meet(a, b)
    expect(a.view.ids()).toEqual([])
    expect(hashOf(a)).toBe(hashOf(b))
  })

  it('[UNDO-1][U-08] what arrives from others or from the device is not in the history', () => {
    const [a, b] = two()
    b.add('theirs')
    a.receive(b.updateFor(a))
    applyChanges(
      a.doc,
      [{ type: 'put', root: 'list', key: 'title', value: ['restored', 'server', 1] }],
      'device',
    )
    expect(a.undo.state()).toEqual({ canUndo: false, canRedo: false, step: 0 })
    expect(a.back()).toBe(false)
  })

  it('[UNDO-3] many changes are one step: 20 ticks undone at once, those others unticked left alone (A6.13)', () => {
    const [a, b] = two()
    const ids = a.run(
      planAddItems(
        a.view,
        a.context,
        Array.from({ length: 20 }, (_, n) => ({ title: `${n}` })),
      ),
    )
    meet(a, b)
    const ticks = ids.flatMap((id) => planToggle(a.view, a.context, id, true).changes)
    a.run({ value: undefined, changes: ticks }, 'tick 20')
    meet(a, b)
    expect(ids.every((id) => b.item(id).done)).toBe(true)
    b.toggle(ids[3] ?? '')
    b.toggle(ids[3] ?? '')
    meet(a, b)
    a.back()
    meet(a, b)
    expect(ids.filter((id) => b.item(id).done)).toEqual([ids[3]])
  })

  it('[UNDO-8] undo in notes takes out what I typed and puts back what I deleted, among what others typed', () => {
    const [a, b] = two()
    const id = a.add({ title: 'x', notes: 'one two three' })
    meet(a, b)
    a.run(planReplaceNotes(a.view, id, 'one 2 three'))
    meet(a, b)
    b.run(planInsertNotes(b.view, id, 5, '!'))
    b.run(planInsertNotes(b.view, id, 0, '> '))
    meet(a, b)
    expect(a.item(id).notes).toBe('> one 2! three')
    a.back()
    meet(a, b)
    expect(b.item(id).notes).toMatch(/^> one (two!|!two) three$/)
    a.back('redo')
    meet(a, b)
    expect(b.item(id).notes).toBe('> one 2! three')
  })

  it('[UNDO-8] any run of note edits is undone to the start and redone to the end, surrogate pairs whole', () => {
    const random = seededRandom('note undo')
    let edits = 0
    for (let run = 0; run < 150; run += 1) {
      const a = new Device('anna')
      const id = a.add('x')
      const states = ['']
      for (let step = 0; step < 12; step += 1) {
        const characters = Array.from(a.item(id).notes)
        const at = random.int(characters.length + 1)
        const gone = random.int(4)
        const typed = ['', 'a', 'bcd', '😀', 'x😀y'][random.int(5)] ?? ''
        const text = [...characters.slice(0, at), typed, ...characters.slice(at + gone)].join('')
        const plan = planReplaceNotes(a.view, id, text)
        if (plan.changes.length === 0) continue
        a.run(plan)
        states.push(a.item(id).notes)
        edits += 1
      }
      for (let round = 0; round < 2; round += 1) {
        for (let step = states.length - 2; step >= 0; step -= 1) {
          a.back()
          expect(a.item(id).notes).toBe(states[step])
        }
        for (let step = 1; step < states.length; step += 1) {
          a.back('redo')
          expect(a.item(id).notes).toBe(states[step])
        }
      }
    }
    expect(edits).toBeGreaterThan(800)
  })

  it('[UNDO-9] what one step made and took away again is not brought to life by undoing it', () => {
    const a = new Device('anna')
    const id = a.add({ title: 'x', notes: 'one' })
    const typed = planInsertNotes(a.view, id, 3, ' two')
    const text = [
      ...typed.changes,
      { type: 'text' as const, itemId: id, delta: [{ retain: 4 }, { delete: 2 }] },
    ]
    a.run({ value: undefined, changes: text })
    expect(a.item(id).notes).toBe('one o')
    a.back()
    expect(a.item(id).notes).toBe('one')
    const added = planAddItems(a.view, a.context, [{ title: 'y' }])
    const put = {
      type: 'put' as const,
      root: 'items' as const,
      key: `${added.value[0]}/deleted`,
      value: [true, 'anna', 1],
    }
    a.run({ value: undefined, changes: [...added.changes, put] }, 'nothing')
    expect(a.undo.state().undoLabel).toBe('nothing')
    const before = hashOf(a)
    const move = a.undo.takeUndo(a.doc, { by: 'anna', now: 9 })
    expect(move?.label).toBe('add')
    expect(hashOf(a)).toBe(before)
  })
})
