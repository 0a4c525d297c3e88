import type * as Y from 'yjs'
import { applyChange, applyTextDelta } from './apply.ts'
import type { Change } from './changes.ts'
import { isPlainObject } from './field-rules.ts'
import { noteRoot, parsePlace, type RecordKind, type RootKind } from './keys.ts'
import { isRegister } from './register.ts'
import { fieldRule } from './schema.ts'
import { runsBetween, type TextRun } from './text-runs.ts'
import type { TextInverse } from './text-undo.ts'

/** What one change of a plan replaced: enough to take it back, and to see whether it still stands. */
export type Inverse = PutInverse | TextInverse

export interface PutInverse {
  readonly type: 'put'
  readonly root: RootKind
  /** Of the register that takes it back: for a new record, its `deleted`. */
  readonly key: string
  /** The register as I wrote it; undefined when I wrote a new record, which has none yet. */
  readonly mine: unknown
  /** The register that stood there, undefined when there was none. */
  readonly before: unknown
  /** The value to go back to. */
  readonly value: unknown
  /** The record it belongs to, null for the list itself. */
  readonly record: { readonly kind: RecordKind; readonly id: string } | null
}

/** As `applyChanges`, and returns what it takes to undo them. Purging has no inverse. */
export function applyTracked(doc: Y.Doc, changes: readonly Change[], origin: unknown): readonly Inverse[] {
  if (changes.length === 0) return []
  const inverses: Inverse[] = []
  doc.transact(() => {
    for (const change of changes) {
      if (change.type === 'text') {
        inverses.push(applyTextTracked(doc, change))
        continue
      }
      const inverse = change.type === 'put' ? inverseOfPut(doc, change) : null
      applyChange(doc, change)
      if (inverse !== null) inverses.push(inverse)
    }
  }, origin)
  return inverses
}

function applyTextTracked(doc: Y.Doc, change: Extract<Change, { type: 'text' }>): TextInverse {
  const text = doc.getText(noteRoot(change.itemId))
  const inserted: TextRun[] = []
  const deleted: TextRun[] = []
  applyTextDelta(text, change.delta, {
    beforeDelete: (index, count) => deleted.push(...runsBetween(text, index, count)),
    afterInsert: (index, written) => inserted.push(...runsBetween(text, index, written.length)),
  })
  return { type: 'text', itemId: change.itemId, inserted, deleted }
}

function inverseOfPut(doc: Y.Doc, change: Extract<Change, { type: 'put' }>): PutInverse | null {
  const { root, key } = change
  const place = parsePlace(root, key)
  if (place === null || place.at === 'note') return null
  const map = doc.getMap(root)
  if (place.at === 'list') {
    const before = map.get(key)
    const value = isRegister(before) ? before[0] : (fieldRule('list', place.field)?.initial ?? null)
    return { type: 'put', root, key, mine: change.value, before, value, record: null }
  }
  const record = { kind: place.kind, id: place.id }
  if (place.at === 'record') {
    // A second creation record for the same id takes nothing away that could be given back.
    if (map.has(key)) return null
    return {
      type: 'put',
      root,
      key: `${key}/deleted`,
      mine: undefined,
      before: undefined,
      value: true,
      record,
    }
  }
  const before = map.get(key)
  if (place.at === 'member') {
    const value = isRegister(before) && before[0] === true ? true : null
    return { type: 'put', root, key, mine: change.value, before, value, record }
  }
  const value = isRegister(before) ? before[0] : bornValue(map.get(place.id), place.kind, place.field)
  return { type: 'put', root, key, mine: change.value, before, value, record }
}

function bornValue(birth: unknown, kind: RecordKind, field: string): unknown {
  if (isPlainObject(birth) && Object.hasOwn(birth, field)) return birth[field]
  return fieldRule(kind, field)?.initial ?? null
}
