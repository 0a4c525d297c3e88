import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { splitUpdate } from '../../../client-sdk/src/connection/split-update.ts'
import { type SeededRandom, seededRandom } from '../../support/seed.ts'

/** Applies pieces one by one; each must be complete in itself after those before it, as a server without gaps demands. */
function applyAll(target: Y.Doc, pieces: readonly Uint8Array[]): void {
  for (const [i, piece] of pieces.entries()) {
    Y.applyUpdate(target, piece)
    const { pendingStructs, pendingDs } = target.store
    if (pendingStructs !== null || pendingDs !== null)
      throw new Error(`piece ${i} refers to something not sent yet`)
  }
}

function scribble(docs: readonly Y.Doc[], random: SeededRandom, steps: number): void {
  for (let i = 0; i < steps; i++) {
    const doc = random.pick(docs)
    const text = doc.getText(`note:${random.int(3)}`)
    const roll = random.next()
    if (roll < 0.4) doc.getMap('items').set(`k${random.int(20)}`, ['v'.repeat(random.int(60)), 'ann', i])
    else if (roll < 0.8) text.insert(random.int(text.length + 1), 'x'.repeat(1 + random.int(20)))
    else if (text.length > 2) text.delete(random.int(text.length - 1), 1)
    if (random.next() < 0.2) {
      const other = random.pick(docs)
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)))
    }
  }
}

describe('splitting an update', () => {
  it('[LINK-9][G-10] any document of several writers arrives whole, piece by piece, without a gap', () => {
    const random = seededRandom('split')
    let split = 0
    for (let run = 0; run < 150; run++) {
      const docs = [1, 2, 3, 4].map(() => new Y.Doc())
      scribble(docs, random, 20 + random.int(200))
      const [author] = docs as [Y.Doc]
      for (const doc of docs) Y.applyUpdate(author, Y.encodeStateAsUpdate(doc))
      const target = new Y.Doc()
      const isPartlyKnown = random.next() < 0.5
      // What the server has already: an earlier state of one of the writers.
      if (isPartlyKnown) Y.applyUpdate(target, Y.encodeStateAsUpdate(random.pick(docs)))
      const update = Y.encodeStateAsUpdate(author, Y.encodeStateVector(target))
      const maxBytes = 1 + random.int(update.length)
      const pieces = splitUpdate(update, maxBytes)
      if (pieces.length > 1) split += 1
      applyAll(target, pieces)
      expect(Y.encodeStateAsUpdate(target)).toEqual(Y.encodeStateAsUpdate(author))
    }
    expect(split).toBeGreaterThan(100)
  })

  it('[LINK-9][L-02] no piece is larger than asked when no single struct is', () => {
    const doc = new Y.Doc()
    const ids: string[] = []
    doc.transact(() => {
      for (let i = 0; i < 5_000; i++) {
        ids.push(`item-${i}`)
        doc
          .getMap('items')
          .set(`item-${i}`, { title: `Thing number ${i} ${'x'.repeat(i % 200)}`, order: `a${i}` })
      }
    })
    for (const id of ids) if (id.endsWith('7')) doc.getMap('items').set(id, 'again')
    const update = Y.encodeStateAsUpdate(doc)
    const pieces = splitUpdate(update, 100_000)
    expect(pieces.length).toBeGreaterThanOrEqual(Math.floor(update.length / 100_000))
    expect(pieces.length).toBeLessThan(2 * Math.ceil(update.length / 100_000))
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(100_000)
    const target = new Y.Doc()
    applyAll(target, pieces)
    expect(target.getMap('items').toJSON()).toEqual(doc.getMap('items').toJSON())
  })

  it('[LINK-9] deletions alone are split too', () => {
    const doc = new Y.Doc()
    const text = doc.getText('note:a')
    text.insert(0, 'ab'.repeat(3_000))
    const before = Y.encodeStateVector(doc)
    const target = new Y.Doc()
    Y.applyUpdate(target, Y.encodeStateAsUpdate(doc))
    for (let i = 0; i < 3_000; i++) text.delete(i, 1)
    const pieces = splitUpdate(Y.encodeStateAsUpdate(doc, before), 1_000)
    expect(pieces.length).toBeGreaterThan(5)
    applyAll(target, pieces)
    expect(target.getText('note:a').toString()).toBe('b'.repeat(3_000))
  })

  it('[LINK-9] one struct larger than the limit stays whole, for the server to judge', () => {
    const doc = new Y.Doc()
    doc.getMap('items').set('a', 'x'.repeat(5_000))
    doc.getMap('items').set('b', 'y')
    const target = new Y.Doc()
    applyAll(target, splitUpdate(Y.encodeStateAsUpdate(doc), 1_000))
    expect(target.getMap('items').toJSON()).toEqual(doc.getMap('items').toJSON())
  })

  it('[LINK-9] a small update is sent as it is', () => {
    const update = new Uint8Array([0, 0])
    expect(splitUpdate(update, 100)).toEqual([update])
  })

  it('[LINK-9] what waits for something missing is passed on, and heals when that arrives', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < 50; i++) doc.getText('note:a').insert(i, String(i % 10))
    const withGap = Y.mergeUpdates(updates.filter((_, i) => i !== 20))
    const target = new Y.Doc()
    for (const piece of splitUpdate(withGap, 200)) Y.applyUpdate(target, piece)
    Y.applyUpdate(target, updates[20] as Uint8Array)
    expect(target.getText('note:a').toString()).toBe(doc.getText('note:a').toString())
  })
})
