import * as Y from 'yjs'
import { applyChanges } from '../model/apply.ts'
import type { Edit } from './edit.ts'
import { NOTHING } from './handshake.ts'
import { ORIGIN } from './origin.ts'

export interface Rebased {
  /** What the server has already, though its acknowledgement never came. */
  readonly known: readonly Edit[]
  /** The rest, in order, with the bytes they have in the new document. */
  readonly moved: readonly { readonly edit: Edit; readonly update: Uint8Array }[]
}

/**
 * Applies waiting edits to a fresh document that holds the server's truth, by what they do and not by their bytes.
 *
 * Their bytes may build on an edit that was refused and would never fit again. What the server has already is left out:
 * applying a text insertion a second time would double it.
 */
export function rebase(truth: Y.Doc, edits: readonly Edit[]): Rebased {
  const snapshot = Y.snapshot(truth)
  const known: Edit[] = []
  const moved: { edit: Edit; update: Uint8Array }[] = []
  for (const edit of edits) {
    if (Y.snapshotContainsUpdate(snapshot, edit.update)) {
      known.push(edit)
      continue
    }
    moved.push({ edit, update: captured(truth, () => applyChanges(truth, edit.changes, ORIGIN.repair)) })
  }
  return { known, moved }
}

/** Everything the document emits while `write` runs, as one update. */
export function captured(doc: Y.Doc, write: () => void): Uint8Array {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array) => {
    updates.push(update)
  }
  doc.on('update', collect)
  try {
    write()
  } finally {
    doc.off('update', collect)
  }
  const [first] = updates
  if (first === undefined) return NOTHING
  return updates.length === 1 ? first : Y.mergeUpdates(updates)
}

/** A document with these updates and a client id of its own. */
export function documentOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update, ORIGIN.device)
  }, ORIGIN.device)
  return doc
}
