import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { decodeUpdate } from '../../../server/src/gate/decode.ts'
import { bytes, gc, type RawStruct, type RawUpdate, rawUpdate, removed, skip, text, values } from './raw.ts'
import { codeOf, costMs, Device, hasNothingPending, id, item, register, Server } from './support.ts'

const MILK = id('milk')
const NOTE = `note:${MILK}`
const done = (value: unknown = true): RawStruct => ({ sub: `${MILK}/done`, content: values(register(value)) })

/** Client 1 has made the item (clock 0) and its notes `abc` (clocks 1–3). */
function listed(): Server {
  const server = new Server()
  const device = new Device(undefined, { clientId: 1 })
  device.addItem('milk')
  device.notes('milk').insert(0, 'abc')
  server.sync(device)
  return server
}

function verdictOf(update: RawUpdate | Uint8Array): string {
  const server = listed()
  const before = Y.encodeStateAsUpdate(server.doc)
  const bytes = update instanceof Uint8Array ? update : rawUpdate(update)
  expect(costMs(() => server.judge(bytes))).toBeLessThan(250)
  const code = codeOf(server.take(bytes))
  if (code !== 'accepted') expect(Y.encodeStateAsUpdate(server.doc)).toEqual(before)
  expect(hasNothingPending(server.doc)).toBe(true)
  return code
}

const one = (...structs: RawStruct[]): RawUpdate => ({ sections: [{ client: 2, structs }] })
const varint = (n: number): number[] => (n < 128 ? [n] : [(n % 128) | 0x80, ...varint(Math.floor(n / 128))])

describe('malformed updates', () => {
  it('[GATE-2][Z-05] a valid update cut at any byte, or with bytes after its end, is malformed', () => {
    const whole = rawUpdate({ ...one(done()), removals: [{ client: 1, ranges: [[2, 1]] }] })
    expect(verdictOf(whole)).toBe('accepted')
    for (let length = 0; length < whole.length; length++) {
      expect(verdictOf(whole.slice(0, length))).toBe('malformed')
    }
    expect(verdictOf(rawUpdate({ ...one(done()), tail: [0] }))).toBe('malformed')
  })

  it.each<[string, RawUpdate | Uint8Array]>([
    ['no bytes at all', new Uint8Array(0)],
    ['a count of writers of 2^31', new Uint8Array(varint(2 ** 31))],
    ['a count of structs of 2^31', new Uint8Array([1, ...varint(2 ** 31), 2, 0])],
    ['a count of values of 2^31', one({ sub: `${MILK}/done`, content: bytes(8, ...varint(2 ** 31), 126) })],
    ['a text of 2^31 bytes', one({ root: NOTE, content: bytes(4, ...varint(2 ** 31), 97) })],
    [
      'an object of 2^31 properties',
      one({ sub: `${MILK}/x-a`, content: bytes(8, 1, 118, ...varint(2 ** 31)) }),
    ],
    ['an array of 2^31 values', one({ sub: `${MILK}/x-a`, content: bytes(8, 1, 117, ...varint(2 ** 31)) })],
    ['a count of removals of 2^31', new Uint8Array([0, 1, 2, ...varint(2 ** 31)])],
    ['a removed run of 2^53', one({ root: NOTE, content: removed(2 ** 53 - 1) })],
    ['a removal of 2^53', { sections: [], removals: [{ client: 1, ranges: [[0, 2 ** 53 - 1]] }] }],
    ['a clock of 2^53', { sections: [{ client: 2, clock: 2 ** 53 - 1, structs: [done()] }] }],
    ['a number that never ends', new Uint8Array(64).fill(0xff)],
    ['a text that is not UTF-8', one({ root: NOTE, content: bytes(4, 2, 0xc3, 0x28) })],
    ['an unknown kind of struct', one({ root: NOTE, content: bytes(17, 1) })],
    ['an unknown kind of value', one({ sub: `${MILK}/done`, content: bytes(8, 1, 3) })],
    ['a writer without structs', { sections: [{ client: 2, structs: [] }] }],
    ['a writer twice', { sections: [1, 2].map(() => ({ client: 2, structs: [done()] })) }],
    ['text of no length', one({ root: NOTE, content: text('') })],
    ['a removed run of no length', one({ root: NOTE, content: removed(0) })],
    ['values of no length', one({ sub: `${MILK}/done`, content: values() })],
    ['a skip of no length', { sections: [{ client: 2, structs: [skip(0)] }] }],
    ['a removal of no length', { sections: [], removals: [{ client: 1, ranges: [[1, 0]] }] }],
    [
      'removals that overlap',
      {
        sections: [],
        removals: [
          {
            client: 1,
            ranges: [
              [1, 2],
              [2, 1],
            ],
          },
        ],
      },
    ],
    [
      'removals of a writer twice',
      { sections: [], removals: [1, 2].map(() => ({ client: 1, ranges: [[1, 1]] as const })) },
    ],
    [
      'text between two notes',
      {
        sections: [
          {
            client: 2,
            structs: [
              { root: `note:${id('tea')}`, content: text('x') },
              { origin: { client: 1, clock: 1 }, rightOrigin: { client: 2, clock: 0 }, content: text('y') },
            ],
          },
        ],
      },
    ],
    [
      'a value with a right neighbour',
      one({ rightOrigin: { client: 1, clock: 0 }, content: values(item('x')) }),
    ],
  ])('[GATE-2][Z-05][Z-06] %s', (_, update) => {
    expect(verdictOf(update)).toBe('malformed')
  })

  it.each<[string, RawUpdate]>([
    ['an unknown writer', one({ origin: { client: 9, clock: 0 }, content: text('x') })],
    ['an unknown right neighbour', one({ rightOrigin: { client: 9, clock: 0 }, content: text('x') })],
    [
      'its own future',
      one({ origin: { client: 2, clock: 1 }, content: text('x') }, { root: NOTE, content: text('y') }),
    ],
    ['itself', one({ origin: { client: 2, clock: 0 }, content: text('x') })],
    ['a clock beyond the writer’s', one({ origin: { client: 1, clock: 4 }, content: text('x') })],
    ['something after a skip', { sections: [{ client: 2, structs: [done(), skip(1), done()] }] }],
    [
      'what it waits for itself',
      {
        sections: [
          { client: 2, structs: [{ origin: { client: 3, clock: 0 }, content: text('x') }] },
          { client: 3, structs: [{ origin: { client: 2, clock: 0 }, content: text('x') }] },
        ],
      },
    ],
  ])('[GATE-3][T-22] an update that builds on %s is a gap', (_, update) => {
    expect(verdictOf(update)).toBe('gap')
  })

  it('[GATE-5][Z-06] structs inside nested types, or left of removed ones, have no place', () => {
    expect(verdictOf(one({ parent: { client: 1, clock: 0 }, sub: 'x', content: values(1) }))).toBe(
      'wrong-type',
    )
    expect(verdictOf({ sections: [{ client: 2, structs: [gc(3)] }] })).toBe('unknown-root')
  })

  it('[GATE-3] a skip over what the document has is harmless', () => {
    const server = listed()
    const update = rawUpdate({
      sections: [{ client: 1, structs: [skip(4), { origin: { client: 1, clock: 3 }, content: text('d') }] }],
    })
    expect(codeOf(server.take(update))).toBe('accepted')
    expect(server.doc.getText(NOTE).toString()).toBe('abcd')
    expect(server.replayed().getText(NOTE).toString()).toBe('abcd')
  })
})

