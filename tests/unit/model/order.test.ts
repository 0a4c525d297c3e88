import { describe, expect, it } from 'vitest'
import { isOrderKey } from '../../../client-sdk/src/model/field-rules.ts'
import { planAddItems, planMoveItems } from '../../../client-sdk/src/model/index.ts'
import { LIMITS } from '../../../client-sdk/src/model/limits.ts'
import { keysBetween, type Placed, placeAt } from '../../../client-sdk/src/model/order.ts'
import { byOrder } from '../../../client-sdk/src/model/sorting.ts'
import { seededRandom } from '../../support/seed.ts'
import { Device, meet } from './device.ts'

describe('order keys', () => {
  it('[ORDER-4] keys lie strictly between their bounds, ascending, canonical, whatever the bounds', () => {
    const random = seededRandom('keys between')
    const known: string[] = [
      `A${'0'.repeat(25)}1`,
      `z${'z'.repeat(26)}`,
      'a0',
      'a1',
      'Zz',
      'a0G',
      'a0G1',
      'a0G01',
    ]
    let checked = 0
    for (let run = 0; run < 5_000; run += 1) {
      const [low = '', high = ''] = [random.pick(known), random.pick(known)].sort((a, b) => (a < b ? -1 : 1))
      if (low === high) continue
      const before = random.int(8) === 0 ? null : low
      const after = random.int(8) === 0 ? null : high
      const keys = keysBetween(before, after, 1 + random.int(70), random.next)
      for (const [index, key] of keys.entries()) {
        expect(isOrderKey(key), key).toBe(true)
        expect(key > (keys[index - 1] ?? before ?? '')).toBe(true)
        if (after !== null) expect(key < after, `${before} ${key} ${after}`).toBe(true)
      }
      if ((keys[0]?.length ?? 0) < 30) known.push(random.pick(keys))
      checked += 1
    }
    expect(checked).toBeGreaterThan(3_000)
  })

  it('[ORDER-1][G-08] 100 clients that insert into one gap offline agree on one order, and keep it', () => {
    const random = seededRandom('one gap')
    const host = new Device('host', random.next)
    const top = host.add('top')
    host.add('bottom')
    const clients = Array.from({ length: 100 }, (_, index) => new Device(`client${index}`, random.next))
    for (const client of clients) {
      client.receive(host.updateFor(client))
      client.add({ title: `from ${client.by}`, place: { after: top } })
    }
    for (const client of random.shuffle(clients)) host.receive(client.updateFor(host))
    const other = new Device('other', random.next)
    for (const client of random.shuffle(clients)) other.receive(client.updateFor(other))
    expect(host.view.ids()).toHaveLength(102)
    expect(other.view.ids()).toEqual(host.view.ids())
    expect(host.titles().at(0)).toBe('top')
    expect(host.titles().at(-1)).toBe('bottom')
    const orders = new Set(host.view.ids().map((id) => host.item(id).order))
    expect(orders.size).toBeGreaterThan(95)
  })

  it('[ORDER-1][ORDER-4] equal keys are settled by id, and there is room to insert between them', () => {
    const sorted: Placed[] = ['a', 'b', 'c'].map((id) => ({ id, order: 'a5' }))
    const { keys, rekeyed } = placeAt(sorted, 2, 1, () => 0.5)
    expect(sorting([...sorted, { id: 'new', order: keys[0] ?? '' }], rekeyed)).toEqual(['a', 'b', 'new', 'c'])
  })

  it.each(['before', 'behind', 'random'] as const)(
    '[ORDER-3][G-09] 10,000 inserts at one gap (%s the last): no key beyond 48 characters, order kept',
    (where) => {
      const random = seededRandom(`10,000 ${where}`)
      const sorted: Placed[] = [
        { id: 'first', order: 'a0' },
        { id: 'last', order: 'a1' },
      ]
      let at = 1
      let rekeys = 0
      let longest = 0
      for (let count = 0; count < 10_000; count += 1) {
        if (where === 'behind') at = sorted.length - 1
        if (where === 'random') at = 1 + random.int(2)
        const { keys, rekeyed } = placeAt(sorted, at, 1, random.next)
        for (const { id, order } of rekeyed) {
          sorted[sorted.findIndex((placed) => placed.id === id)] = { id, order }
        }
        sorted.splice(at, 0, { id: `i${count}`, order: keys[0] ?? '' })
        rekeys += rekeyed.length
        longest = Math.max(longest, keys[0]?.length ?? 0, ...rekeyed.map(({ order }) => order.length))
      }
      const orders = sorted.map(({ order }) => order)
      expect(orders.every((order, index) => index === 0 || order > (orders[index - 1] ?? ''))).toBe(true)
      expect(longest).toBeLessThanOrEqual(LIMITS.orderRebalanceChars)
      console.info(
        `10,000 inserts ${where}: longest key ${longest}, ${(rekeys / 10_000).toFixed(2)} neighbours rekeyed an insert`,
      )
      expect(rekeys).toBeLessThan(20_000)
    },
  )

  it('[ORDER-2][G-09] rebalancing while another moves one of the neighbours loses and doubles nothing', () => {
    const random = seededRandom('rebalance and move')
    const [a, b] = [new Device('anna', random.next), new Device('ben', random.next)]
    const first = a.add('first')
    const last = a.add('last')
    let rebalanced = 0
    for (let count = 0; count < 600; count += 1) {
      meet(a, b)
      const moved = random.pick(b.view.ids().filter((id) => id !== first))
      b.run(
        planMoveItems(
          b.view,
          b.context,
          [moved],
          random.int(2) === 0 ? { at: 'end' } : { before: last === moved ? first : last },
        ),
      )
      const plan = planAddItems(a.view, a.context, [{ title: `${count}`, place: { after: first } }])
      if (plan.changes.length > 1) rebalanced += 1
      a.run(plan)
    }
    meet(a, b)
    expect(a.view.ids()).toEqual(b.view.ids())
    expect(new Set(a.view.ids()).size).toBe(602)
    expect(rebalanced).toBeGreaterThan(0)
  })

  it('[ORDER-5] several items added at once stay together though another adds at the same place', () => {
    const [a, b] = [new Device('anna', seededRandom('a').next), new Device('ben', seededRandom('b').next)]
    const top = a.add('top')
    meet(a, b)
    const lines = (name: string) =>
      Array.from({ length: 30 }, (_, n) => ({ title: `${name}${n}`, place: { after: top } }))
    a.run(planAddItems(a.view, a.context, lines('a')))
    b.run(planAddItems(b.view, b.context, lines('b')))
    meet(a, b)
    const titles = a.titles().slice(1)
    const expected = (name: string) => Array.from({ length: 30 }, (_, n) => `${name}${n}`)
    const blocks = [
      [...expected('a'), ...expected('b')],
      [...expected('b'), ...expected('a')],
    ]
    expect(blocks).toContainEqual(titles)
  })

  it('[ORDER-2][G-07] two people who move one item at the same time have it once, at one place', () => {
    const [a, b] = [new Device('anna'), new Device('ben')]
    const ids = ['1', '2', '3', '4'].map((title) => a.add(title))
    meet(a, b)
    a.run(planMoveItems(a.view, a.context, [ids[1] ?? ''], { at: 'start' }))
    b.run(planMoveItems(b.view, b.context, [ids[1] ?? ''], { at: 'end' }))
    meet(a, b)
    expect(a.titles()).toEqual(b.titles())
    expect([
      ['2', '1', '3', '4'],
      ['1', '3', '4', '2'],
    ]).toContainEqual(a.titles())
  })
})

function sorting(all: readonly Placed[], rekeyed: readonly Placed[]): string[] {
  const orders = new Map(rekeyed.map(({ id, order }) => [id, order]))
  const placed = all.map(({ id, order }) => ({ id, order: orders.get(id) ?? order }))
  return placed.sort(byOrder).map(({ id }) => id)
}
