import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { seededRandom } from '../../support/seed.ts'
import { changesBetween, linesOf, schemaProblems, standingOf } from './oracle.ts'
import { Person } from './person.ts'
import { codeOf, contentOf, Device, hasNothingPending, Server } from './support.ts'

interface Tally {
  accepted: number
  repeated: number
  reconnects: number
  purges: number
  lost: number
}

/** One list, three to five people, random edits, random disconnections, random repetitions. */
class World {
  readonly server = new Server()
  readonly people: readonly Person[]
  readonly #random: ReturnType<typeof seededRandom>
  readonly #tally: Tally
  readonly #sent: { readonly update: Uint8Array; readonly person: Person }[] = []

  constructor(random: ReturnType<typeof seededRandom>, tally: Tally) {
    this.#random = random
    this.#tally = tally
    const names = ['ada', 'bob', 'cy', 'dee', 'eve'].slice(0, 3 + random.int(3))
    this.people = names.map((name) => new Person(name, random))
  }

  step(): void {
    const person = this.#random.pick(this.people)
    const roll = this.#random.next()
    if (roll < (person.isOnline ? 0.08 : 0.05)) {
      if (person.isOnline) person.isOnline = false
      else this.reconnect(person)
    } else if (roll < 0.12 && this.#sent.length > 0) {
      const { update, person: sender } = this.#random.pick(this.#sent)
      expect(codeOf(this.server.take(update, sender.device.actor))).toBe('nothing-new')
      this.#tally.repeated += 1
    } else if (roll < 0.14 && person.isOnline) {
      if (person.purge((id) => this.#isInTrash(id))) this.#tally.purges += 1
      this.#send(person, person.device.takeUnsent())
    } else {
      person.act()
      if (person.isOnline) this.#send(person, person.device.takeUnsent())
    }
  }

  reconnect(person: Person): void {
    const { device } = person
    person.isOnline = true
    this.#tally.reconnects += 1
    const isServerFirst = this.#random.next() < 0.5
    if (isServerFirst) this.#catchUp(person)
    const unsent = device.takeUnsent()
    this.#send(person, this.#random.next() < 0.5 ? unsent : device.answerTo(this.server.doc))
    if (!isServerFirst) this.#catchUp(person)
    expect(codeOf(this.server.take(device.answerTo(this.server.doc), device.actor))).toBe('nothing-new')
  }

  #catchUp(person: Person): void {
    person.device.receive(Y.encodeStateAsUpdate(this.server.doc, Y.encodeStateVector(person.device.doc)))
  }

  #send(person: Person, update: Uint8Array): void {
    const before = standingOf(this.server.doc)
    const verdict = this.server.take(update, person.device.actor)
    if (verdict.verdict === 'refused') throw new Error(`refused: ${JSON.stringify(verdict.refusal)}`)
    if (verdict.verdict === 'nothing-new') return
    this.#tally.accepted += 1
    this.#tally.lost += lostValues(this.server.doc, verdict.update)
    const seen = changesBetween(before, standingOf(this.server.doc))
    expect([...linesOf(verdict.ops)].sort()).toEqual([...seen].sort())
    expect(hasNothingPending(this.server.doc)).toBe(true)
    this.#sent.push({ update, person })
    // Others hear of it as it is stored.
    for (const other of this.people) {
      if (other.isOnline && other !== person) other.device.receive(verdict.update)
    }
  }

  #isInTrash(id: string): boolean {
    const register = this.server.doc.getMap<unknown[]>('items').get(`${id}/deleted`)
    return register?.[0] === true
  }
}

/** How many values of the update lost against a concurrent write of the same key the moment they were applied. */
function lostValues(doc: Y.Doc, update: Uint8Array): number {
  const { structs, ds } = Y.decodeUpdate(update)
  return structs.filter(
    (struct) =>
      struct instanceof Y.Item &&
      struct.content instanceof Y.ContentAny &&
      !Y.isDeleted(ds, struct.id) &&
      Y.getItem(doc.store, struct.id).deleted,
  ).length
}

describe('honest schedules', () => {
  it('[GATE-14][GATE-13][GATE-11][E-08][G-06] are never refused, are described as they turn out, and replay to the same list', () => {
    const random = seededRandom('gate honest schedules')
    const tally: Tally = { accepted: 0, repeated: 0, reconnects: 0, purges: 0, lost: 0 }
    for (let run = 0; run < 60; run++) {
      const world = new World(random, tally)
      for (let step = 0; step < 150; step++) world.step()
      for (const person of world.people) world.reconnect(person)
      for (const person of world.people) world.reconnect(person)
      const content = contentOf(world.server.doc)
      for (const person of world.people) expect(contentOf(person.device.doc)).toEqual(content)
      expect(schemaProblems(world.server.doc)).toEqual([])
      const replayed = world.server.replayed()
      expect(hasNothingPending(replayed)).toBe(true)
      expect(contentOf(replayed)).toEqual(content)
      expect(Y.equalSnapshots(Y.snapshot(replayed), Y.snapshot(world.server.doc))).toBe(true)
      const newcomer = new Device()
      newcomer.receive(Y.encodeStateAsUpdate(world.server.doc))
      expect(codeOf(world.server.take(newcomer.answerTo(world.server.doc)))).toBe('nothing-new')
    }
    console.info(`honest schedules: ${JSON.stringify(tally)}`)
    expect(tally.accepted).toBeGreaterThan(3_000)
    expect(tally.repeated).toBeGreaterThan(100)
    expect(tally.reconnects).toBeGreaterThan(300)
    expect(tally.purges).toBeGreaterThan(10)
    expect(tally.lost).toBeGreaterThan(20)
  })
})