describe('updates made to cost time or memory', () => {
  const MEGABYTE = 999_000

  it('[GATE-15][V-16] values nested 300,000 deep', () => {
    const deep = (encoder: Parameters<RawStruct['content']>[0]): number => {
      bytes(8, 1)(encoder)
      for (let depth = 0; depth < 300_000; depth++) bytes(8, 117, 1)(encoder)
      return 8
    }
    expect(verdictOf(one({ sub: `${MILK}/x-a`, content: deep }))).toBe('wrong-type')
  })

  it('[GATE-15][V-16] a hundred thousand nested documents', () => {
    const encoder = {
      client: 2,
      structs: Array.from({ length: 100_000 }, () => ({ root: 'a', content: bytes(9, 0, 126) })),
    }
    expect(verdictOf({ sections: [encoder] })).toBe('wrong-type')
  })

  it('[GATE-15][V-16] a hundred thousand tiny structs that wait for one another', () => {
    const chain = (other: number, lag: number): RawStruct[] =>
      Array.from({ length: 50_000 }, (_, clock) =>
        clock < lag
          ? { root: NOTE, content: text('x') }
          : { origin: { client: other, clock: clock - lag }, content: text('x') },
      )
    const update = rawUpdate({
      sections: [
        { client: 3, structs: chain(2, 0) },
        { client: 2, structs: chain(3, 1) },
      ],
    })
    expect(update.length).toBeLessThan(MEGABYTE)
    const server = listed()
    expect(['too-large', 'malformed']).toContain(codeOf(server.judge(update)))
    expect(costMs(() => server.judge(update))).toBeLessThan(1_000)
  })

  it('[GATE-15][V-16] a note whose every piece stands where Yjs has to search longest', () => {
    const pieces = 20_000
    const structs: RawStruct[] = [{ root: NOTE, content: text('x') }]
    for (let clock = 1; clock < pieces; clock++) {
      structs.push({ rightOrigin: { client: 2, clock: clock - 1 }, content: text('x') })
    }
    for (let n = 0; n < pieces; n++)
      structs.push({ rightOrigin: { client: 2, clock: n }, content: text('y') })
    const update = rawUpdate({ sections: [{ client: 2, structs }] })
    expect(update.length).toBeLessThan(MEGABYTE)
    expect(codeOf(listed().judge(update))).toBe('malformed')
  })

  const writersAtOneSpot = (from: number, count: number): Uint8Array =>
    rawUpdate({
      sections: Array.from({ length: count }, (_, i) => ({
        client: from + i,
        structs: [{ origin: { client: 1, clock: 1 }, content: text('x') }],
      })),
    })

  it('[GATE-15][V-16] a note in which ten thousand writers type at one spot without seeing one another', () => {
    const server = listed()
    expect(codeOf(server.judge(writersAtOneSpot(10, 10_000)))).toBe('too-large')
    for (let n = 0; n < 3; n++) server.take(writersAtOneSpot(10 + n * 1_000, 1_000))
    expect(codeOf(server.judge(writersAtOneSpot(1_000_000, 2_000)))).toBe('too-large')
  })

  it('[GATE-15][V-16] a field that thousands of writers wrote without seeing one another', () => {
    const writers = (from: number, count: number): Uint8Array =>
      rawUpdate({
        sections: Array.from({ length: count }, (_, i) => ({
          client: from + i,
          structs: [done(i % 2 === 0)],
        })),
      })
    const server = listed()
    expect(codeOf(server.take(writers(10, 1_000)))).toBe('accepted')
    expect(codeOf(server.judge(writers(100_000, 10_000)))).toBe('too-large')
  })

  it('[GATE-15] the costliest such update that still passes is applied in under two seconds', () => {
    const server = listed()
    server.take(writersAtOneSpot(10, 1_000))
    let low = 1
    let high = 2_000
    while (high - low > 100) {
      const middle = (low + high) >>> 1
      if (codeOf(server.judge(writersAtOneSpot(100_000, middle))) === 'accepted') low = middle
      else high = middle
    }
    expect(low).toBeGreaterThan(200)
    const costliest = writersAtOneSpot(100_000, low)
    const base = Y.encodeStateAsUpdate(server.doc)
    const ms = costMs(() => {
      const fresh = new Server()
      Y.applyUpdate(fresh.doc, base)
      expect(codeOf(fresh.take(costliest))).toBe('accepted')
    })
    console.info(
      `costliest accepted update: ${low} writers at one spot, judged and applied in ${ms.toFixed(0)} ms`,
    )
    expect(ms).toBeLessThan(2_000)
  })
})

