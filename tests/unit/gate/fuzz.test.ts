import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type SeededRandom, seededRandom } from '../../support/seed.ts'
import { changesBetween, linesOf, schemaProblems, standingOf } from './oracle.ts'
import { Person } from './person.ts'
import { type RawId, type RawSection, type RawStruct, rawUpdate, removed, text, values } from './raw.ts'
import { codeOf, contentOf, costMs, hasNothingPending, id, item, register, Server } from './support.ts'

/** Judges a frame as if it had come over the wire; what is accepted must leave a list in order. */
class Target {
  readonly codes = new Map<string, number>()
  slowestMs = 0
  #server = new Server()
  #base: Uint8Array = new Uint8Array()

  start(base: Uint8Array): void {
    this.#base = base
    this.#server = new Server()
    Y.applyUpdate(this.#server.doc, base)
  }

  get server(): Server {
    return this.#server
  }

  judge(frame: Uint8Array): string {
    const verdict = this.#server.judge(frame)
    const ms = costMs(() => this.#server.judge(frame))
    this.slowestMs = Math.max(this.slowestMs, ms)
    const code = codeOf(verdict)
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1)
    if (verdict.verdict !== 'accepted') return code
    const { doc } = this.#server
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    const before = standingOf(doc)
    Y.applyUpdate(doc, frame)
    Y.applyUpdate(other, verdict.update)
    expect([...linesOf(verdict.ops)].sort()).toEqual([...changesBetween(before, standingOf(doc))].sort())
    expect(schemaProblems(doc)).toEqual([])
    expect(hasNothingPending(doc)).toBe(true)
    expect(hasNothingPending(other)).toBe(true)
    expect(contentOf(other)).toEqual(contentOf(doc))
    expect(Y.equalSnapshots(Y.snapshot(other), Y.snapshot(doc))).toBe(true)
    this.start(this.#base)
    return code
  }

  report(name: string): void {
    const codes = Object.fromEntries([...this.codes].sort(([, a], [, b]) => b - a))
    console.info(`${name}: ${JSON.stringify(codes)}, slowest ${this.slowestMs.toFixed(1)} ms`)
  }
}

function mutated(random: SeededRandom, update: Uint8Array): Uint8Array {
  const bytes = [...update]
  for (let n = 1 + random.int(3); n > 0; n--) {
    const at = random.int(bytes.length + 1)
    const roll = random.int(6)
    if (roll === 0) bytes.splice(at, 1 + random.int(4))
    else if (roll === 1) bytes.splice(at, 0, random.int(256))
    else if (roll === 2) bytes.splice(at, 0, ...bytes.slice(at, at + random.int(24)))
    else if (roll === 3) bytes[at % Math.max(bytes.length, 1)] = random.pick([0, 1, 10, 0x7f, 0x80, 0xff])
    else if (roll === 4) bytes[at % Math.max(bytes.length, 1)] = random.int(256)
    else
      bytes[at % Math.max(bytes.length, 1)] =
        (bytes[at % Math.max(bytes.length, 1)] ?? 0) ^ (1 << random.int(8))
  }
  return Uint8Array.from(bytes)
}

describe('fuzz', () => {
  it('[GATE-1][GATE-2][GATE-12][Z-05][Z-06][B-24] 24,000 mutated updates: never a throw, never slow, and what passes is in order', () => {
    const random = seededRandom('gate fuzz bytes')
    const target = new Target()
    let frames = 0
    for (let round = 0; round < 60; round++) {
      const person = new Person('ada', random)
      for (let n = 0; n < 20; n++) person.act()
      person.device.takeUnsent()
      const base = Y.encodeStateAsUpdate(person.device.doc)
      for (let n = 0; n < 1 + random.int(4); n++) person.act()
      const update =
        random.next() < 0.5 ? person.device.takeUnsent() : Y.encodeStateAsUpdate(person.device.doc)
      target.start(base)
      for (let n = 0; n < 400; n++) {
        target.judge(mutated(random, update))
        frames += 1
      }
    }
    target.report('mutated updates')
    expect(frames).toBeGreaterThanOrEqual(20_000)
    expect(target.slowestMs).toBeLessThan(50)
    expect(target.codes.get('accepted') ?? 0).toBeGreaterThan(50)
    expect(target.codes.get('malformed') ?? 0).toBeGreaterThan(1_000)
  })

  it('[GATE-14][GATE-13][GATE-3] 6,000 well-formed updates of tangled structs: what passes ends as the gate says', () => {
    const random = seededRandom('gate fuzz structs')
    const target = new Target()
    for (let round = 0; round < 200; round++) {
      const base = new Server()
      for (let n = 0; n < 6; n++) base.take(tangle(random, base.doc))
      target.start(Y.encodeStateAsUpdate(base.doc))
      for (let n = 0; n < 30; n++) target.judge(tangle(random, target.server.doc))
    }
    target.report('tangled updates')
    expect(target.slowestMs).toBeLessThan(50)
    expect(target.codes.get('accepted') ?? 0).toBeGreaterThan(800)
    expect(target.codes.size).toBeGreaterThan(4)
  })
})

const MILK = id('milk')
const MADE: readonly (readonly [string, unknown])[] = [
  [MILK, item('Milk')],
  [`${MILK}/title`, register('a')],
  [`${MILK}/title`, register('b')],
  [`${MILK}/deleted`, register(true)],
  [`${MILK}/deleted`, register(false)],
  [`${MILK}/assignee/u_x`, register(true)],
]

/** An update whose structs build on anything that there is: other writers, the same spot twice, each other in circles. */
function tangle(random: SeededRandom, doc: Y.Doc): Uint8Array {
  const ids: RawId[] = []
  for (const [client, structs] of doc.store.clients) {
    for (const struct of structs) {
      for (let i = 0; i < struct.length; i++) ids.push({ client, clock: struct.id.clock + i })
    }
  }
  const clients = random.shuffle([1, 2, 3, 4, 5, 6, 7]).slice(0, 1 + random.int(3))
  const sections: RawSection[] = clients.map((client) => {
    const structs: RawStruct[] = []
    const state = Y.getState(doc.store, client)
    let clock = state
    for (let n = 1 + random.int(3); n > 0; n--) {
      const struct = tangled(random, ids)
      structs.push(struct.struct)
      for (let i = 0; i < struct.length; i++) ids.push({ client, clock: clock + i })
      clock += struct.length
    }
    return { client, clock: state, structs }
  })
  const removals = random.next() < 0.4 && ids.length > 0 ? [random.pick(ids)] : []
  return rawUpdate({
    sections,
    removals: removals.map(({ client, clock }) => ({ client, ranges: [[clock, 1]] as const })),
  })
}

function tangled(random: SeededRandom, ids: readonly RawId[]): { struct: RawStruct; length: number } {
  const [sub, value] = random.pick(MADE)
  const isText = random.next() < 0.2
  const content = ((): { content: RawStruct['content']; length: number } => {
    if (isText) return { content: text('xy'), length: 2 }
    if (random.next() < 0.15) return { content: removed(2), length: 2 }
    return { content: values(value), length: 1 }
  })()
  const origin = ids.length > 0 && random.next() < 0.6 ? { origin: random.pick(ids) } : {}
  const rightOrigin = isText && ids.length > 0 && random.next() < 0.4 ? { rightOrigin: random.pick(ids) } : {}
  const place = isText ? { root: `note:${MILK}` } : { root: 'items', sub }
  return { struct: { ...place, ...origin, ...rightOrigin, content: content.content }, length: content.length }
}
