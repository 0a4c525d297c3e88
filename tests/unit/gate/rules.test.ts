import { describe, expect, it } from 'vitest'
import { ada, bob, codeOf, contentOf, Device, id, item, keysOf, opsOf, register, Server } from './support.ts'

/** A server and a device that both have one item. */
function shared(): { server: Server; device: Device } {
  const server = new Server()
  const device = new Device()
  device.addItem('milk', 'Milk')
  server.sync(device)
  return { server, device }
}

/** What the gate says of one edit made by a fresh device in sync with the server. */
function verdictOn(edit: (device: Device) => void, o: { server?: Server; actor?: typeof ada } = {}) {
  const server = o.server ?? shared().server
  const device = new Device(o.actor ?? ada)
  server.sync(device)
  edit(device)
  return server.take(device.takeUnsent(), device.actor)
}

describe('places', () => {
  it.each([
    ['an unknown root', (d: Device) => d.put('secrets', 'x', 1), 'unknown-root'],
    ['a root named like a prototype', (d: Device) => d.put('__proto__', 'x', register(1)), 'unknown-root'],
    ['a list where a map belongs', (d: Device) => d.doc.getArray('items').push([1]), 'unknown-root'],
    ['text at an unknown root', (d: Device) => d.doc.getText('essay').insert(0, 'x'), 'unknown-root'],
    [
      'notes of something that is no id',
      (d: Device) => d.doc.getText('note:x').insert(0, 'x'),
      'unknown-root',
    ],
    ['an attribute of notes', (d: Device) => d.notes('milk').setAttribute('lang', 'de'), 'unknown-root'],
    ['an id out of shape', (d: Device) => d.put('items', 'a b', item('x')), 'unknown-root'],
    ['an unknown field', (d: Device) => d.set('milk', 'colour', 'red'), 'unknown-field'],
    ['a field named constructor', (d: Device) => d.set('milk', 'constructor', 'x'), 'unknown-field'],
    ['a field named __proto__', (d: Device) => d.set('milk', '__proto__', 'x'), 'unknown-field'],
    ['an unknown set', (d: Device) => d.set('milk', 'watcher/u_bob', true), 'unknown-field'],
    ['an unknown list field', (d: Device) => d.put('list', 'owner', register('u_bob')), 'unknown-field'],
    [
      'an unknown field at birth',
      (d: Device) => d.put('items', id('b'), { ...item('x'), colour: 'red' }),
      'unknown-field',
    ],
  ])('[GATE-5][Z-06] %s is refused', (_, edit, code) => {
    const verdict = verdictOn(edit)
    expect(codeOf(verdict)).toBe(code)
    expect(keysOf(verdict)).toHaveLength(1)
  })

  it('[GATE-5][Z-06] what was removed again before it was sent must still have a place', () => {
    const { server, device } = shared()
    device.put('secrets', 'x', 1)
    device.remove('secrets', 'x')
    expect(codeOf(server.take(device.takeUnsent()))).toBe('unknown-root')
    const other = new Device()
    server.sync(other)
    other.set('milk', 'colour', 'red')
    other.set('milk', 'colour', 'blue')
    other.remove('items', `${id('milk')}/colour`)
    expect(codeOf(server.take(other.answerTo(server.doc)))).toBe('unknown-field')
  })
})

