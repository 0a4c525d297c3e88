import type { HistoryEntry, HistoryPage, Op } from '@tandem/client-sdk'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deedsOf } from '../../../examples/web/src/list/history/deeds.ts'
import { HISTORY_WORDS } from '../../../examples/web/src/list/history/history-words.ts'
import { HistoryReader } from '../../../examples/web/src/list/history/reader.ts'
import { type Telling, tell } from '../../../examples/web/src/list/history/tell.ts'
import { words as ar } from '../../../examples/web/src/words/ar/index.ts'
import { words as de } from '../../../examples/web/src/words/de/index.ts'
import { words as en } from '../../../examples/web/src/words/en/index.ts'
import { set } from './history-ops.ts'

const CATALOGUES = { ar, de, en }
const KINDS = ['items', 'sections', 'labels', 'comments'] as const
const IDS = ['milk', 'bread', 'beer']

/** In a list that has `milk` and the section `dairy`, and nothing else any more. */
const tellingIn = (tag: keyof typeof CATALOGUES): Telling => ({
  tag,
  words: CATALOGUES[tag],
  history: HISTORY_WORDS[tag],
  titleOf: (kind, id) => ({ milk: 'Milk', dairy: kind === 'sections' ? 'Dairy' : null })[id] ?? null,
  nameOf: (id) => (id === 'u_me' ? 'You' : 'Bo'),
  me: 'u_me',
})
const said = (...ops: Op[]): string[] =>
  deedsOf({ ops }).map((deed) => tell(deed, tellingIn('en')).replace(/[\u2068\u2069]/gu, ''))

const add = (id: string, title: string, kind: (typeof KINDS)[number] = 'items'): Op => ({
  op: 'add',
  kind,
  id,
  value: { title },
})

const kind = fc.constantFrom(...KINDS)
const id = fc.constantFrom(...IDS)
const field = fc.constantFrom(
  ...['title', 'done', 'order', 'section', 'parent', 'due', 'repeat', 'remindAt', 'priority', 'quantity'],
  ...['link', 'deleted', 'color', 'body', 'resolved', 'icon', 'format', 'x-shop', 'constructor', 'mood'],
)
const value = fc.oneof(
  fc.constantFrom(null, '', true, false, 0, 2, 'Milk', 'dairy', '2026-13-77', 'FREQ=NEVER'),
  fc.constantFrom<unknown>(
    [],
    ['2026-03-01T09:00Z', 7],
    { date: '2026-03-01' },
    { date: 'never' },
    { a: [1] },
  ),
)
const written = fc.record({ value, by: fc.constantFrom('u_me', 'u_bo') })
const place = fc.oneof(fc.record({ kind, id }), fc.constant<{ kind: 'list'; id?: string }>({ kind: 'list' }))
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({
    op: fc.constant('add' as const),
    kind,
    id,
    value: fc.oneof(value, fc.record({ title: value })),
  }),
  fc
    .record({ place, field, from: value, to: value })
    .map(({ place: at, ...rest }): Op => ({ op: 'set', ...at, ...rest })),
  fc
    .record({ place, field, kept: written, other: written })
    .map(({ place: at, ...rest }): Op => ({ op: 'collision', ...at, ...rest })),
  fc.record({
    op: fc.constant('member' as const),
    kind,
    id,
    set: fc.constantFrom('label', 'assignee', 'fan'),
    member: fc.constantFrom('u_me', 'u_bo', 'label-1'),
    to: fc.boolean(),
  }),
  fc.record({ op: fc.constant('note' as const), id, inserted: fc.nat(9), deleted: fc.nat(9) }),
  fc.record({ op: fc.constant('purge' as const), kind, id }),
)

