import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  DONE,
  LOOSE,
  laneOf,
  type Order,
  placesOf,
  sameOrder,
} from '../../../examples/web/src/list/order/order.ts'
import { type Holds, NO_HOLDS, steady } from '../../../examples/web/src/list/order/steady.ts'

/** `orderOf({ '': 'a b', s1: 'c', done: 'd', '>a': 'a1' })`: lanes in this order, ids between blanks. */
function orderOf(lanes: Readonly<Record<string, string>>): Order {
  const split = Object.entries(lanes).map(([lane, ids]) => [lane, ids.split(' ').filter(Boolean)] as const)
  const groups = [LOOSE, ...Object.keys(lanes).filter((lane) => !lane.startsWith('>') && lane !== LOOSE)]
  return { groups: [...groups.filter((group) => group !== DONE), DONE], lanes: new Map(split) }
}
const ids = (order: Order): string =>
  placesOf(order)
    .map(({ id }) => id)
    .join(' ')
const holds = (some: Partial<Holds>): Holds => ({ ...NO_HOLDS, ...some })
const kept = (...some: string[]): Holds => holds({ kept: new Set(some) })

it('[APP-21] nothing held: what is true is shown', () => {
  const truth = orderOf({ '': 'c a b' })
  expect(steady(orderOf({ '': 'a b c' }), truth, NO_HOLDS)).toBe(truth)
})

it('[APP-21] under a pressed pointer nothing moves, comes or goes; what this person does themselves goes where it belongs', () => {
  const shown = orderOf({ '': 'a b c', s1: 'd', [laneOf('a')]: 'a1' })
  const truth = orderOf({ '': 'new c a', s1: 'd', s2: 'e' })
  const frozen = steady(shown, truth, holds({ isFrozen: true }))
  expect(ids(frozen)).toBe('a a1 b c d')
  const moved = steady(
    shown,
    orderOf({ '': 'new c a', s1: 'b d' }),
    holds({ isFrozen: true, moved: new Set(['b', 'a1']) }),
  )
  expect(ids(moved)).toBe('a c b d')
})

it('[APP-21] around a row in editing nothing moves and nothing comes above it; what is new comes below', () => {
  const shown = orderOf({ '': 'a b c', [laneOf('b')]: 'b1' })
  const truth = orderOf({ '': 'x c y b z a', s1: 'w', [laneOf('b')]: 'b0 b1 b2', [laneOf('a')]: 'a1' })
  expect(ids(steady(shown, truth, holds({ pin: 'b' })))).toBe('a b b0 b1 b2 z c y w')
  expect(ids(steady(shown, truth, holds({ pin: 'b1' })))).toBe('a b b1 b2 z c y w')
  const around = orderOf({ '': 'a x b y c', [laneOf('a')]: 'a1' })
  expect(ids(steady(orderOf({ '': 'a b c' }), around, holds({ pin: 'b' })))).toBe('a b y c')
})

it('[APP-21] a row that is kept stays behind whom it followed, while others move, come and go', () => {
  expect(ids(steady(orderOf({ '': 'a b c d' }), orderOf({ '': 'c d a b' }), kept('b')))).toBe('c d a b')
  expect(ids(steady(orderOf({ '': 'a b c d' }), orderOf({ '': 'c x d a', [DONE]: 'b' }), kept('b')))).toBe(
    'c x d a b',
  )
  expect(ids(steady(orderOf({ '': 'a b c' }), orderOf({ '': 'a c b' }), kept('a', 'b')))).toBe('a b c')
  // Neighbours that are kept stay neighbours, though the one before them has gone.
  expect(ids(steady(orderOf({ '': 'a b c d' }), orderOf({ '': 'd', [DONE]: 'c b' }), kept('b', 'c')))).toBe(
    'b c d',
  )
})

it('[APP-21] a kept row that nobody moved holds nothing up: what comes between it and its neighbours comes there', () => {
  expect(ids(steady(orderOf({ '': 'a b' }), orderOf({ '': 'a c d b' }), kept('b')))).toBe('a c d b')
  expect(ids(steady(orderOf({ '': 'a b c' }), orderOf({ '': 'b x c a' }), kept('b')))).toBe('b x c a')
})

it('[APP-21] a kept row goes with the truth once it was removed, moved by this person, or has nowhere to stay', () => {
  const shown = orderOf({ '': 'a', s1: 'b c' })
  expect(ids(steady(shown, orderOf({ '': 'a', s1: 'c' }), kept('b')))).toBe('a c')
  expect(
    ids(
      steady(shown, orderOf({ '': 'b a', s1: 'c' }), holds({ kept: new Set(['b']), moved: new Set(['b']) })),
    ),
  ).toBe('b a c')
  expect(ids(steady(shown, orderOf({ '': 'c a b' }), kept('b')))).toBe('c a b')
})

it('[APP-21] a done item that is kept keeps its subtasks with it', () => {
  const shown = orderOf({ '': 'a b', [laneOf('a')]: 'a1' })
  const truth = orderOf({ '': 'b', [DONE]: 'a', [laneOf('a')]: 'a1' })
  expect(placesOf(steady(shown, truth, kept('a')))[1]).toEqual({ id: 'a1', group: LOOSE, parent: 'a' })
})

it('[APP-21] whatever happens and whatever is held, every row is shown once, and the truth is shown once nothing is held', () => {
  const places = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 })
  const order = fc
    .tuple(places, fc.array(fc.constantFrom('', 's1', 's2', DONE), { minLength: 8, maxLength: 8 }))
    .map(([all, groups]) => {
      const lanes: Record<string, string> = { '': '', s1: '', s2: '' }
      for (const [at, id] of all.entries()) lanes[groups[at] ?? ''] = `${lanes[groups[at] ?? ''] ?? ''} ${id}`
      return orderOf(lanes)
    })
  const some = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 3 }).map((all) => new Set(all))
  const held = fc.record<Holds>({
    isFrozen: fc.boolean(),
    pin: fc.option(fc.constantFrom(...'abcdefgh')),
    kept: some,
    moved: some,
  })
  let moves = 0
  fc.assert(
    fc.property(order, fc.array(fc.tuple(order, held), { minLength: 1, maxLength: 5 }), (start, steps) => {
      let shown = start
      for (const [truth, hold] of steps) {
        const before = shown
        shown = steady(before, truth, hold)
        const now = placesOf(shown).map(({ id }) => id)
        expect(new Set(now).size).toBe(now.length)
        if (!hold.isFrozen) continue
        const stayed = (all: readonly string[]) => all.filter((id) => !hold.moved.has(id))
        expect(stayed(now)).toEqual(stayed(placesOf(before).map(({ id }) => id)))
        moves += 1
      }
      const [last] = steps.at(-1) ?? [start]
      expect(sameOrder(steady(shown, last, NO_HOLDS), last)).toBe(true)
    }),
    { numRuns: 300 },
  )
  expect(moves).toBeGreaterThan(100)
})
