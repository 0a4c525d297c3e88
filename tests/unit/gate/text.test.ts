import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { seededRandom } from '../../support/seed.ts'
import { type RawId, type RawStruct, rawUpdate, text } from './raw.ts'
import { ada, bob, codeOf, Device, id, Server } from './support.ts'

const NOTE = `note:${id('milk')}`
const at = (clock: number, client = 1): RawId => ({ client, clock })

/** The note reads `abcdef`: `abc` and `f` by writer 1 (clocks 0–2 and 3), `de` between them by writer 2 (clocks 0–1). */
function written(): Server {
  const server = new Server()
  const update = rawUpdate({
    sections: [
      {
        client: 1,
        structs: [
          { root: NOTE, content: text('abc') },
          { origin: at(2), content: text('f') },
        ],
      },
      { client: 2, structs: [{ origin: at(2), rightOrigin: at(3), content: text('de') }] },
    ],
  })
  expect(codeOf(server.take(update))).toBe('accepted')
  expect(server.doc.getText(NOTE).toString()).toBe('abcdef')
  return server
}

function verdictOn(client: number, ...structs: RawStruct[]): string {
  const server = written()
  const clock = Y.getState(server.doc.store, client)
  return codeOf(server.take(rawUpdate({ sections: [{ client, clock, structs }] })))
}

describe('text that nobody can have typed', () => {
  const elsewhere: RawStruct = { origin: at(0), rightOrigin: at(1), content: text('?') }

  it.each<[string, RawStruct]>([
    ['its neighbours in the wrong order', { origin: at(3), rightOrigin: at(2), content: text('x') }],
    ['one unit as both neighbours', { origin: at(1), rightOrigin: at(1), content: text('x') }],
    [
      'neighbours in the wrong order inside one piece',
      { origin: at(1), rightOrigin: at(0), content: text('x') },
    ],
    [
      'something of its own writer between them',
      { origin: at(0, 2), rightOrigin: at(3), content: text('x') },
    ],
  ])('[GATE-16][Z-06] %s is malformed, alone and beside other text', (name, struct) => {
    const writer = name.startsWith('something of its own') ? 2 : 9
    expect(verdictOn(writer, struct)).toBe('malformed')
    expect(verdictOn(writer, elsewhere, struct)).toBe('malformed')
  })

  it('[GATE-16][Z-06] skipping one’s own text is malformed even when others typed beside it', () => {
    expect(verdictOn(1, { origin: at(1), content: text('x') })).toBe('malformed')
    expect(verdictOn(1, { rightOrigin: at(3), content: text('x') })).toBe('malformed')
    expect(verdictOn(9, { origin: at(1), content: text('x') })).toBe('accepted')
    expect(verdictOn(9, { rightOrigin: at(3), content: text('x') })).toBe('accepted')
  })

  it('[GATE-16] what writers did not see of each other they may stand beside, in any order of arrival', () => {
    const texts = new Set<string>()
    for (const order of [
      [5, 6, 7],
      [7, 5, 6],
      [6, 7, 5],
    ]) {
      const server = written()
      for (const client of order) {
        const struct = { origin: at(2), rightOrigin: at(3), content: text(String(client)) }
        expect(codeOf(server.take(rawUpdate({ sections: [{ client, structs: [struct, elsewhere] }] })))).toBe(
          'accepted',
        )
      }
      texts.add(server.doc.getText(NOTE).toString())
    }
    expect(texts.size).toBe(1)
  })
})

describe('notes', () => {
  it('[GATE-14][GATE-13][GATE-16] an evening of jumping about in one long note, offline, beside somebody else, is accepted', () => {
    const random = seededRandom('gate long note')
    const server = new Server()
    const a = new Device(ada)
    a.addItem('milk')
    a.notes('milk').insert(0, 'x'.repeat(3_000))
    server.sync(a)
    const b = new Device(bob)
    server.sync(b)
    for (const device of [a, b]) {
      const notes = device.notes('milk')
      for (let n = 0; n < 1_500; n++) {
        const position = random.int(notes.length)
        if (random.next() < 0.3) notes.delete(position, 1)
        else notes.insert(position, 'ab')
      }
    }
    expect(codeOf(server.sync(a))).toBe('accepted')
    expect(codeOf(server.sync(b))).toBe('accepted')
    server.sync(a)
    expect(a.notes('milk').toString()).toBe(b.notes('milk').toString())
    expect(server.replayed().getText(NOTE).toString()).toBe(b.notes('milk').toString())
  })

  it('[GATE-4][E-08] a client that cut an emoji in two may send the whole note again', () => {
    const server = new Server()
    const device = new Device()
    device.addItem('milk')
    device.notes('milk').insert(0, 'ab😀cd')
    server.sync(device)
    device.notes('milk').insert(3, '|')
    expect(codeOf(server.take(Y.encodeStateAsUpdate(device.doc)))).toBe('accepted')
    expect(codeOf(server.take(Y.encodeStateAsUpdate(device.doc)))).toBe('nothing-new')
    expect(server.doc.getText(NOTE).toString()).toBe(device.notes('milk').toString())
  })
})
