import {
  checkExtension,
  checkText,
  due,
  type FieldRule,
  flag,
  formatNumber,
  isExtensionName,
  isPlainObject,
  link,
  optionalText,
  order,
  priority,
  reference,
  reminders,
  repeat,
  text,
} from './field-rules.ts'
import { isRecordId, type Place, type RecordKind, type RootKind } from './keys.ts'
import { LIMITS } from './limits.ts'
import { isRegister } from './register.ts'

/**
 * The schema of a list: which fields exist, what each may hold, and what a record needs to be born with.
 *
 * One table for both ends. The gate holds writers to it (`checkEntry`), plans check what people typed (`checkField`),
 * readers use `read` and `initial` of the same rules. To add a field, add its line here: an older reader ignores it and keeps it.
 */
export const ITEM_FIELDS = {
  title: text(1, LIMITS.itemTitleChars),
  done: flag,
  order,
  section: reference,
  parent: reference,
  due,
  repeat,
  remindAt: reminders,
  priority,
  quantity: optionalText(LIMITS.quantityChars),
  link,
  deleted: flag,
} satisfies FieldTable

export const SECTION_FIELDS = {
  title: text(1, LIMITS.sectionTitleChars),
  order,
  deleted: flag,
} satisfies FieldTable

export const LABEL_FIELDS = {
  title: text(1, LIMITS.labelTitleChars),
  color: optionalText(LIMITS.colorChars),
  deleted: flag,
} satisfies FieldTable

export const COMMENT_FIELDS = {
  body: text(1, LIMITS.commentChars),
  resolved: flag,
  deleted: flag,
} satisfies FieldTable

export const LIST_FIELDS = {
  title: text(1, LIMITS.listTitleChars),
  icon: optionalText(LIMITS.iconChars),
  format: formatNumber,
} satisfies FieldTable

export type FieldTable = Readonly<Record<string, FieldRule>>
export type ValueOf<R> = R extends FieldRule<infer T> ? T : never
export type ItemField = keyof typeof ITEM_FIELDS
export type ItemFieldValue<F extends ItemField> = ValueOf<(typeof ITEM_FIELDS)[F]>

const FIELDS: Readonly<Record<RootKind, FieldTable>> = {
  items: ITEM_FIELDS,
  sections: SECTION_FIELDS,
  labels: LABEL_FIELDS,
  comments: COMMENT_FIELDS,
  list: LIST_FIELDS,
}

/** What a creation record must hold beside `by` and `at`; every other field of its kind, except `deleted`, may be there too. */
export const REQUIRED_AT_BIRTH: Readonly<Record<RecordKind, readonly string[]>> = {
  items: ['title', 'order'],
  sections: ['title', 'order'],
  labels: ['title'],
  comments: ['item', 'body'],
}

/** The sets a record has; a set's members are keys of their own, so that two people adding one each both succeed. */
export const SETS: Readonly<Record<RecordKind, readonly string[]>> = {
  items: ['label', 'assignee'],
  sections: [],
  labels: [],
  comments: [],
}

/** The rule of a field, or null when this version does not know the field (`x-…` fields have no rule: `isExtensionName`). */
export function fieldRule(root: RootKind, field: string): FieldRule | null {
  const table = FIELDS[root]
  // hasOwn: a field named `constructor` must not find one.
  return Object.hasOwn(table, field) ? (table[field] ?? null) : null
}

/** Null when `value` may be written to the field, else a sentence that says what is wrong. */
export function checkField(root: RootKind, field: string, value: unknown): string | null {
  if (isExtensionName(field)) return sentence(field, checkExtension(value))
  const rule = fieldRule(root, field)
  if (rule === null) return `'${field.slice(0, 64)}' is not a field of ${root}.`
  return sentence(field, rule.check(value))
}

/** Null when `member` may be in the set, else what is wrong. `value` is true (in) or null (out). */
export function checkMember(kind: RecordKind, set: string, member: string, value: unknown): string | null {
  if (!SETS[kind].includes(set)) return `'${set.slice(0, 64)}' is not a set of ${kind}.`
  if (value !== true && value !== null) return `${set} must be true (in the set) or null (out of it).`
  if (set === 'label' && !isRecordId(member)) return 'label must be the id of a label.'
  return sentence(set, checkText(member, 1, LIMITS.memberChars))
}

/** Null when `record` may stand as a creation record of its kind, else what is wrong. */
export function checkRecord(kind: RecordKind, record: unknown): string | null {
  if (!isPlainObject(record)) return 'A creation record must be a plain object.'
  if (typeof record['by'] !== 'string' || !Number.isSafeInteger(record['at'])) {
    return 'A creation record must say by whom and when (by, at).'
  }
  for (const field of REQUIRED_AT_BIRTH[kind]) {
    if (!Object.hasOwn(record, field)) return `A new record of ${kind} must have '${field}'.`
  }
  for (const [field, value] of Object.entries(record)) {
    if (field === 'by' || field === 'at') continue
    const problem = checkBirthField(kind, field, value)
    if (problem !== null) return problem
  }
  return null
}

/**
 * Null when `raw` may be written at `place`: the whole schema in one call, for the gate.
 * Notes have no value of their own; see `checkNotesLength`. Who wrote it is judged separately (`authorOf`).
 */
export function checkEntry(place: Place, raw: unknown): string | null {
  if (place.at === 'note') return 'Notes are text, not a value.'
  if (place.at === 'record') return checkRecord(place.kind, raw)
  // Exactly three: what readers would ignore, nobody may store.
  if (!isRegister(raw) || raw.length !== 3) return 'A field must be written as [value, by, at].'
  if (place.at === 'list') return checkField('list', place.field, raw[0])
  if (place.at === 'field') return checkField(place.kind, place.field, raw[0])
  return checkMember(place.kind, place.set, place.member, raw[0])
}

export function checkNotesLength(chars: number): string | null {
  return chars <= LIMITS.notesChars ? null : `notes must not be longer than ${LIMITS.notesChars} characters.`
}

/** The `by` that an entry claims, or null when it has none (it is then no valid entry either). */
export function authorOf(place: Place, raw: unknown): string | null {
  if (place.at === 'record') return isPlainObject(raw) && typeof raw['by'] === 'string' ? raw['by'] : null
  return isRegister(raw) ? raw[1] : null
}

function checkBirthField(kind: RecordKind, field: string, value: unknown): string | null {
  if (field === 'deleted') return 'A new record must not be born deleted.'
  if (kind === 'comments' && field === 'item')
    return isRecordId(value) ? null : 'item must be the id of an item.'
  return checkField(kind, field, value)
}

function sentence(subject: string, problem: string | null): string | null {
  return problem === null ? null : `${subject} ${problem}.`
}