describe('decoding', () => {
  it('[GATE-2] reads what Yjs reads', () => {
    const device = new Device()
    device.addItem('milk', 'Milch 🥛 für alle, die sie mögen — und noch viel mehr Text, damit es lang wird')
    for (const value of [
      0,
      -1,
      2 ** 31,
      1.5,
      1e300,
      -0.1,
      '',
      'é',
      '\uFEFFbom',
      [],
      {},
      [[{ a: null }]],
      true,
    ]) {
      device.set('milk', 'x-a', value)
      device.set('milk', `x-${String(value).length}`, value)
    }
    device.notes('milk').insert(0, 'häh? 😀')
    device.notes('milk').delete(1, 2)
    const update = Y.encodeStateAsUpdate(device.doc)
    const ours = decodeUpdate(update)
    if ('refused' in ours) throw new Error(ours.refused.message)
    const theirs = Y.decodeUpdate(update)
    const structs = [...ours.sections.values()].flatMap((section) => section.structs)
    expect(structs.length).toBe(theirs.structs.length)
    for (const [i, struct] of structs.entries()) {
      const other = theirs.structs[i] as Y.Item
      expect({ client: struct.client, clock: struct.clock }).toEqual({ ...other.id })
      expect(struct.length).toBe(other.length)
      expect(struct.origin).toEqual(other.origin === null ? null : { ...other.origin })
      expect(struct.rightOrigin).toEqual(other.rightOrigin === null ? null : { ...other.rightOrigin })
      expect(struct.root).toBe(other.parent)
      if (struct.content.kind === 'values') expect(struct.content.values).toEqual(other.content.getContent())
      if (struct.content.kind === 'text')
        expect(struct.content.text).toBe((other.content as Y.ContentString).str)
      if (struct.content.kind === 'removed') expect(other.content).toBeInstanceOf(Y.ContentDeleted)
    }
  })
})
