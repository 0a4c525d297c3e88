import { describe, expect, it } from 'vitest'
import {
  planInsertNotes,
  planMoveItems,
  planRemoveItems,
  planRenameList,
  planUpdateItem,
} from '../../../client-sdk/src/model/index.ts'
import { Device, meet } from './device.ts'

/** Two devices with one item, in both orders of client ids: who wins a collision must not matter. */
function bothWays(test: (a: Device, b: Device, id: string) => void): void {
  for (const [first, second] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const [a, b] = [new Device('anna'), new Device('ben')]
    a.doc.clientID = first
    b.doc.clientID = second
    const id = a.add('milk')
    meet(a, b)
    a.own.confirm('edit-1')
    expect([...a.collisions, ...b.collisions]).toEqual([])
    test(a, b, id)
  }
}

describe('collisions', () => {
  it('[CONF-1] two titles at once: both devices name the kept and the other value (A6.3)', () => {
    bothWays((a, b, id) => {
      a.rename(id, 'oat milk')
      b.rename(id, 'soy milk')
      meet(a, b)
      const title = a.item(id).title
      const kept = { value: title, by: title === 'oat milk' ? 'anna' : 'ben' }
      const other =
        title === 'oat milk' ? { value: 'soy milk', by: 'ben' } : { value: 'oat milk', by: 'anna' }
      const collision = { kind: 'same-field', root: 'items', id, field: 'title', kept, other }
      expect(a.collisions).toEqual([collision])
      expect(b.collisions).toEqual([collision])
    })
  })

  it('[CONF-4] whoever had seen my value and wrote another collided with nothing', () => {
    bothWays((a, b, id) => {
      a.rename(id, 'oat milk')
      meet(a, b)
      b.rename(id, 'soy milk')
      b.rename(id, 'rice milk')
      meet(a, b)
      a.rename(id, 'milk')
      meet(a, b)
      expect([...a.collisions, ...b.collisions]).toEqual([])
    })
  })

  it('[CONF-4] the same value twice is no collision, nor are two fields', () => {
    bothWays((a, b, id) => {
      a.rename(id, 'oat milk')
      b.rename(id, 'oat milk')
      b.toggle(id)
      a.run(planUpdateItem(a.view, a.context, id, { priority: 1 }))
      meet(a, b)
      expect([...a.collisions, ...b.collisions]).toEqual([])
    })
  })

  it('[CONF-1] of several writes that arrive at once the one to be seen is named, once', () => {
    bothWays((a, b, id) => {
      const updates: Uint8Array[] = []
      b.doc.on('update', (update: Uint8Array) => updates.push(update))
      for (const title of ['b1', 'b2', 'b3']) b.rename(id, title)
      for (const title of ['a1', 'a2']) a.rename(id, title)
      const mine = a.updateFor(b)
      a.doc.transact(() => {
        for (const update of updates) a.receive(update)
      }, 'elsewhere')
      b.receive(mine)
      expect(a.collisions).toHaveLength(1)
      expect(b.collisions).toHaveLength(1)
      const values = [a.collisions[0]?.kept.value, a.collisions[0]?.other.value].sort()
      expect(values).toEqual(['a2', 'b3'])
    })
  })

  it('[CONF-5] two moves of one item are one collision, with order and section together', () => {
    bothWays((a, b, id) => {
      const other = a.add('bread')
      meet(a, b)
      a.run(planMoveItems(a.view, a.context, [id], { at: 'end' }))
      b.run(planMoveItems(b.view, b.context, [id], { at: 'end', parent: other }))
      meet(a, b)
      for (const device of [a, b]) {
        expect(device.collisions).toHaveLength(1)
        expect(device.collisions[0]).toMatchObject({ kind: 'moved-twice', id, field: 'order' })
        expect(device.collisions[0]?.kept.value).toHaveProperty('order', device.item(id).order)
      }
    })
  })

  it('[CONF-3][G-06][C-08][F-10] an item I edited and another removed: in the trash with my edit, and I am told', () => {
    bothWays((a, b, id) => {
      a.rename(id, 'oat milk')
      b.run(planRemoveItems(b.view, b.context, [id]))
      meet(a, b)
      for (const device of [a, b]) expect(device.view.trash()).toMatchObject([{ id, title: 'oat milk' }])
      const common = {
        kind: 'edited-while-removed',
        id,
        field: 'title',
        kept: { value: 'removed', by: 'ben' },
      }
      expect(a.collisions).toMatchObject([{ ...common, other: { value: 'oat milk', by: 'anna' } }])
      expect(b.collisions).toMatchObject([{ ...common, other: { value: 'oat milk', by: 'anna' } }])
    })
  })

  it('[CONF-3] an edit of notes counts; a tick that was confirmed does not', () => {
    bothWays((a, b, id) => {
      a.run(planInsertNotes(a.view, id, 0, 'the blue one'))
      b.run(planRemoveItems(b.view, b.context, [id]))
      meet(a, b)
      expect(a.collisions).toMatchObject([
        { kind: 'edited-while-removed', field: 'notes', other: { by: 'anna' } },
      ])
    })
    bothWays((a, b, id) => {
      a.toggle(id)
      a.own.confirm('edit-2')
      meet(a, b)
      b.run(planRemoveItems(b.view, b.context, [id]))
      meet(a, b)
      expect([...a.collisions, ...b.collisions]).toEqual([])
    })
  })

  it('[CONF-1] the title of the list collides as well; forgotten writes do not', () => {
    bothWays((a, b) => {
      a.run(planRenameList(a.view, a.context, 'shopping'))
      a.own.forget('edit-2')
      b.run(planRenameList(b.view, b.context, 'groceries'))
      meet(a, b)
      expect(a.collisions).toEqual([])
      expect(b.collisions).toMatchObject([{ kind: 'same-field', root: 'list', id: null, field: 'title' }])
    })
  })

  it('[CONF-1] the device whose value lost finds that even when the winner\u2019s was all it ever received', () => {
    bothWays((a, b, id) => {
      a.rename(id, 'oat milk')
      b.rename(id, 'soy milk')
      a.receive(b.updateFor(a))
      b.receive(a.updateFor(b))
      const loser = a.item(id).title === 'oat milk' ? b : a
      expect(loser.collisions).toMatchObject([{ kind: 'same-field', other: { by: loser.by } }])
    })
  })
})
