import type { TextDelta } from './changes.ts'
import { diffText } from './diff-text.ts'
import { ModelError } from './errors.ts'
import { needItem, type Plan, plan } from './plan.ts'
import { checkNotesLength } from './schema.ts'
import type { ListReader } from './view-types.ts'
import { toWellFormed } from './wellformed.ts'

/** Inserts into an item's notes before position `at`, in UTF-16 units. Never into the middle of a character. */
export function planInsertNotes(list: ListReader, id: string, at: number, inserted: string): Plan {
  const notes = needItem(list, id).notes
  ensureBoundary(notes, at)
  return change(id, notes, [{ retain: at }, { insert: toWellFormed(inserted) }])
}

export function planDeleteNotes(list: ListReader, id: string, at: number, count: number): Plan {
  const notes = needItem(list, id).notes
  ensureBoundary(notes, at)
  ensureBoundary(notes, at + count)
  if (count < 0) throw new ModelError('invalid', 'Less than nothing cannot be deleted.')
  return change(id, notes, [{ retain: at }, { delete: count }])
}

/** Makes the notes read `text` by the least edit that does, so that what others type beside it at the same time stays. */
export function planReplaceNotes(list: ListReader, id: string, text: string): Plan {
  const notes = needItem(list, id).notes
  return change(id, notes, diffText(notes, toWellFormed(text)))
}

function change(id: string, notes: string, delta: readonly TextDelta[]): Plan {
  let length = notes.length
  const parts: TextDelta[] = []
  for (const part of delta) {
    if ('insert' in part) length += part.insert.length
    if ('delete' in part) length -= part.delete
    if (sizeOf(part) > 0) parts.push(part)
  }
  const problem = length > notes.length ? checkNotesLength(length) : null
  if (problem !== null) throw new ModelError('limit', problem)
  if (parts.every((part) => 'retain' in part)) return plan([])
  return plan([{ type: 'text', itemId: id, delta: parts }])
}

function sizeOf(part: TextDelta): number {
  if ('insert' in part) return part.insert.length
  return 'delete' in part ? part.delete : part.retain
}

function ensureBoundary(notes: string, at: number): void {
  const isInside = Number.isInteger(at) && at >= 0 && at <= notes.length
  if (!isInside) throw new ModelError('invalid', `There is no position ${at} in the notes.`)
  const isLow = (notes.charCodeAt(at) & 0xfc00) === 0xdc00
  const isBehindHigh = at > 0 && (notes.charCodeAt(at - 1) & 0xfc00) === 0xd800
  if (isLow && isBehindHigh)
    throw new ModelError('invalid', `Position ${at} is in the middle of a character.`)
}
