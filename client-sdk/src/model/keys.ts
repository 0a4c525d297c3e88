/**
 * Where everything stands inside a list's Yjs document.
 *
 *     items     "<id>"                  creation record, written once
 *               "<id>/<field>"          register: the field's latest value
 *               "<id>/<set>/<member>"   register: true = in the set, null = out of it
 *     sections, labels, comments        the same pattern
 *     list      "<field>"               register: the list's own fields
 *     note:<id>                         Y.Text, the item's notes
 *
 * Flat keys, because concurrent writes to two fields then never meet, and because every struct of an
 * update belongs to exactly one key, so the gate can judge it. Notes are root types and not map values:
 * two devices that both write the first note of an item must merge, not replace one another.
 */

/** The format described here. A list without the register `list/format` has format 1. */
export const LIST_FORMAT = 1

export const RECORD_KINDS = ['items', 'sections', 'labels', 'comments'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]
export type RootKind = RecordKind | 'list'

const NOTE_PREFIX = 'note:'
const ID = /^[A-Za-z0-9_-]{8,48}(~\d{4}-\d{2}-\d{2})?$/

/** Where one struct of an update belongs. */
export type Place =
  | { readonly at: 'record'; readonly kind: RecordKind; readonly id: string }
  | { readonly at: 'field'; readonly kind: RecordKind; readonly id: string; readonly field: string }
  | {
      readonly at: 'member'
      readonly kind: RecordKind
      readonly id: string
      readonly set: string
      readonly member: string
    }
  | { readonly at: 'list'; readonly field: string }
  | { readonly at: 'note'; readonly id: string }

/** True when `value` may name an item, section, label or comment: 8–48 letters, digits, `_`, `-`, then optionally `~date`. */
export function isRecordId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value)
}

export function isRecordKind(value: string): value is RecordKind {
  return (RECORD_KINDS as readonly string[]).includes(value)
}

export function fieldKey(id: string, field: string): string {
  return `${id}/${field}`
}

/** `member` may itself contain slashes (user ids come from other people's identity providers). */
export function memberKey(id: string, set: string, member: string): string {
  return `${id}/${set}/${member}`
}

export function noteRoot(itemId: string): string {
  return NOTE_PREFIX + itemId
}

export function itemIdOfNoteRoot(root: string): string | null {
  if (!root.startsWith(NOTE_PREFIX)) return null
  const id = root.slice(NOTE_PREFIX.length)
  return isRecordId(id) ? id : null
}

/** Reads a root name and a map key (null for text) as a place, or null when no such place exists in the format. */
export function parsePlace(root: string, key: string | null): Place | null {
  if (key === null) {
    const id = itemIdOfNoteRoot(root)
    return id === null ? null : { at: 'note', id }
  }
  if (root === 'list') return key.length > 0 && !key.includes('/') ? { at: 'list', field: key } : null
  if (!isRecordKind(root)) return null
  const first = key.indexOf('/')
  const id = first === -1 ? key : key.slice(0, first)
  if (!isRecordId(id)) return null
  if (first === -1) return { at: 'record', kind: root, id }
  const rest = key.slice(first + 1)
  const second = rest.indexOf('/')
  if (second === -1) return rest === '' ? null : { at: 'field', kind: root, id, field: rest }
  const set = rest.slice(0, second)
  const member = rest.slice(second + 1)
  return set === '' || member === '' ? null : { at: 'member', kind: root, id, set, member }
}

/** The one spelling of a place in refusals, logs and the inbox, for example `items/k3…/title`. */
export function formatPlace(place: Place): string {
  switch (place.at) {
    case 'record':
      return `${place.kind}/${place.id}`
    case 'field':
      return `${place.kind}/${place.id}/${place.field}`
    case 'member':
      return `${place.kind}/${place.id}/${place.set}/${place.member}`
    case 'list':
      return `list/${place.field}`
    case 'note':
      return `note/${place.id}`
  }
}
