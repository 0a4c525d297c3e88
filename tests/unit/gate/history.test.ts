import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  ada,
  bob,
  codeOf,
  contentOf,
  Device,
  hasNothingPending,
  id,
  item,
  keysOf,
  opsOf,
  register,
  Server,
} from './support.ts'

function shared(clientId?: number): { server: Server; device: Device } {
  const server = new Server()
  const device = new Device(ada, clientId === undefined ? {} : { clientId })
  device.addItem('milk', 'Milk')
  server.sync(device)
  return { server, device }
}

function removeRecord(device: Device, name: string): void {
  device.doc.transact(() => {
    const items = device.doc.getMap('items')
    for (const key of [...items.keys()]) {
      if (key === id(name) || key.startsWith(`${id(name)}/`)) items.delete(key)
    }
    device.notes(name).delete(0, device.notes(name).length)
  })
}

describe('keys are never removed', () => {
  it('[GATE-7][Z-06] removing a field, a record, a member or a list field is refused', () => {
    const { server, device } = shared()
    device.set('milk', 'done', true)
    device.put('items', `${id('milk')}/assignee/u_bob`, register(true))
    device.put('list', 'title', register('Groceries'))
    server.sync(device)
    const keys = [
      ['items', `${id('milk')}/done`],
      ['items', id('milk')],
      ['items', `${id('milk')}/assignee/u_bob`],
      ['list', 'title'],
    ] as const
    for (const [root, key] of keys) {
      const hostile = new Device()
      server.sync(hostile)
      hostile.remove(root, key)
      const verdict = server.take(hostile.takeUnsent())
      expect(codeOf(verdict)).toBe('key-removed')
      expect(keysOf(verdict)).toEqual([`${root}/${key}`])
    }
    expect(contentOf(server.doc)).toEqual(contentOf(device.doc))
  })

  it('[GATE-7][Z-06] overwriting a value with something removed on arrival is a removal too', () => {
    const { server, device } = shared()
    device.set('milk', 'title', 'x')
    device.remove('items', `${id('milk')}/title`)
    server.doc.getMap('items')
    expect(codeOf(server.take(device.takeUnsent()))).toBe('accepted')
    device.set('milk', 'title', 'y')
    server.sync(device)
    device.set('milk', 'title', 'z')
    device.remove('items', `${id('milk')}/title`)
    expect(codeOf(server.take(device.takeUnsent()))).toBe('key-removed')
  })

  it('[GATE-7] a record in the trash is purged as a whole, notes included', () => {
    const { server, device } = shared()
    device.notes('milk').insert(0, 'from the farm')
    device.set('milk', 'deleted', true)
    server.sync(device)
    removeRecord(device, 'milk')
    expect(opsOf(server.take(device.takeUnsent()))).toEqual([{ op: 'purge', kind: 'items', id: id('milk') }])
    expect(contentOf(server.doc)).toMatchObject({ items: {} })
    expect(codeOf(server.take(device.answerTo(server.doc)))).toBe('nothing-new')
  })

  it('[GATE-7] a record in the trash cannot be purged by halves: that would bring it back', () => {
    const { server, device } = shared()
    device.set('milk', 'deleted', true)
    server.sync(device)
    device.remove('items', `${id('milk')}/deleted`)
    expect(codeOf(server.take(device.takeUnsent()))).toBe('key-removed')
  })

  it('[GATE-7] a purge of what somebody else has restored is refused', () => {
    const { server, device } = shared()
    device.set('milk', 'deleted', true)
    server.sync(device)
    const b = new Device(bob)
    server.sync(b)
    removeRecord(device, 'milk')
    b.set('milk', 'deleted', false)
    server.sync(b)
    expect(codeOf(server.take(device.takeUnsent()))).toBe('key-removed')
  })

  it('[GATE-7][G-06] an edit of what was purged meanwhile is accepted, and a second purge by another device too', () => {
    const { server, device } = shared()
    device.set('milk', 'deleted', true)
    device.set('milk', 'quantity', '2')
    server.sync(device)
    const b = new Device(bob)
    const c = new Device(bob)
    server.sync(b)
    server.sync(c)
    removeRecord(device, 'milk')
    server.sync(device)
    removeRecord(c, 'milk')
    expect(codeOf(server.sync(c))).toBe('nothing-new')
    b.set('milk', 'quantity', '3')
    expect(codeOf(server.sync(b))).toBe('accepted')
    removeRecord(b, 'milk')
    expect(codeOf(server.sync(b))).toBe('accepted')
    expect(contentOf(server.doc)).toMatchObject({ items: {} })
  })
})

