import * as Y from 'yjs'
import type { Change } from './changes.ts'
import {
  isRecordKind,
  itemIdOfNoteRoot,
  noteRoot,
  parsePlace,
  RECORD_KINDS,
  type RecordKind,
  type RootKind,
} from './keys.ts'
import { emptyRecord, isEmptyRecord, type RawRecord } from './raw-record.ts'

/** Which records have an entry that changed. A note touches its item. */
export interface Touched extends Readonly<Record<RecordKind, Set<string>>> {
  list: boolean
}

export function nothingTouched(): Touched {
  return { items: new Set(), sections: new Set(), labels: new Set(), comments: new Set(), list: false }
}

/**
 * A document's entries, sorted by record, kept up to date key by key. `Y.Map.toJSON` on every change would be
 * milliseconds for a large list; this is one map write for each key that changed.
 */
export class DocumentMirror {
  readonly records: Readonly<Record<RecordKind, Map<string, RawRecord>>> = {
    items: new Map(),
    sections: new Map(),
    labels: new Map(),
    comments: new Map(),
  }
  readonly list = new Map<string, unknown>()
  readonly notes = new Map<string, string>()
  readonly #doc: Y.Doc
  readonly #rootOf = new WeakMap<object, string>()

  constructor(doc: Y.Doc) {
    this.#doc = doc
    for (const root of [...RECORD_KINDS, 'list'] as const) this.#rootOf.set(doc.getMap(root), root)
  }

  load(): Touched {
    const touched = nothingTouched()
    for (const root of [...RECORD_KINDS, 'list'] as const) {
      for (const [key, value] of this.#doc.getMap(root).entries()) this.#set(root, key, value, true, touched)
    }
    for (const root of [...this.#doc.share.keys()]) this.#readNote(itemIdOfNoteRoot(root), touched)
    return touched
  }

  /** Takes over what a transaction changed; `touched` collects. Must run before the transaction is cleaned up. */
  takeTransaction(transaction: Y.Transaction, touched: Touched): void {
    for (const [type, keys] of transaction.changed) {
      const root = this.#rootNameOf(type)
      if (root === null) continue
      if (root === 'list' || isRecordKind(root)) {
        for (const key of keys) if (key !== null) this.#take(root, key, touched)
      } else {
        this.#readNote(itemIdOfNoteRoot(root), touched)
      }
    }
  }

  /** Takes over changes already applied inside a transaction that is still open. */
  takeChanges(changes: readonly Change[], touched: Touched): void {
    for (const change of changes) {
      if (change.type === 'text') this.#readNote(change.itemId, touched)
      else this.#take(change.root, change.key, touched)
    }
  }

  #take(root: RootKind, key: string, touched: Touched): void {
    const map = this.#doc.getMap(root)
    this.#set(root, key, map.get(key), map.has(key), touched)
  }

  #set(root: RootKind, key: string, value: unknown, isThere: boolean, touched: Touched): void {
    const place = parsePlace(root, key)
    if (place === null || place.at === 'note') return
    if (place.at === 'list') {
      touched.list = true
      write(this.list, place.field, value, isThere)
      return
    }
    const records = this.records[place.kind]
    let record = records.get(place.id)
    if (record === undefined) {
      record = emptyRecord()
      records.set(place.id, record)
    }
    if (place.at === 'record') record.birth = isThere ? value : undefined
    else if (place.at === 'field') write(record.fields, place.field, value, isThere)
    else writeMember(record, place.set, place.member, isThere ? value : undefined)
    if (isEmptyRecord(record)) records.delete(place.id)
    touched[place.kind].add(place.id)
  }

  #readNote(itemId: string | null, touched: Touched): void {
    if (itemId === null) return
    const text = this.#doc.getText(noteRoot(itemId))
    this.#rootOf.set(text, noteRoot(itemId))
    write(this.notes, itemId, text.toString(), text.length > 0)
    touched.items.add(itemId)
  }

  #rootNameOf(type: object): string | null {
    const known = this.#rootOf.get(type)
    if (known !== undefined) return known
    if (!(type instanceof Y.AbstractType) || type._item !== null) return null
    // A note seen for the first time, or a root of a later version: Yjs can only search for the name.
    for (const [name, shared] of this.#doc.share) {
      if (shared !== type) continue
      this.#rootOf.set(type, name)
      return name
    }
    return null
  }
}

function write(map: Map<string, unknown>, key: string, value: unknown, isThere: boolean): void {
  if (isThere) map.set(key, value)
  else map.delete(key)
}

function writeMember(record: RawRecord, set: string, member: string, value: unknown): void {
  const members = record.sets.get(set) ?? new Map<string, unknown>()
  write(members, member, value, value !== undefined)
  if (members.size > 0) record.sets.set(set, members)
  else record.sets.delete(set)
}
