import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { anchorIn, findIn } from '../../../client-sdk/src/list/anchor.ts'
import { noteRoot } from '../../../client-sdk/src/model/keys.ts'
import { type Workbench, workbench } from './workbench.ts'

const ITEM = 'milk-0001'

interface Edit {
  readonly isOurs: boolean
  readonly at: number
  readonly deleted: number
  readonly inserted: number
  /** Whether the copies exchange what they have afterwards. */
  readonly isSent: boolean
}

const edit: fc.Arbitrary<Edit> = fc.record({
  isOurs: fc.boolean(),
  at: fc.nat(60),
  deleted: fc.nat(4),
  inserted: fc.nat(4),
  isSent: fc.boolean(),
})

it('[NOTE-1][G-04] an anchor stays with its letter through any edits here and elsewhere, and is found at one place on every copy', () => {
  let survived = 0
  fc.assert(
    fc.property(
      fc.array(edit, { maxLength: 25 }),
      fc.nat(40),
      fc.constantFrom<'before' | 'after'>('before', 'after'),
      fc.nat(24),
      (edits, place, leaning, anchoredAfter) => {
        const [a, b] = [new Y.Doc(), new Y.Doc()]
        const textOf = (doc: Y.Doc): Y.Text => doc.getText(noteRoot(ITEM))
        // Each letter once, so that it can be told where it has gone.
        let letters = 0x4e00
        const fresh = (count: number): string =>
          Array.from({ length: count }, () => String.fromCodePoint(letters++)).join('')
        const meet = (): void => {
          const [fromA, fromB] = [Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)]
          Y.applyUpdate(a, fromB)
          Y.applyUpdate(b, fromA)
        }
        textOf(a).insert(0, fresh(20))
        meet()
        let anchor: string | null = null
        let letter = ''
        for (const [index, { isOurs, at, deleted, inserted, isSent }] of [...edits.entries()]) {
          if (index === Math.min(anchoredAfter, edits.length - 1)) {
            const text = textOf(a)
            const position = Math.min(place, text.length)
            anchor = anchorIn(text, position, leaning)
            letter = text.toString()[leaning === 'before' ? position - 1 : position] ?? ''
            expect(findIn(text, ITEM, anchor)).toBe(position)
          }
          const text = textOf(isOurs ? a : b)
          const position = Math.min(at, text.length)
          text.delete(position, Math.min(deleted, text.length - position))
          text.insert(position, fresh(inserted))
          if (isSent) meet()
        }
        if (anchor === null) return
        meet()
        const found = findIn(textOf(a), ITEM, anchor)
        const shown = textOf(a).toString()
        expect(findIn(textOf(b), ITEM, anchor)).toBe(found)
        expect(found).toBeGreaterThanOrEqual(0)
        expect(found).toBeLessThanOrEqual(shown.length)
        if (letter === '' || !shown.includes(letter)) return
        survived += 1
        expect(found).toBe(shown.indexOf(letter) + (leaning === 'before' ? 1 : 0))
      },
    ),
    { numRuns: 300 },
  )
  expect(survived).toBeGreaterThan(100)
})

it('[NOTE-1] what is no anchor of this text is nowhere, whoever made it up, and makes nothing in the list', () => {
  const doc = new Y.Doc()
  const text = doc.getText(noteRoot(ITEM))
  text.insert(0, 'some text')
  const other = doc.getText(noteRoot('eggs-0001'))
  other.insert(0, 'other text')
  const elsewhere = new Y.Doc().getText(noteRoot(ITEM))
  elsewhere.insert(0, 'nobody here knows these letters')
  const roots = doc.share.size
  for (const made of [anchorIn(other, 3, 'before'), anchorIn(elsewhere, 3, 'before'), '', '!', 'AAAA']) {
    expect(findIn(text, ITEM, made)).toBeNull()
  }
  fc.assert(
    fc.property(fc.base64String({ maxLength: 80 }), (made) => {
      const found = findIn(text, ITEM, made)
      expect(found === null || (found >= 0 && found <= text.length)).toBe(true)
    }),
    { numRuns: 500 },
  )
  expect(doc.share.size).toBe(roots)
})

/** Types at the end, one letter at a time. */
function type({ list, environment }: Workbench, id: string, letters: string, pauseMs: number): void {
  const notes = list.items.notes(id)
  for (const letter of letters) {
    environment.advance(pauseMs)
    notes.insert(notes.getSnapshot().length, letter)
  }
}

it('[NOTE-2][UNDO-8] what was typed in one go goes back in one go; a pause, another edit or an undo begins anew', async () => {
  const bench = await workbench()
  const { list, environment } = bench
  const id = list.items.add('Milk').value
  const notes = list.items.notes(id)
  type(bench, id, 'one', 120)
  environment.advance(2_000)
  type(bench, id, ' two', 120)
  list.items.toggle(id)
  type(bench, id, '!', 10)
  expect(notes.getSnapshot()).toBe('one two!')

  list.undo()
  expect([notes.getSnapshot(), list.items.item(id).getSnapshot()?.done]).toEqual(['one two', true])
  list.undo()
  expect(list.items.item(id).getSnapshot()?.done).toBe(false)
  list.undo()
  expect(notes.getSnapshot()).toBe('one')
  type(bench, id, 's', 10)
  list.undo()
  expect(notes.getSnapshot()).toBe('one')
  list.undo()
  expect(notes.getSnapshot()).toBe('')
  // Who types without a pause does not lose minutes of it.
  type(bench, id, 'x'.repeat(40), 500)
  list.undo()
  expect(notes.getSnapshot().length).toBeGreaterThan(15)
})
