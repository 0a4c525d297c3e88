import { isRecordId } from './keys.ts'
import type { RawRecord } from './raw-record.ts'
import {
  birthOf,
  bornBy,
  readExtensions,
  readField,
  readFlagStamp,
  readStamp,
  readWritten,
} from './raw-record.ts'
import { isRegister } from './register.ts'
import { COMMENT_FIELDS as C, LABEL_FIELDS as L, LIST_FIELDS, SECTION_FIELDS as S } from './schema.ts'
import type { Comment, Label, ListFields, Section } from './types.ts'

/** Sections, labels, comments and the list itself, read as tolerantly as items: never a throw, null for what cannot be shown. */
export function readSection(id: string, raw: RawRecord): Section | null {
  const birth = birthOf(raw)
  if (birth === null) return null
  const title = readWritten(raw, birth, 'title', S.title)
  const order = readWritten(raw, birth, 'order', S.order)
  if (title === undefined || order === undefined) return null
  const deleted = readFlagStamp(raw, birth, 'deleted', S.deleted)
  return Object.freeze({ id, title, order, created: bornBy(birth), deleted })
}

export function readLabel(id: string, raw: RawRecord): Label | null {
  const birth = birthOf(raw)
  if (birth === null) return null
  const title = readWritten(raw, birth, 'title', L.title)
  if (title === undefined) return null
  const color = readField(raw, birth, 'color', L.color)
  const deleted = readFlagStamp(raw, birth, 'deleted', L.deleted)
  return Object.freeze({ id, title, color, created: bornBy(birth), deleted })
}

export function readComment(id: string, raw: RawRecord): Comment | null {
  const birth = birthOf(raw)
  if (birth === null) return null
  const item = birth['item']
  const body = readWritten(raw, birth, 'body', C.body)
  if (!isRecordId(item) || body === undefined) return null
  return Object.freeze({
    id,
    item,
    body,
    resolved: readField(raw, birth, 'resolved', C.resolved),
    created: bornBy(birth),
    edited: readStamp(raw.fields.get('body')),
    deleted: readFlagStamp(raw, birth, 'deleted', C.deleted),
  })
}

export function readListFields(fields: ReadonlyMap<string, unknown>): ListFields {
  const value = (field: string): unknown => {
    const register = fields.get(field)
    return isRegister(register) ? register[0] : undefined
  }
  return Object.freeze({
    title: LIST_FIELDS.title.read(value('title')) ?? LIST_FIELDS.title.initial,
    icon: LIST_FIELDS.icon.read(value('icon')) ?? LIST_FIELDS.icon.initial,
    format: LIST_FIELDS.format.read(value('format')) ?? LIST_FIELDS.format.initial,
    extensions: readExtensions({}, fields),
  })
}