describe('a record is created once', () => {
  it('[GATE-8][Z-06] a creation record written over one its writer has seen is refused, also the writer’s own', () => {
    const { server, device } = shared()
    const b = new Device(bob)
    server.sync(b)
    b.put('items', id('milk'), item('Stolen', 'u_bob'))
    expect(codeOf(server.take(b.takeUnsent(), bob))).toBe('already-created')
    device.put('items', id('milk'), item('Changed'))
    expect(codeOf(server.take(device.takeUnsent()))).toBe('already-created')
  })

  it.each([
    [5, 9],
    [9, 5],
  ])(
    '[GATE-8] two devices that make the same next occurrence apart are both accepted (%i, %i)',
    (first, second) => {
      const { server, device } = shared(first)
      const b = new Device(bob, { clientId: second })
      server.sync(b)
      const next = `${id('milk')}~2026-08-20`
      device.put('items', next, item('Milk'))
      b.put('items', next, item('Milk', 'u_bob'))
      b.put('items', `${next}/done`, register(true, 'u_bob'))
      expect(codeOf(server.sync(device))).toBe('accepted')
      expect(codeOf(server.sync(b))).toBe('accepted')
      server.sync(device)
      expect(contentOf(device.doc)).toEqual(contentOf(b.doc))
    },
  )

  it('[GATE-8][Z-06] without seeing it, others’ ordinary records cannot be written over; one’s own devices may coincide', () => {
    const { server } = shared(5)
    const forger = new Device(bob, { clientId: 9 })
    forger.put('items', id('milk'), item('Stolen', 'u_bob'))
    expect(codeOf(server.take(forger.takeUnsent(), bob))).toBe('already-created')
    const phone = new Device(ada, { clientId: 9 })
    phone.put('items', id('milk'), item('Milk'))
    expect(codeOf(server.take(phone.takeUnsent()))).toBe('accepted')
  })

  it('[GATE-8] a creation corrected before it was ever sent is accepted', () => {
    const server = new Server()
    const device = new Device()
    device.put('items', id('milk'), item('Mlik'))
    device.put('items', id('milk'), item('Milk'))
    expect(opsOf(server.take(device.takeUnsent()))).toMatchObject([{ op: 'add', value: { title: 'Milk' } }])
  })

  it('[GATE-8] a purged record may be created again', () => {
    const { server, device } = shared()
    device.set('milk', 'deleted', true)
    server.sync(device)
    removeRecord(device, 'milk')
    server.sync(device)
    device.addItem('milk', 'Milk again')
    expect(opsOf(server.take(device.takeUnsent()))).toMatchObject([{ op: 'add' }])
  })
})

describe('gaps and reused clocks', () => {
  it('[GATE-3][E-04][E-25][T-22] updates with one withheld are gaps until it comes, and nothing is ever pending', () => {
    const server = new Server()
    const device = new Device()
    const updates: Uint8Array[] = []
    device.addItem('milk')
    updates.push(device.takeUnsent())
    device.set('milk', 'title', 'a')
    updates.push(device.takeUnsent())
    device.notes('milk').insert(0, 'hello')
    updates.push(device.takeUnsent())
    device.notes('milk').delete(0, 2)
    updates.push(device.takeUnsent())
    const [first, ...rest] = updates
    for (const update of rest) {
      const verdict = server.take(update)
      expect(verdict).toMatchObject({ verdict: 'refused', refusal: { code: 'gap', retryable: true } })
    }
    for (const update of [first, ...rest])
      expect(codeOf(server.take(update ?? new Uint8Array()))).toBe('accepted')
    expect(hasNothingPending(server.doc)).toBe(true)
    expect(contentOf(server.doc)).toEqual(contentOf(device.doc))
  })

  it('[GATE-3][E-04] an edit built on somebody else’s unseen edit is a gap; a removal of something unseen too', () => {
    const { server, device } = shared()
    const b = new Device(bob)
    server.sync(b)
    b.set('milk', 'title', 'by bob')
    b.notes('milk').insert(0, 'unseen')
    device.receive(b.takeUnsent())
    device.set('milk', 'title', 'by ada')
    const built = device.takeUnsent()
    device.notes('milk').delete(0, 3)
    const removed = device.takeUnsent()
    expect(codeOf(server.take(built))).toBe('gap')
    expect(codeOf(server.take(removed))).toBe('gap')
  })

  it('[GATE-3] an update whose parts need one another across writers is taken as a whole', () => {
    const { server, device } = shared()
    const b = new Device(ada)
    server.sync(b)
    for (let i = 0; i < 5; i++) {
      b.set('milk', 'title', `b${i}`)
      device.receive(b.takeUnsent())
      device.set('milk', 'title', `a${i}`)
      device.notes('milk').insert(i, 'x')
      b.receive(device.takeUnsent())
    }
    expect(codeOf(server.take(device.answerTo(server.doc)))).toBe('accepted')
    expect(hasNothingPending(server.doc)).toBe(true)
    expect(contentOf(server.doc)).toEqual(contentOf(b.doc))
  })

  it('[GATE-4][Z-06] a second update under a used (client, clock) is refused', () => {
    const { server } = shared(7)
    const twins = [
      (d: Device) => d.set('milk', 'done', false),
      (d: Device) => d.set('milk', 'priority', 1),
      (d: Device) => d.put('sections', `${id('milk')}/deleted`, register(true)),
      (d: Device) => d.notes('milk').insert(0, 'x'),
    ]
    // A cloned disk: the same writer's name on two machines. (Yjs takes a new name when it meets its own, hence afterwards.)
    const clone = (of: Uint8Array): Device => {
      const device = new Device()
      device.receive(of)
      device.doc.clientID = 7
      return device
    }
    const before = Y.encodeStateAsUpdate(server.doc)
    const original = clone(before)
    original.set('milk', 'done', true)
    expect(codeOf(server.take(original.takeUnsent()))).toBe('accepted')
    for (const edit of twins) {
      const twin = clone(before)
      edit(twin)
      const update = twin.takeUnsent()
      expect(codeOf(server.take(update))).toBe('clock-reused')
      twin.set('milk', 'quantity', '5')
      expect(codeOf(server.take(twin.answerTo(new Y.Doc())))).toBe('clock-reused')
    }
    expect(server.log).toHaveLength(2)
  })

  it('[GATE-4][E-08] what the server has removed since may come again with its content', () => {
    const { server, device } = shared()
    device.set('milk', 'title', 'a')
    device.notes('milk').insert(0, 'ab😀cd')
    const update = device.takeUnsent()
    server.take(update)
    const b = new Device(bob)
    server.sync(b)
    b.set('milk', 'title', 'b')
    b.notes('milk').delete(1, 2)
    server.sync(b)
    expect(codeOf(server.take(update))).toBe('nothing-new')
  })
})
