import type * as Y from 'yjs'
import type { Change, TextDelta } from './changes.ts'
import { noteRoot } from './keys.ts'

/**
 * Applies a plan to the document in one transaction: observers see all of it or nothing, and it leaves as one update.
 *
 * Nothing is checked here; plans check before, the gate checks after. An empty plan makes no transaction.
 */
export function applyChanges(doc: Y.Doc, changes: readonly Change[], origin: unknown): void {
  if (changes.length === 0) return
  doc.transact(() => {
    for (const change of changes) applyChange(doc, change)
  }, origin)
}

/** Applies one change; call it inside a transaction. */
export function applyChange(doc: Y.Doc, change: Change): void {
  switch (change.type) {
    case 'put':
      doc.getMap(change.root).set(change.key, change.value)
      return
    case 'remove':
      doc.getMap(change.root).delete(change.key)
      return
    case 'text':
      applyTextDelta(doc.getText(noteRoot(change.itemId)), change.delta)
  }
}

/** Told about each part of a delta at the moment when its text can be seen. */
export interface TextWatcher {
  beforeDelete(index: number, count: number): void
  afterInsert(index: number, inserted: string): void
}

/**
 * Not `Y.Text.applyDelta`: where a delta reaches past the end of the text, that one fills up with line breaks. A plan that is
 * applied again to a document that has lost some text meanwhile must do what still makes sense and no more.
 */
export function applyTextDelta(text: Y.Text, delta: readonly TextDelta[], watcher?: TextWatcher): void {
  let index = 0
  for (const part of delta) {
    if ('retain' in part) {
      index = Math.min(index + part.retain, text.length)
    } else if ('insert' in part) {
      if (part.insert === '') continue
      text.insert(index, part.insert)
      watcher?.afterInsert(index, part.insert)
      index += part.insert.length
    } else {
      const count = Math.min(part.delete, text.length - index)
      if (count <= 0) continue
      watcher?.beforeDelete(index, count)
      text.delete(index, count)
    }
  }
}