describe('values', () => {
  it.each([
    ['a bare value instead of a register', (d: Device) => d.put('items', `${id('milk')}/done`, true)],
    [
      'a register with a fourth element',
      (d: Device) => d.put('items', `${id('milk')}/done`, [true, 'u_ada', 1, 2]),
    ],
    ['a number as title', (d: Device) => d.set('milk', 'title', 7)],
    ['a word as tick', (d: Device) => d.set('milk', 'done', 'yes')],
    ['an impossible date', (d: Device) => d.set('milk', 'due', { date: '2026-02-30' })],
    ['a script as link', (d: Device) => d.set('milk', 'link', 'javascript:alert(1)')],
    ['a set member that is neither true nor null', (d: Device) => d.set('milk', 'assignee/u_bob', false)],
    ['an item without title', (d: Device) => d.put('items', id('b'), { by: 'u_ada', at: 1, order: 'a0' })],
    ['an item born deleted', (d: Device) => d.put('items', id('b'), { ...item('x'), deleted: true })],
    ['an item that is a list', (d: Device) => d.put('items', id('b'), [1])],
    [
      'a property named __proto__ that hides',
      (d: Device) => d.set('milk', 'x-a', JSON.parse('{"__proto__":null}')),
    ],
    ['a property named __proto__', (d: Device) => d.set('milk', 'x-a', JSON.parse('{"__proto__":{"by":1}}'))],
    ['undefined', (d: Device) => d.set('milk', 'x-a', undefined)],
    ['a bigint', (d: Device) => d.set('milk', 'x-a', 1n)],
    ['infinity', (d: Device) => d.set('milk', 'x-a', Number.POSITIVE_INFINITY)],
    ['bytes', (d: Device) => d.put('items', `${id('milk')}/x-a`, new Uint8Array(3))],
    ['bytes inside a register', (d: Device) => d.set('milk', 'x-a', new Uint8Array(3))],
    ['formatting in notes', (d: Device) => d.notes('milk').insert(0, 'bold', { bold: true })],
    ['an embed in notes', (d: Device) => d.notes('milk').insertEmbed(0, { image: 'x' })],
    ['values in notes', (d: Device) => d.doc.getArray(`note:${id('milk')}`).push([1])],
    ['text in a field map', (d: Device) => d.doc.getText('items').insert(0, 'x')],
  ])('[GATE-5][Z-06][B-24] %s is refused', (_, edit) => {
    expect(['wrong-type', 'unknown-root']).toContain(codeOf(verdictOn(edit)))
  })

  it('[GATE-5][Z-06] nested types, nested documents and text under a map key are refused', async () => {
    const Y = await import('yjs')
    for (const nested of [new Y.Map(), new Y.Array(), new Y.Text('x'), new Y.XmlElement('p'), new Y.Doc()]) {
      expect(codeOf(verdictOn((d) => d.put('items', `${id('milk')}/x-a`, nested)))).toBe('wrong-type')
    }
    const verdict = verdictOn((d) => {
      const map = new Y.Map()
      d.put('items', `${id('milk')}/x-a`, map)
      map.set('inner', 1)
    })
    expect(codeOf(verdict)).toBe('wrong-type')
  })

  it.each([
    ['a title', (d: Device, n: number) => d.set('milk', 'title', 'x'.repeat(n)), 10_000],
    ['a quantity', (d: Device, n: number) => d.set('milk', 'quantity', 'x'.repeat(n)), 100],
    ['an extension field', (d: Device, n: number) => d.set('milk', 'x-a', 'x'.repeat(n - 2)), 1_000],
    ['reminders', (d: Device, n: number) => d.set('milk', 'remindAt', Array(n).fill('2026-01-01T08:00')), 10],
    ['a list title', (d: Device, n: number) => d.put('list', 'title', register('x'.repeat(n))), 1_000],
    ['an order key', (d: Device, n: number) => d.set('milk', 'order', `a${'1'.repeat(n - 1)}`), 256],
    ['a link', (d: Device, n: number) => d.set('milk', 'link', `https://${'x'.repeat(n - 8)}`), 2_000],
    ['a new title', (d: Device, n: number) => d.put('items', id('b'), item('x'.repeat(n))), 10_000],
    ['notes', (d: Device, n: number) => d.notes('milk').insert(0, 'x'.repeat(n)), 100_000],
  ])('[GATE-5][Z-12] %s at its limit is accepted, one above is too large', (_, edit, limit) => {
    expect(codeOf(verdictOn((d) => edit(d, limit)))).toBe('accepted')
    expect(codeOf(verdictOn((d) => edit(d, limit + 1)))).toBe('too-large')
  })

  it('[GATE-5] notes that two people filled while apart can be shortened, not lengthened', () => {
    const { server, device } = shared()
    device.notes('milk').insert(0, 'x'.repeat(100_000))
    server.sync(device)
    const verdict = verdictOn((d) => d.notes('milk').insert(3, 'y'), { server })
    expect(codeOf(verdict)).toBe('too-large')
    // The other one's half is here already, as after a merge on another node.
    server.doc.getText(`note:${id('milk')}`).insert(0, 'z'.repeat(50_000))
    expect(codeOf(verdictOn((d) => d.notes('milk').delete(0, 10), { server }))).toBe('accepted')
  })

  it('[GATE-5][L-01][Z-12] an update of exactly the limit passes, one byte more does not', () => {
    const { server, device } = shared()
    device.notes('milk').insert(0, 'x'.repeat(5_000))
    const update = device.takeUnsent()
    server.limits = { ...server.limits, maxUpdateBytes: update.length - 1 }
    expect(codeOf(server.judge(update))).toBe('too-large')
    server.limits = { ...server.limits, maxUpdateBytes: update.length }
    expect(codeOf(server.judge(update))).toBe('accepted')
  })

  it('[GATE-5][Z-06] many values in one struct are refused unless all of them are removed', () => {
    const { server, device } = shared()
    const keepsAll = new Device(ada, { gc: false })
    server.sync(keepsAll)
    keepsAll.set('milk', 'title', 'a')
    keepsAll.set('milk', 'title', 'b')
    keepsAll.set('milk', 'title', 'c')
    expect(codeOf(server.take(keepsAll.answerTo(server.doc)))).toBe('accepted')
    device.doc.transact(() => device.doc.getArray('list').push([1, 2]))
    expect(codeOf(server.take(device.takeUnsent()))).toBe('unknown-root')
  })
})

describe('authors', () => {
  it.each([
    ['a register', (d: Device) => d.put('items', `${id('milk')}/done`, register(true, 'u_bob'))],
    ['a creation record', (d: Device) => d.put('items', id('b'), item('x', 'u_bob'))],
    [
      'a set member',
      (d: Device) => d.put('items', `${id('milk')}/label/${id('l')}`, register(true, 'u_bob')),
    ],
    ['a list field', (d: Device) => d.put('list', 'title', register('x', 'u_bob'))],
  ])('[GATE-6][Z-02][B-08] %s that names somebody else is refused', (_, edit) => {
    const { server } = shared()
    expect(codeOf(verdictOn(edit, { server }))).toBe('forged-author')
    expect(server.log).toHaveLength(1)
  })

  it('[GATE-6] other people’s removed work may come along, their live work may not', () => {
    const { server, device } = shared()
    const b = new Device(bob)
    server.sync(b)
    b.set('milk', 'title', 'by bob')
    device.receive(b.takeUnsent())
    expect(codeOf(server.judge(device.answerTo(server.doc)))).toBe('forged-author')
    device.set('milk', 'title', 'by ada')
    expect(codeOf(server.take(device.answerTo(server.doc)))).toBe('accepted')
  })

  it('[GATE-6] into a damaged list clients bring back what others wrote', () => {
    const { server, device } = shared()
    const b = new Device(bob)
    server.sync(b)
    b.set('milk', 'title', 'by bob')
    device.receive(b.takeUnsent())
    const update = device.answerTo(server.doc)
    expect(codeOf(server.judge(update))).toBe('forged-author')
    expect(opsOf(server.take(update, ada, { damaged: true }))).toHaveLength(1)
    expect(contentOf(server.doc)).toEqual(contentOf(b.doc))
  })
})
