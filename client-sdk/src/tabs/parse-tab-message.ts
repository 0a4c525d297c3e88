import type { StoredEnd, StoredView } from '../local/port.ts'
import type { Change } from '../model/changes.ts'
import type { TabMessage } from './port.ts'

/** Null for what is not a message of this version: another tab may run an older or a newer app. */
export function parseTabMessage(raw: unknown): TabMessage | null {
  if (typeof raw !== 'object' || raw === null) return null
  const m = raw as Record<string, unknown>
  const { listId, keys } = m
  if (typeof listId !== 'string') return null
  switch (m['type']) {
    case 'update':
      return parseUpdate(listId, m)
    case 'confirmed':
      return isKeys(keys) ? { type: 'confirmed', listId, keys } : null
    case 'refused':
      return isKeys(keys) ? { type: 'refused', listId, keys } : null
    case 'inbox':
      return { type: 'inbox', listId }
    case 'fresh':
      return { type: 'fresh', listId }
    case 'rebased':
      return { type: 'rebased', listId }
    case 'readmitted':
      return { type: 'readmitted', listId }
    case 'forgotten':
      return { type: 'forgotten', listId }
    case 'ended':
      return isEnd(m['end']) ? { type: 'ended', listId, end: m['end'] } : null
    case 'mine':
      return isView(m['mine']) ? { type: 'mine', listId, mine: m['mine'] } : null
    default:
      return null
  }
}

function parseUpdate(listId: string, m: Record<string, unknown>): TabMessage | null {
  const { update, pendingKey, changes, label } = m
  if (!(update instanceof Uint8Array) || !(pendingKey === null || isKey(pendingKey))) return null
  return {
    type: 'update',
    listId,
    update,
    pendingKey,
    ...(Array.isArray(changes) ? { changes: changes as readonly Change[] } : {}),
    ...(typeof label === 'string' ? { label } : {}),
  }
}

function isKey(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isKeys(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isKey)
}

function isView(value: unknown): value is StoredView {
  if (typeof value !== 'object' || value === null) return false
  const { pinned, folder, sort, muted } = value as Partial<Record<keyof StoredView, unknown>>
  const isFolder = folder === null || typeof folder === 'string'
  return typeof pinned === 'boolean' && isFolder && typeof sort === 'string' && typeof muted === 'boolean'
}

function isEnd(value: unknown): value is StoredEnd {
  if (typeof value !== 'object' || value === null) return false
  const { why, message, at } = value as Partial<Record<keyof StoredEnd, unknown>>
  const isKnown = why === 'access-ended' || why === 'list-deleted'
  return isKnown && typeof message === 'string' && typeof at === 'number'
}
