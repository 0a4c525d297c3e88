import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  bob,
  codeOf,
  contentOf,
  Device,
  hasNothingPending,
  id,
  item,
  opsOf,
  register,
  Server,
} from './support.ts'

describe('what honest clients send', () => {
  it('[GATE-14][GATE-13][B-08] an added item, a tick and a rename are accepted and described from → to', () => {
    const server = new Server()
    const device = new Device()
    device.addItem('milk', 'Milk')
    expect(opsOf(server.take(device.takeUnsent()))).toEqual([
      { op: 'add', kind: 'items', id: id('milk'), value: item('Milk') },
    ])
    device.set('milk', 'done', true)
    expect(opsOf(server.take(device.takeUnsent()))).toEqual([
      { op: 'set', kind: 'items', id: id('milk'), field: 'done', from: false, to: true },
    ])
    device.set('milk', 'title', 'Oat milk')
    expect(opsOf(server.take(device.takeUnsent()))).toEqual([
      { op: 'set', kind: 'items', id: id('milk'), field: 'title', from: 'Milk', to: 'Oat milk' },
    ])
  })

  it('[GATE-14][GATE-13] one update touching a key three times is one op, from the first value to the last', () => {
    const server = new Server()
    const device = new Device()
    device.addItem('milk')
    device.set('milk', 'quantity', '1')
    server.take(device.takeUnsent())
    device.set('milk', 'quantity', '2')
    device.set('milk', 'quantity', '3')
    device.set('milk', 'quantity', '4')
    expect(opsOf(server.take(device.answerTo(server.doc)))).toEqual([
      { op: 'set', kind: 'items', id: id('milk'), field: 'quantity', from: '1', to: '4' },
    ])
    expect(contentOf(server.doc)).toEqual(contentOf(device.doc))
  })

  it('[GATE-14][GATE-13] set members, list fields, comments and extension fields have their ops', () => {
    const server = new Server()
    const device = new Device()
    device.addItem('milk')
    device.put('items', `${id('milk')}/assignee/auth0|x/y`, register(true))
    device.put('list', 'title', register('Groceries'))
    device.put('comments', id('c'), { by: 'u_ada', at: 1, item: id('milk'), body: 'two!' })
    device.set('milk', 'x-shop.aisle', { row: 4 })
    const ops = opsOf(server.take(device.takeUnsent()))
    expect(ops).toHaveLength(5)
    expect(ops).toContainEqual({
      op: 'member',
      kind: 'items',
      id: id('milk'),
      set: 'assignee',
      member: 'auth0|x/y',
      to: true,
    })
    expect(ops).toContainEqual({ op: 'set', kind: 'list', field: 'title', from: null, to: 'Groceries' })
    device.put('items', `${id('milk')}/assignee/auth0|x/y`, register(null))
    expect(opsOf(server.take(device.takeUnsent()))).toMatchObject([{ op: 'member', to: false }])
  })

  it('[GATE-14][GATE-13] notes are described by how many characters came and went', () => {
    const server = new Server()
    const device = new Device()
    device.addItem('milk')
    device.notes('milk').insert(0, 'from the farm')
    expect(opsOf(server.take(device.takeUnsent()))).toContainEqual({
      op: 'note',
      id: id('milk'),
      inserted: 13,
      deleted: 0,
    })
    device.notes('milk').delete(0, 5)
    device.notes('milk').insert(8, ' shop')
    device.notes('milk').delete(9, 2)
    expect(opsOf(server.take(device.answerTo(server.doc)))).toEqual([
      { op: 'note', id: id('milk'), inserted: 3, deleted: 5 },
    ])
    expect(server.doc.getText(`note:${id('milk')}`).toString()).toBe(device.notes('milk').toString())
  })

  it('[GATE-14][GATE-13] what was written and removed again while offline arrives as a hole and is accepted', () => {
    const server = new Server()
    const device = new Device()
    device.addItem('milk')
    for (let i = 0; i < 4; i++) device.set('milk', 'title', `try ${i}`)
    device.notes('milk').insert(0, 'abcdef')
    device.notes('milk').delete(0, 6)
    device.addItem('gone')
    device.remove('items', id('gone'))
    const ops = opsOf(server.sync(device))
    expect(ops.map((op) => (op as { op: string }).op)).toEqual(['add', 'set'])
    expect(contentOf(server.doc)).toEqual(contentOf(device.doc))
  })

  it('[GATE-14][GATE-13] a client that keeps removed content (no garbage collection) is accepted too', () => {
    const server = new Server()
    const device = new Device(undefined, { gc: false })
    device.addItem('milk')
    for (let i = 0; i < 4; i++) device.set('milk', 'title', `try ${i}`)
    expect(opsOf(server.sync(device))).toHaveLength(2)
  })

  it('[GATE-14][GATE-13] undo and redo inside notes are accepted', () => {
    const server = new Server()
    const device = new Device()
    device.addItem('milk')
    server.sync(device)
    const undo = new Y.UndoManager(device.notes('milk'), { captureTimeout: 0 })
    device.notes('milk').insert(0, 'one')
    device.notes('milk').insert(3, ' two')
    undo.undo()
    undo.redo()
    undo.undo()
    expect(opsOf(server.take(device.takeUnsent()))).toEqual([
      { op: 'note', id: id('milk'), inserted: 3, deleted: 0 },
    ])
    undo.redo()
    expect(codeOf(server.sync(device))).toBe('accepted')
    expect(contentOf(server.doc)).toEqual(contentOf(device.doc))
  })

  it.each([
    ['the later writer wins', 1, 2],
    ['the later writer loses', 2, 1],
  ])(
    '[GATE-14][GATE-13] concurrent writes of one field: the op says what will stand there (%s)',
    (_, first, second) => {
      const server = new Server()
      const a = new Device(undefined, { clientId: first })
      a.addItem('milk')
      server.sync(a)
      const b = new Device(bob, { clientId: second })
      server.sync(b)
      a.set('milk', 'title', 'by a')
      b.set('milk', 'title', 'by b')
      server.sync(a)
      const ops = opsOf(server.sync(b)).filter((op) => (op as { op: string }).op !== 'collision')
      const stands = server.doc.getMap<unknown[]>('items').get(`${id('milk')}/title`)?.[0]
      expect(stands).toBe(second > first ? 'by b' : 'by a')
      expect(ops).toEqual(
        second > first
          ? [{ op: 'set', kind: 'items', id: id('milk'), field: 'title', from: 'by a', to: 'by b' }]
          : [],
      )
    },
  )

  it('[GATE-14][GATE-13][G-06] deleting and renaming one item concurrently are both accepted', () => {
    const server = new Server()
    const a = new Device()
    a.addItem('milk')
    server.sync(a)
    const b = new Device(bob)
    server.sync(b)
    a.set('milk', 'deleted', true)
    b.set('milk', 'title', 'Oat milk')
    server.sync(a)
    expect(opsOf(server.sync(b))).toMatchObject([{ op: 'set', field: 'title', to: 'Oat milk' }])
    expect(server.doc.getMap('items').get(`${id('milk')}/deleted`)).toEqual(register(true))
  })

  it('[GATE-14][GATE-13] a clock in the far future is nobody’s business: no clock decides anything', () => {
    const server = new Server()
    const device = new Device()
    device.put('items', id('milk'), { ...item('Milk'), at: 9e15 })
    expect(codeOf(server.take(device.takeUnsent()))).toBe('accepted')
  })

  it('[GATE-11][E-08] the same update again, and a reconnect without news, are nothing new', () => {
    const server = new Server()
    const device = new Device()
    device.addItem('milk')
    device.set('milk', 'title', 'a')
    device.set('milk', 'title', 'b')
    device.notes('milk').insert(0, 'hello')
    device.notes('milk').delete(1, 2)
    const update = device.takeUnsent()
    expect(codeOf(server.take(update))).toBe('accepted')
    for (let i = 0; i < 10; i++) expect(codeOf(server.take(update))).toBe('nothing-new')
    expect(codeOf(server.take(device.answerTo(server.doc)))).toBe('nothing-new')
    expect(codeOf(server.take(Y.encodeStateAsUpdate(device.doc)))).toBe('nothing-new')
    expect(server.log).toHaveLength(1)
  })

  it('[GATE-11][E-08] only what is new is stored, and replaying it gives the same document', () => {
    const server = new Server()
    const device = new Device()
    device.addItem('milk')
    device.notes('milk').insert(0, 'hello world')
    for (let i = 0; i < 50; i++) device.set('milk', 'title', `title ${i}`)
    server.sync(device)
    device.notes('milk').delete(3, 4)
    device.set('milk', 'title', 'last')
    const whole = Y.encodeStateAsUpdate(device.doc)
    const verdict = server.take(whole)
    expect(codeOf(verdict)).toBe('accepted')
    const stored = server.log.at(-1)
    expect(stored?.length).toBeLessThan(90)
    expect(contentOf(server.replayed())).toEqual(contentOf(device.doc))
    expect(Y.encodeStateAsUpdate(server.replayed())).toEqual(Y.encodeStateAsUpdate(server.doc))
    expect(hasNothingPending(server.replayed())).toBe(true)
  })
})
