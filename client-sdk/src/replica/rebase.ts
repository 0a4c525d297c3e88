import * as Y from 'yjs'
import { applyChanges } from '../model/apply.ts'
import type { Edit } from './edit.ts'
import { fits } from './fits.ts'
import { NOTHING } from './handshake.ts'
import { ORIGIN } from './origin.ts'

export interface Rebased {
  /** What the server has already, though its acknowledgement never came. */
  readonly known: readonly Edit[]
  /** The rest, in order, with the bytes each has in the new document: its own or others. Null: it is not in it. */
  readonly rest: readonly { readonly edit: Edit; readonly update: Uint8Array | null }[]
}

/**
 * Puts waiting edits on a fresh document that holds the server's truth. What the server has already is left out: typing
 * a text a second time would double it.
 *
 * Bytes that fit stay what they are, because somebody else may be sending them too: another tab, or a server that
 * was slow to write and has them after all. The same bytes arrive once, however often they are sent. Others build on
 * what was refused and would never fit; such an edit is made again by what it does, if it is ours to make.
 */
export function rebase(truth: Y.Doc, edits: readonly Edit[], isOurs: (edit: Edit) => boolean): Rebased {
  const snapshot = Y.snapshot(truth)
  const known: Edit[] = []
  const rest: { edit: Edit; update: Uint8Array | null }[] = []
  for (const edit of edits) {
    if (Y.snapshotContainsUpdate(snapshot, edit.update)) known.push(edit)
    else rest.push({ edit, update: placed(truth, edit, isOurs(edit)) })
  }
  return { known, rest }
}

/** Puts one edit into a document; the bytes it has there, or null when it neither fits nor may be made again. */
export function placed(doc: Y.Doc, edit: Edit, mayRewrite: boolean): Uint8Array | null {
  if (fits(doc, edit.update)) {
    Y.applyUpdate(doc, edit.update, ORIGIN.repair)
    return edit.update
  }
  return mayRewrite ? captured(doc, () => applyChanges(doc, edit.changes, ORIGIN.repair)) : null
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
