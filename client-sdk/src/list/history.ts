import { valueOrThrow } from '../client/faults.ts'
import { type Fields, fieldsOf, numberOf, textOf, timeOf } from '../client/fields.ts'
import type { Request } from '../client/request.ts'
import { ClientError } from '../errors.ts'
import { isRecordKind, type RecordKind } from '../model/keys.ts'
import type { Op, Written } from '../model/ops.ts'
import type { Id } from '../types.ts'
import type { HistoryEntry, HistoryOptions, HistoryPage } from './types.ts'

export interface HistoryDeps {
  readonly listId: Id
  readonly request: Request
  /** False while the server has not been told of a list made here: nothing of it is in its log. */
  readonly isOnServer: () => boolean
}

/** One page of what happened in a list, from the server's log. */
export async function readHistory(
  { listId, request, isOnServer }: HistoryDeps,
  { itemId, before, limit }: HistoryOptions = {},
): Promise<HistoryPage> {
  if (!isOnServer()) throw new ClientError('network')
  const query = new URLSearchParams()
  if (before !== undefined) query.set('before', String(before))
  if (limit !== undefined) query.set('limit', String(limit))
  if (itemId !== undefined) query.set('item', itemId)
  const path = `/lists/${listId}/history?${query}`
  return valueOrThrow(await request({ method: 'GET', path, parse: parseHistory }))
}

/** Null: not the answer that was asked for. What cannot be read in it is left out: a later version says more than this one knows. */
export function parseHistory(json: unknown): HistoryPage | null {
  const { changes, head, next, missing } = fieldsOf(json)
  if (!Array.isArray(changes)) return null
  const entries = changes.map(parseEntry).filter((entry) => entry !== null)
  return Object.freeze({
    entries: Object.freeze(entries),
    head: numberOf(head) ?? 0,
    next: numberOf(next),
    missing: numberOf(missing) ?? 0,
  })
}

function parseEntry(json: unknown): HistoryEntry | null {
  const { seq, at, by, ops } = fieldsOf(json)
  const time = timeOf(at)
  if (typeof seq !== 'number' || time === null || !Array.isArray(ops)) return null
  const known = ops.map((op) => parseOp(fieldsOf(op))).filter((op) => op !== null)
  return Object.freeze({ seq, at: time, by: textOf(by), ops: Object.freeze(known) })
}

function parseOp(said: Fields): Op | null {
  const { op } = said
  const kind = kindOf(said['kind'])
  const id = textOf(said['id'])
  const field = textOf(said['field'])
  switch (op) {
    case 'add':
      return kind === null || id === null ? null : { op, kind, id, value: said['value'] }
    case 'purge':
      return kind === null || id === null ? null : { op, kind, id }
    case 'set': {
      const place = placeOf(said)
      return place === null || field === null
        ? null
        : { op, ...place, field, from: said['from'], to: said['to'] }
    }
    case 'member': {
      const set = textOf(said['set'])
      const member = textOf(said['member'])
      if (kind === null || id === null || set === null || member === null) return null
      return { op, kind, id, set, member, to: said['to'] === true }
    }
    case 'note': {
      const { inserted, deleted } = said
      return id === null
        ? null
        : { op, id, inserted: numberOf(inserted) ?? 0, deleted: numberOf(deleted) ?? 0 }
    }
    case 'collision': {
      const place = placeOf(said)
      const kept = writtenOf(said['kept'])
      const other = writtenOf(said['other'])
      if (place === null || field === null || kept === null || other === null) return null
      return { op, ...place, field, kept, other }
    }
    default:
      return null
  }
}

function kindOf(value: unknown): RecordKind | null {
  return typeof value === 'string' && isRecordKind(value) ? value : null
}

/** The list's own fields stand in no record. */
function placeOf({ kind, id }: Fields): { readonly kind: RecordKind | 'list'; readonly id?: Id } | null {
  if (kind === 'list') return { kind }
  const record = kindOf(kind)
  return record === null || typeof id !== 'string' ? null : { kind: record, id }
}

function writtenOf(json: unknown): Written | null {
  const { value, by } = fieldsOf(json)
  return typeof by === 'string' ? { value, by } : null
}
