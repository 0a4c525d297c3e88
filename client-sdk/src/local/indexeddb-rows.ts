import type { InboxEdit, PendingEdit, Refused, StoredEnd } from './port.ts'

export type NewEdit = Omit<PendingEdit, 'key'>

export interface BaseRow {
  readonly list: string
  readonly update: Uint8Array
}

export interface EndRow extends StoredEnd {
  readonly id: string
}

export interface FactRow {
  readonly list: string
  readonly name: string
  readonly value: unknown
}

export function baseRow(list: string, update: Uint8Array): BaseRow {
  return { list, update: detached(update) }
}

export function pendingRow(
  list: string,
  { update, changes, label, at }: NewEdit,
): NewEdit & { list: string } {
  return { list, update: detached(update), changes, label, at }
}

export function inboxRow(
  list: string,
  { key, changes, label, at }: PendingEdit,
  { code, message, places }: Refused,
): InboxEdit & { list: string } {
  return { key, list, changes, label, at, code, message, ...(places === undefined ? {} : { places }) }
}

export function toPending({ key, update, changes, label, at }: PendingEdit): PendingEdit {
  return { key, update, changes, label, at }
}

export function toInbox({ key, changes, label, at, code, message, places }: InboxEdit): InboxEdit {
  return { key, changes, label, at, code, message, ...(places === undefined ? {} : { places }) }
}

export function toEnd({ why, message, at }: EndRow): StoredEnd {
  return { why, message, at }
}

/** IndexedDB stores the whole buffer behind a view; Yjs hands out views of larger buffers. */
function detached(update: Uint8Array): Uint8Array {
  return update.byteLength === update.buffer.byteLength ? update : update.slice()
}
