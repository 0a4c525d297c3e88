import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  applyTextDelta,
  contentHash,
  diffText,
  isRecordId,
  LIMITS,
  ModelError,
  newRecordId,
  planAddComment,
  planAddItems,
  planAddLabel,
  planAddSection,
  planAssign,
  planDeleteNotes,
  planInsertNotes,
  planLabel,
  planMoveItems,
  planRemoveLabel,
  planReplaceNotes,
  planToggle,
  planUpdateItem,
  planUpdateLabel,
} from '../../../client-sdk/src/model/index.ts'
import { seededRandom } from '../../support/seed.ts'
import { Device, hashOf, meet } from './device.ts'

describe('plans', () => {
  it('[MODEL-11] what must not be asked is thrown as a ModelError before anything is written', () => {
    const a = new Device('anna')
    const id = a.add('milk')
    const before = hashOf(a)
    const { view, context } = a
    const wrong: [string, () => unknown][] = [
      ['not-found', () => planToggle(view, context, 'item-none')],
      ['not-found', () => planMoveItems(view, context, [id], { at: 'end', section: 'sect-none' })],
      ['not-found', () => planLabel(view, context, id, { add: ['labl-none'] })],
      ['not-found', () => planAddComment(view, context, { item: 'item-none', body: 'x' })],
      ['invalid', () => planAddItems(view, context, [{ title: '' }])],
      ['invalid', () => planAddItems(view, context, [{ title: 'x', id }])],
      ['invalid', () => planAddItems(view, context, [{ title: 'x', id: 'a b' }])],
      ['invalid', () => planUpdateItem(view, context, id, { due: { date: '2024-02-30' } })],
      ['invalid', () => planUpdateItem(view, context, id, { repeat: 'sometimes' })],
      ['invalid', () => planMoveItems(view, context, [id], { at: 'end', parent: id })],
      ['invalid', () => planInsertNotes(view, id, 1, 'x')],
      ['limit', () => planInsertNotes(view, id, 0, 'x'.repeat(LIMITS.notesChars + 1))],
      ['limit', () => planAddItems(view, context, Array(LIMITS.itemsPerList).fill({ title: 'x' }))],
      ['limit', () => planAssign(view, context, id, { add: Array.from({ length: 101 }, (_, n) => `u${n}`) })],
    ]
    for (const [code, plan] of wrong) {
      expect(plan).toThrow(ModelError)
      expect(plan).toThrow(expect.objectContaining({ code }))
    }
    expect(hashOf(a)).toBe(before)
  })

  it('[MODEL-12] what is so already makes no change', () => {
    const a = new Device('anna')
    const id = a.add({ title: 'milk', due: { date: '2024-03-01' } })
    const plans = [
      planToggle(a.view, a.context, id, false),
      planUpdateItem(a.view, a.context, id, { title: 'milk', due: { date: '2024-03-01' } }),
      planMoveItems(a.view, a.context, [id], { at: 'start' }),
      planMoveItems(a.view, a.context, [id], { before: id }),
      planAssign(a.view, a.context, id, { remove: ['ben'] }),
      planReplaceNotes(a.view, id, ''),
    ]
    for (const plan of plans) expect(plan.changes).toEqual([])
  })

  it('[MODEL-17] what a caller does to its objects afterwards does not reach the document', () => {
    const a = new Device('anna')
    const due = { date: '2024-03-01' }
    const nested = Object.assign(Object.create(null), { list: [1] })
    const id = a.add({ title: 'milk', due, extensions: { 'x-a': nested } })
    due.date = '2025-01-01'
    nested.list.push(2)
    expect(a.doc.getMap('items').get(id)).toMatchObject({ due: { date: '2024-03-01' }, 'x-a': { list: [1] } })
    for (const forged of ['{"constructor":1}', '{"a":{"__proto__":1}}']) {
      const extensions = { 'x-a': JSON.parse(forged) }
      expect(() => planUpdateItem(a.view, a.context, id, { extensions })).toThrow(ModelError)
    }
  })

  it('[MODEL-2] sets merge member by member, labels disappear with their label and return with it', () => {
    const [a, b] = [new Device('anna'), new Device('ben')]
    const id = a.add('milk')
    const label = a.run(planAddLabel(a.view, a.context, { title: 'cold', color: 'blue' }))
    meet(a, b)
    a.run(planAssign(a.view, a.context, id, { add: ['anna', 'cleo'] }))
    b.run(planAssign(b.view, b.context, id, { add: ['ben'] }))
    b.run(planLabel(b.view, b.context, id, { add: [label] }))
    b.run(planUpdateLabel(b.view, b.context, label, { title: 'cool' }))
    meet(a, b)
    a.run(planAssign(a.view, a.context, id, { remove: ['cleo'] }))
    expect(a.item(id)).toMatchObject({ assignees: ['anna', 'ben'], labels: [label] })
    expect(a.view.labels()).toMatchObject([{ title: 'cool', color: 'blue' }])
    a.run(planRemoveLabel(a.view, a.context, label))
    expect([a.item(id).labels, a.view.labels()]).toEqual([[], []])
    a.back()
    expect(a.item(id).labels).toEqual([label])
  })

  it('[MODEL-13] lone surrogates become U+FFFD before they are applied, so that all copies are the same', () => {
    const [a, b] = [new Device('anna'), new Device('ben')]
    const id = a.add({ title: 'x\ud800y', notes: '\udc00z' })
    meet(a, b)
    expect(a.item(id)).toMatchObject({ title: 'x\ufffdy', notes: '\ufffdz' })
    expect(hashOf(a)).toBe(hashOf(b))
    a.run(planInsertNotes(a.view, id, 2, '😀'))
    expect(() => planDeleteNotes(a.view, id, 3, 1)).toThrow('middle of a character')
  })

  it('[ORDER-5] items are added at their places, together with what they have', () => {
    const a = new Device('anna')
    const section = a.run(planAddSection(a.view, a.context, { title: 'fruit' }))
    const [one = '', two = ''] = a.run(
      planAddItems(a.view, a.context, [{ title: '1', place: { at: 'end', section } }, { title: '2' }]),
    )
    const more = planAddItems(a.view, a.context, [
      { title: '1a', place: { after: one } },
      { title: '1b', place: { after: one } },
      { title: '2a', place: { at: 'end', parent: two }, notes: 'sour', assignees: ['ben'], priority: 2 },
      { title: '0', place: { at: 'start' } },
    ])
    a.run(more)
    expect(a.titles()).toEqual(['0', '1', '1a', '1b', '2', '2a'])
    expect(a.item(more.value[0] ?? '').section).toBe(section)
    expect(a.view.children(two)).toMatchObject([
      { title: '2a', notes: 'sour', assignees: ['ben'], priority: 2 },
    ])
    a.run(planMoveItems(a.view, a.context, [two, one], { before: more.value[0] ?? '' }))
    expect(a.titles()).toEqual(['0', '2', '1', '1a', '1b', '2a'])
    expect(a.item(two).section).toBe(section)
  })

  it('[MODEL-3] replacing notes is the least edit: another\u2019s typing beside it stays', () => {
    const [a, b] = [new Device('anna'), new Device('ben')]
    const id = a.add({ title: 'x', notes: 'buy milk and bread' })
    meet(a, b)
    a.run(planReplaceNotes(a.view, id, 'Buy milk and dark bread!'))
    b.run(planInsertNotes(b.view, id, 8, ', eggs'))
    meet(a, b)
    expect(a.item(id).notes).toBe('Buy milk, eggs and dark bread!')
    expect(b.item(id).notes).toBe(a.item(id).notes)
  })

  it('[MODEL-3] a text difference turns the one text into the other, also one too large to be least', () => {
    const words = fc
      .array(fc.constantFrom('a', 'b', '😀', '\n', 'cc'), { maxLength: 60 })
      .map((parts) => parts.join(''))
    const big = fc
      .integer({ min: 1_000, max: 2_000 })
      .map((count) => Array.from({ length: count }, (_, n) => n % 7).join(''))
    fc.assert(
      fc.property(fc.oneof(words, words, big), fc.oneof(words, words, big), (before, after) => {
        const text = new Y.Doc().getText('t')
        text.insert(0, before)
        applyTextDelta(text, diffText(before, after))
        expect(text.toString()).toBe(after)
      }),
      { numRuns: 300 },
    )
    expect(diffText('one two three', 'one 2 three')).toEqual([{ retain: 4 }, { delete: 3 }, { insert: '2' }])
    const past = new Y.Doc().getText('t')
    applyTextDelta(past, [{ retain: 10 }, { delete: 5 }, { insert: 'x' }])
    expect(past.toString()).toBe('x')
  })

  it('[REPAIR-4][E-15] the content hash is the same for the same content, whatever its history, and another for any other', () => {
    const [a, b] = [new Device('anna'), new Device('ben')]
    const id = a.add({ title: 'milk', notes: 'xyz' })
    for (let n = 0; n < 5; n += 1) a.toggle(id)
    a.run(planDeleteNotes(a.view, id, 1, 1))
    for (const [key, value] of [...a.doc.getMap('items').entries()].reverse())
      b.doc.getMap('items').set(key, value)
    b.doc.getText(`note:${id}`).insert(0, 'xz')
    b.doc.getText('note:item-none')
    expect(hashOf(b)).toBe(hashOf(a))
    const seen = new Set([hashOf(a)])
    for (let n = 0; n < 2_000; n += 1) {
      b.doc.getMap('items').set(`${id}/title`, [`milk ${n}`, 'ben', 1])
      seen.add(contentHash(b.doc))
    }
    expect(seen.size).toBe(2_001)
  })

  it('[MODEL-14] new ids are ids, and use every letter evenly', () => {
    const random = seededRandom('ids')
    const bytes = (count: number) => Uint8Array.from({ length: count }, () => random.int(256))
    const counts = new Map<string, number>()
    for (let n = 0; n < 6_200; n += 1) {
      const id = newRecordId(bytes)
      expect(isRecordId(id)).toBe(true)
      expect(id).toHaveLength(16)
      for (const letter of id) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    expect(counts.size).toBe(62)
    expect(Math.max(...counts.values()) / Math.min(...counts.values())).toBeLessThan(1.2)
  })
})
