import type { CalendarDate } from './calendar-date.ts'
import type { Change } from './changes.ts'
import { ModelError } from './errors.ts'
import { isPlainObject } from './field-rules.ts'
import { fieldKey, isRecordId, memberKey, type RecordKind, type RootKind } from './keys.ts'
import type { Register } from './register.ts'
import { checkField, checkMember, checkRecord } from './schema.ts'
import type { Item } from './types.ts'
import type { ListReader } from './view-types.ts'
import { toWellFormed } from './wellformed.ts'

/**
 * What a person meant to do, as changes: valid by the schema, not yet applied, and safe to apply again elsewhere.
 * No changes means that there is nothing to do (the item was done already).
 */
export interface Plan<T = void> {
  readonly value: T
  readonly changes: readonly Change[]
}

/** Who acts, and what a pure function cannot know. */
export interface PlanContext {
  /** The user's id. */
  readonly by: string
  /** Milliseconds since 1970. For display and for nothing else. */
  readonly now: number
  /** The user's own calendar day, for what repeats after completion; the UTC day of `now` when absent. */
  readonly today?: CalendarDate
  /** [0, 1), like Math.random. */
  random(): number
  newId(): string
}

/** Where something goes. Beside another item it joins that one's section and parent. */
export type ItemPlace =
  | { readonly before: string }
  | { readonly after: string }
  | { readonly at: 'start' | 'end'; readonly section?: string | null; readonly parent?: string | null }

export function plan(changes: readonly Change[]): Plan {
  return { value: undefined, changes }
}

export function register<T>(context: PlanContext, value: T): Register<T> {
  return [value, context.by, context.now]
}

/** The change that writes a field, or a `ModelError` when the schema does not allow it. */
export function putField(
  context: PlanContext,
  at: { readonly root: RootKind; readonly id: string; readonly field: string },
  value: unknown,
): Change {
  const written = owned(value)
  ensure(checkField(at.root, at.field, written))
  const key = at.root === 'list' ? at.field : fieldKey(at.id, at.field)
  return { type: 'put', root: at.root, key, value: register(context, written) }
}

export function putMember(
  context: PlanContext,
  at: { readonly kind: RecordKind; readonly id: string; readonly set: string; readonly member: string },
  isIn: boolean,
): Change {
  const value = isIn ? true : null
  ensure(checkMember(at.kind, at.set, at.member, value))
  return {
    type: 'put',
    root: at.kind,
    key: memberKey(at.id, at.set, at.member),
    value: register(context, value),
  }
}

export function putRecord(
  context: PlanContext,
  at: { readonly kind: RecordKind; readonly id: string },
  fields: Readonly<Record<string, unknown>>,
): Change {
  const record: Record<string, unknown> = { by: context.by, at: context.now }
  for (const [field, value] of Object.entries(fields)) {
    record[field] = owned(value)
  }
  ensure(checkRecord(at.kind, record))
  return { type: 'put', root: at.kind, key: at.id, value: record }
}

/** A copy: what the caller does to its object later must not reach the document behind the back of Yjs. */
function owned(value: unknown): unknown {
  if (typeof value === 'string') return toWellFormed(value)
  if (Array.isArray(value)) return value.map(owned)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, owned(part)]))
}

/** Throws what the schema found wrong. */
export function ensure(problem: string | null): void {
  if (problem !== null) throw new ModelError('invalid', problem)
}

export function needItem(list: ListReader, id: string): Item {
  return found(list.item(id), 'item', id)
}

export function found<T>(record: T | undefined, what: string, id: string): T {
  if (record === undefined)
    throw new ModelError('not-found', `There is no ${what} '${id.slice(0, 64)}' in this list.`)
  return record
}

/** The id for a new record: the given one if it may be one and is free, else a new one. */
export function freeId(
  list: ListReader,
  context: PlanContext,
  kind: RecordKind,
  given: string | undefined,
): string {
  const id = given ?? context.newId()
  if (!isRecordId(id)) throw new ModelError('invalid', 'An id must be 8 to 48 letters, digits, _ or -.')
  if (list.keysOf(kind, id).length > 0) throw new ModelError('invalid', `The id '${id}' is taken.`)
  return id
}

export function ensureRoom(list: ListReader, kind: RecordKind, added: number, limit: number): void {
  if (list.counts()[kind] + added <= limit) return
  throw new ModelError('limit', `A list has room for ${limit} ${kind}, including those in the trash.`)
}
