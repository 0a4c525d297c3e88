import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { contentHash, ListView, selectItems } from '../../../client-sdk/src/model/index.ts'
import { snapshotOf } from './device.ts'

const IDS = ['item-aaaa', 'item-bbbb', 'item-bbbb~2024-01-01']
const fields = [
  'title',
  'done',
  'order',
  'section',
  'parent',
  'due',
  'repeat',
  'remindAt',
  'priority',
  'quantity',
  'link',
  'deleted',
  'x-a',
  '__proto__',
  'constructor',
  'body',
  'icon',
  'color',
]
const keys = fc.oneof(
  fc.string(),
  fc.constantFrom(...IDS),
  fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...fields)).map((parts) => parts.join('/')),
  fc
    .tuple(
      fc.constantFrom(...IDS),
      fc.constantFrom('label', 'assignee', '__proto__'),
      fc.constantFrom(...IDS, 'u/1'),
    )
    .map((parts) => parts.join('/')),
  fc.constantFrom(...fields),
)
const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    ...IDS,
    'a0',
    'a1',
    true,
    { date: '2024-02-30' },
    { date: '2024-02-03', time: 7 },
    'javascript:alert(1)',
    Number.NaN,
    10n,
    new Uint8Array(3),
  ),
)
const registers = fc.tuple(values, fc.oneof(fc.string(), values), fc.oneof(fc.integer(), values))
const births = fc
  .dictionary(fc.constantFrom(...fields, 'item'), values, { maxKeys: 2 })
  .chain((extra) =>
    fc
      .constantFrom(
        { by: 'u', at: 1, title: 't', order: 'a0', item: 'item-aaaa', body: 'b' },
        { by: 'u' },
        {},
      )
      .map((base) => ({ ...base, ...extra })),
  )
const kinds = fc.constantFrom('items', 'sections', 'labels', 'comments')
const fieldKeys = fc
  .tuple(fc.constantFrom(...IDS), fc.constantFrom(...fields))
  .map((parts) => parts.join('/'))
const entries = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.tuple(kinds, fc.constantFrom(...IDS), births) },
    { weight: 3, arbitrary: fc.tuple(kinds, fieldKeys, registers) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.oneof(kinds, fc.constant('list')), keys, fc.oneof(values, registers, births)),
    },
  ),
  { minLength: 10, maxLength: 40 },
)

describe('reading garbage', () => {
  it('[MODEL-4] whatever stands in a document is read without a throw, and nothing of it is dropped', () => {
    let shown = 0
    fc.assert(
      fc.property(entries, (written) => {
        const doc = new Y.Doc()
        const view = new ListView(doc)
        const there = written.filter(([root, key, value]) => isWritten(doc.getMap(root), key, value))
        expect(snapshotOf(view)).toEqual(snapshotOf(new ListView(doc)))
        for (const id of view.ids()) {
          const item = view.item(id)
          expect(typeof item?.title).toBe('string')
          expect(item?.link ?? 'https://').toMatch(/^https:\/\//)
          shown += 1
        }
        selectItems(view, { text: 'a', sort: 'due' })
        const copy = new Y.Doc()
        Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
        expect(contentHash(copy)).toBe(contentHash(doc))
        for (const [root, key] of there) expect(copy.getMap(root).has(key)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
    expect(shown).toBeGreaterThan(300)
  })

  it('[MODEL-4] roots of the wrong kind and nested types do not disturb the rest', () => {
    const doc = new Y.Doc()
    const foreign = new Y.Doc()
    const stranger = new Y.Doc()
    stranger.getArray('items').push(['x'])
    stranger.getMap('note:item-aaaa').set('x', 1)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(stranger))
    foreign.getMap('sections').set('item-bbbb', new Y.Map([['title', 'nested']]))
    foreign.getMap('items').set('item-aaaa/title', new Y.Text('nested'))
    foreign.getMap('items').set('item-aaaa', { by: 'u', at: 1, title: 'shown', order: 'a0' })
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(foreign))
    const view = new ListView(doc)
    expect(view.ids().map((id) => view.item(id)?.title)).toEqual(['shown'])
    expect(view.sections()).toEqual([])
    expect(contentHash(doc)).toBe(contentHash(doc))
  })
})

/** Yjs refuses values with a `constructor` of their own, and loses a `__proto__` on the way: neither can arrive from elsewhere. */
function isWritten(map: Y.Map<unknown>, key: string, value: unknown): boolean {
  const names = (part: unknown): string[] =>
    typeof part === 'object' && part !== null
      ? Object.entries(part).flatMap(([name, inner]) => [name, ...names(inner)])
      : []
  if (names(value).includes('__proto__')) return false
  try {
    map.set(key, value)
    return true
  } catch {
    return false
  }
}
