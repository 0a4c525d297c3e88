import {
  fieldRule,
  isRegister,
  type Op,
  type Place,
  type RecordKind,
  sameValue,
} from '@tandem/client-sdk/model'
import type * as Y from 'yjs'
import type { Collision } from './collision.ts'
import { type Key, type TouchedKeys, valueIn } from './key.ts'

/**
 * The human meaning of an update that was found good: one entry per key whose value changes, from what it was to what it will be.
 *
 * What is written and loses against a concurrent write changes nothing, and has an entry of its own where a value is lost with it. An `add` can come twice for one
 * id, when two devices made the same record apart and the second one's stands: take the later.
 */
export function describe(document: Y.Doc, keys: TouchedKeys): Op[] {
  const ops: Op[] = []
  const purged = new Set<string>()
  for (const key of keys.all()) {
    if (key.collision !== null) ops.push(...collisionOf(key.place, key.collision))
    const op = opOf(document, keys, key)
    if (op === null) continue
    if (op.op === 'purge') {
      const name = `${op.kind}/${op.id}`
      if (purged.has(name)) continue
      purged.add(name)
    }
    ops.push(op)
  }
  if (purged.size === 0) return ops
  return ops.filter((op) => op.op !== 'note' || !purged.has(`items/${op.id}`))
}

function opOf(document: Y.Doc, keys: TouchedKeys, key: Key): Op | null {
  const { place, before, after } = key
  if (place.at === 'note') {
    const { insertedChars: inserted, removedChars: deleted } = key
    return inserted + deleted === 0 ? null : { op: 'note', id: place.id, inserted, deleted }
  }
  if (after === undefined) {
    return before === undefined || place.at === 'list'
      ? null
      : { op: 'purge', kind: place.kind, id: place.id }
  }
  switch (place.at) {
    case 'record': {
      if (sameValue(before, after)) return null
      return { op: 'add', kind: place.kind, id: place.id, value: after }
    }
    case 'list': {
      const to = contentOf(after)
      const from = contentOf(before)
      return sameValue(from, to) ? null : { op: 'set', kind: 'list', field: place.field, from, to }
    }
    case 'field': {
      const { kind, id, field } = place
      const to = contentOf(after)
      const from = before === undefined ? initialOf(document, keys, kind, id, field) : contentOf(before)
      return sameValue(from, to) ? null : { op: 'set', kind, id, field, from, to }
    }
    case 'member': {
      const to = contentOf(after) === true
      const from = contentOf(before) === true
      const { kind, id, set, member } = place
      return from === to ? null : { op: 'member', kind, id, set, member, to }
    }
  }
}

function collisionOf(place: Place, { kept, other }: Collision): Op[] {
  if (place.at === 'list') return [{ op: 'collision', kind: 'list', field: place.field, kept, other }]
  if (place.at !== 'field') return []
  return [{ op: 'collision', kind: place.kind, id: place.id, field: place.field, kept, other }]
}

/** A field nobody has written yet is what its record was created with, or else what such a field is by nature. */
function initialOf(document: Y.Doc, keys: TouchedKeys, kind: RecordKind, id: string, field: string): unknown {
  const creation = valueIn(document, kind, id) ?? keys.valueAfter(kind, id)
  if (typeof creation === 'object' && creation !== null && Object.hasOwn(creation, field)) {
    return (creation as Record<string, unknown>)[field]
  }
  return fieldRule(kind, field)?.initial ?? null
}

function contentOf(raw: unknown): unknown {
  return isRegister(raw) ? raw[0] : null
}
