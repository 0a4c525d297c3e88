import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { ListView, planMoveItems, planUpdateItem } from '../../../client-sdk/src/model/index.ts'
import { type SeededRandom, seededRandom } from '../../support/seed.ts'
import { Device, hashOf, meet, snapshotOf } from './device.ts'
import { editAtRandom } from './random-edits.ts'

describe('convergence', () => {
  it('[SYNC-1][E-10][G-01][F-08] any edits, delivered in any order and more than once, end in the same bytes and the same view', () => {
    const random = seededRandom('convergence')
    let written = 0
    for (let run = 0; run < 60; run += 1) {
      const devices = Array.from({ length: 3 + random.int(3) }, (_, n) => new Device(`user${n}`, random.next))
      written += schedule(devices, random)
      meet(...devices)
      const [first] = devices
      if (first === undefined) throw new Error('no device')
      const late = new Device('late')
      late.receive(Y.encodeStateAsUpdate(first.doc))
      for (const device of [...devices, late]) {
        expect(hashOf(device)).toBe(hashOf(first))
        expect(snapshotOf(device.view)).toEqual(snapshotOf(first.view))
        expect(snapshotOf(new ListView(device.doc))).toEqual(snapshotOf(device.view))
      }
    }
    console.info(`${written} edits in 60 schedules`)
    expect(written).toBeGreaterThan(1_500)
  })

  it('[CONF-1][SYNC-4][G-01][G-02] two renames: everyone ends with the same one of the two, whoever arrives first', () => {
    for (const order of [0, 1]) {
      const [a, b, late] = [new Device('anna'), new Device('ben'), new Device('late')]
      const id = a.add('milk')
      meet(a, b)
      a.rename(id, 'oat milk')
      b.rename(id, 'soy milk')
      const updates = [a.updateFor(late), b.updateFor(late)]
      for (const update of order === 0 ? updates : updates.reverse()) late.receive(update)
      meet(a, b)
      expect(['oat milk', 'soy milk']).toContain(late.item(id).title)
      expect([a.item(id).title, b.item(id).title]).toEqual([late.item(id).title, late.item(id).title])
    }
  })

  it('[MODEL-1][G-03] a rename, a tick and a move of one item at the same time all survive', () => {
    const [a, b, c] = [new Device('anna'), new Device('ben'), new Device('cleo')]
    const id = a.add('milk')
    a.add('bread')
    meet(a, b, c)
    a.rename(id, 'oat milk')
    b.toggle(id)
    c.run(planMoveItems(c.view, c.context, [id], { at: 'end' }))
    meet(a, b, c)
    for (const device of [a, b, c]) {
      expect(device.item(id)).toMatchObject({ title: 'oat milk', done: true })
      expect(device.titles()).toEqual(['bread', 'oat milk'])
    }
  })

  it('[CONF-4][G-05] two who tick the same item have ticked it, once', () => {
    const [a, b] = [new Device('anna'), new Device('ben')]
    const id = a.add('milk')
    meet(a, b)
    a.toggle(id, true)
    b.toggle(id, true)
    meet(a, b)
    expect(a.item(id).done).toBe(true)
    expect(a.view.ids()).toEqual([id])
    expect(a.collisions).toEqual([])
  })

  it('[SYNC-4][E-11] clocks in 1970 and 2099 decide nothing', () => {
    const winners = [0, 4_070_908_800_000].map((now) => {
      const [a, b] = [new Device('anna'), new Device('ben')]
      a.doc.clientID = 1
      b.doc.clientID = 2
      const id = a.add('milk')
      meet(a, b)
      a.now = now
      a.rename(id, 'a')
      b.rename(id, 'b')
      meet(a, b)
      expect(b.item(id).title).toBe(a.item(id).title)
      return a.item(id).title
    })
    expect(winners[0]).toBe(winners[1])
  })

  it('[SYNC-3][E-09] no replica shows a rename without its item, in whatever order updates come', () => {
    const random = seededRandom('causal order')
    for (let run = 0; run < 50; run += 1) {
      const [a, b] = [new Device('anna'), new Device('ben')]
      const updates: Uint8Array[] = []
      a.doc.on('update', (update: Uint8Array) => updates.push(update))
      const id = a.add('born')
      a.rename(id, 'renamed')
      a.run(planUpdateItem(a.view, a.context, id, { priority: 3 }))
      const seen: (string | undefined)[] = []
      b.view.subscribe(() => seen.push(b.view.item(id)?.title))
      for (const update of random.shuffle([...updates, ...updates])) b.receive(update)
      expect(seen).not.toContain(undefined)
      expect(b.item(id)).toMatchObject({ title: 'renamed', priority: 3 })
    }
  })
})

/** Edits and deliveries in any order: late, twice, not at all. */
function schedule(devices: readonly Device[], random: SeededRandom): number {
  const mail: { readonly to: Device; readonly update: Uint8Array }[] = []
  for (const from of devices) {
    from.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== from) return
      for (const to of devices) if (to !== from) mail.push({ to, update })
    })
  }
  let written = 0
  for (let step = 0; step < 120; step += 1) {
    if (random.int(3) > 0) {
      if (editAtRandom(random.pick(devices), random)) written += 1
      continue
    }
    const index = random.int(mail.length + 1)
    const letter = mail[index]
    letter?.to.receive(letter.update)
    if (random.int(4) > 0) mail.splice(index, 1)
  }
  return written
}
