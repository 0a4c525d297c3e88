import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { applyChanges } from '../../../client-sdk/src/model/apply.ts'
import { noteRoot } from '../../../client-sdk/src/model/keys.ts'

const ITEM = 'milk-0001'

/** Two copies of one note, with what each of two people inserts while apart, merged in both orders. */
function apart(before: string, one: [at: number, text: string], other: [at: number, text: string]): string {
  const [a, b] = [new Y.Doc(), new Y.Doc()]
  const insert = (doc: Y.Doc, at: number, text: string): void =>
    applyChanges(doc, [{ type: 'text', itemId: ITEM, delta: [{ retain: at }, { insert: text }] }], null)
  insert(a, 0, before)
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
  // Letter by letter, as people type.
  for (const [index, letter] of [...one[1]].entries()) insert(a, one[0] + index, letter)
  for (const [index, letter] of [...other[1]].entries()) insert(b, other[0] + index, letter)
  const [fromA, fromB] = [Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)]
  Y.applyUpdate(a, fromB)
  Y.applyUpdate(b, fromA)
  const text = a.getText(noteRoot(ITEM)).toString()
  expect(b.getText(noteRoot(ITEM)).toString()).toBe(text)
  return text
}

it('[MODEL-3][G-04] what two people type at one place of a note is kept from both, one after the other', () => {
  for (let run = 0; run < 50; run++) {
    expect(['Buy Hello World', 'Buy WorldHello ']).toContain(apart('Buy ', [4, 'Hello '], [4, 'World']))
  }
})

it('[MODEL-3][G-05] two people who type the same letter have typed it twice', () => {
  expect(apart('ric', [3, 'e'], [3, 'e'])).toBe('ricee')
})

it('[MODEL-3] typing at different places of a note lands where it was typed', () => {
  expect(apart('one two', [0, '> '], [7, ' three'])).toBe('> one two three')
})