/** What may go untold: fields that people do not see, places written anew beside an addition, comments that go with a purge. */
function maySayNothing(one: Op, ops: readonly Op[]): boolean {
  if (one.op !== 'set' && one.op !== 'collision') return false
  if (one.field.startsWith('x-') || (one.kind === 'list' && one.field === 'format')) return true
  if (one.op === 'collision') return false
  if (one.field === 'order' && ops.some((other) => other.op === 'add' && other.kind === one.kind)) return true
  const isOfMove = one.kind === 'items' && ['order', 'section', 'parent'].includes(one.field)
  if (isOfMove && ops.some((other) => other.op === 'add' && other.kind === 'items')) return true
  return one.kind === 'comments' && one.field === 'deleted' && ops.some((other) => other.op === 'purge')
}

describe('what a line of the history says', () => {
  it('[APP-99] whatever was done is told or is known to say nothing, in every language, without an empty or a technical word', () => {
    let told = 0
    fc.assert(
      fc.property(fc.array(op, { minLength: 1, maxLength: 8 }), (ops) => {
        const deeds = deedsOf({ ops })
        for (const one of ops) {
          const about = one.op === 'note' ? 'items' : one.kind
          const isTold = deeds.some(
            (deed) => deed.kind === about && (one.id === undefined || deed.ids.includes(one.id)),
          )
          expect(isTold || maySayNothing(one, ops), JSON.stringify(one)).toBe(true)
        }
        for (const tag of ['ar', 'de', 'en'] as const) {
          for (const deed of deeds) {
            const line = tell(deed, tellingIn(tag))
            expect(line).not.toMatch(/undefined|\[object|null|^\s*$/u)
            told += 1
          }
        }
      }),
      { numRuns: 500 },
    )
    expect(told).toBeGreaterThan(3_000)
  })

  it('[APP-99] alike things are one line, and what came along with an addition is none', () => {
    const beers = Array.from({ length: 12 }, (_, count) => `beer-${count}`)
    expect(said(...beers.map((one) => set(one, 'deleted', false, true)))).toEqual(['deleted 12 items'])
    expect(said(...beers.map((one) => set(one, 'due', null, { date: '2001-03-01' })))).toEqual([
      'set the due date of 12 items to Mar 1, 2001',
    ])
    expect(said(set('milk', 'title', 'Milk', 'Oat milk'), set('bread', 'title', 'Bread', 'Rye'))).toEqual([
      'renamed “Milk” to “Oat milk”',
      'renamed “Bread” to “Rye”',
    ])
    const member = {
      op: 'member',
      kind: 'items',
      id: 'beer',
      set: 'assignee',
      member: 'u_bo',
      to: true,
    } as const
    const note = { op: 'note', id: 'beer', inserted: 3, deleted: 0 } as const
    expect(said(add('beer', 'Beer'), member, note, set('milk', 'order', 'a0', 'a1'))).toEqual([
      'added “Beer”',
    ])
    expect(said({ ...member, id: 'milk' })).toEqual(['assigned “Milk” to Bo'])
    expect(said({ ...member, id: 'milk', member: 'u_me', to: false })).toEqual([
      'no longer assigned “Milk” to you',
    ])
    expect(said(set('milk', 'done', false, true), add('beer~2026-03-01', 'Beer'))).toEqual([
      'ticked “Milk”',
      'added “Beer”',
    ])
  })

  it('[APP-99] a move says where to, once; what is gone for good is named as far as anybody knows', () => {
    expect(said(set('milk', 'order', 'a0', 'a1'), set('milk', 'section', null, 'dairy'))).toEqual([
      'moved “Milk” to “Dairy”',
    ])
    expect(said(set('milk', 'section', 'dairy', null))).toEqual(['moved “Milk” out of its section'])
    expect(said(set('bread', 'section', null, 'gone'))).toEqual(['moved an item to another section'])
    expect(said(set('bread', 'section', 'a', 'b'), set('bread', 'parent', null, 'milk'))).toEqual([
      'moved an item below “Milk”',
    ])
    expect(said({ op: 'purge', kind: 'items', id: 'bread' })).toEqual(['deleted an item for good'])
    expect(said({ op: 'set', kind: 'list', field: 'title', from: null, to: 'Shop' })).toEqual([
      'made the list “Shop”',
    ])
  })

  it('[APP-99] a collision is one line with both values, whether or not the later one won', () => {
    const values = { kept: { value: 'Soy milk', by: 'u_bo' }, other: { value: 'Oat milk', by: 'u_me' } }
    const met = { op: 'collision', kind: 'items', id: 'milk', field: 'title', ...values } as const
    const line = 'renamed an item at the same time: “Soy milk” stayed, and not “Oat milk”'
    expect(said(met)).toEqual([line])
    expect(said(met, set('milk', 'title', 'Oat milk', 'Soy milk'))).toEqual([line])
    expect(said({ ...met, field: 'quantity' })).toEqual([
      'changed the quantity of “Milk” at the same time: “Soy milk” stayed, and not “Oat milk”',
    ])
    expect(said({ ...met, field: 'section' }, { ...met, field: 'order' })).toEqual([
      'moved “Milk” at the same time',
    ])
  })
})

describe('how far the history is read', () => {
  const entry = (seq: number, ...ops: Op[]): HistoryEntry => ({ seq, at: seq, by: 'u_bo', ops })
  const tick = (seq: number) => entry(seq, set('milk', 'done', false, true))
  const page = (entries: HistoryEntry[], head: number, next: number | null, missing = 0): HistoryPage => ({
    entries,
    head,
    next,
    missing,
  })

  function readerOf(...pages: (HistoryPage | Error)[]) {
    const asked: (number | undefined)[] = []
    const reader = new HistoryReader({
      history: async ({ before } = {}) => {
        asked.push(before)
        const answer = pages.shift()
        if (answer instanceof Error) throw answer
        if (answer === undefined) throw new Error('More was asked for than there is')
        return answer
      },
    })
    const seqs = () => reader.state.get().entries.map(({ seq }) => seq)
    return { reader, asked, seqs }
  }

  it('[APP-99] pages without a word are passed over, five at most before somebody is asked', async () => {
    const silent = entry(7_001, set('milk', 'x-shop', null, 1))
    const { reader, asked, seqs } = readerOf(
      page([], 9_000, 8_001, 2),
      page([silent], 9_000, 7_001, 1),
      page([tick(6_500)], 9_000, 6_001),
      ...[5_001, 4_001, 3_001, 2_001, 1_001].map((next) => page([], 9_000, next)),
    )
    await reader.older()
    expect([asked, seqs()]).toEqual([
      [undefined, 8_001, 7_001],
      [7_001, 6_500],
    ])
    expect(reader.state.get()).toMatchObject({ phase: 'resting', missing: 3, next: 6_001, head: 9_000 })
    await reader.older()
    expect(asked).toHaveLength(8)
    expect(reader.state.get()).toMatchObject({ phase: 'resting', next: 1_001 })
  })

  it('[APP-99] what happened since comes on top; more of it than a page begins anew; a failure keeps what was read', async () => {
    const lost = new Error('lost')
    const { reader, seqs } = readerOf(
      lost,
      page([tick(3), tick(1)], 9, null),
      page([tick(12), tick(9), tick(3)], 12, 2),
      lost,
      page([tick(90)], 90, 41),
    )
    await reader.older()
    expect(reader.state.get()).toMatchObject({ phase: 'failed', error: lost, next: undefined })
    await reader.newer()
    expect(seqs()).toEqual([3, 1])
    // While it is read, it happens again.
    const first = reader.newer()
    const second = reader.newer()
    await Promise.all([first, second])
    expect(seqs()).toEqual([12, 3, 1])
    expect(reader.state.get()).toMatchObject({ phase: 'failed', head: 12, next: null })
    await reader.newer()
    expect(seqs()).toEqual([90])
    expect(reader.state.get()).toMatchObject({ phase: 'resting', head: 90, next: 41 })
  })
})
