import { isCalendarDate } from './calendar-date.ts'
import { isRecordId } from './keys.ts'
import { LIMITS } from './limits.ts'
import { parseRecurrence } from './recurrence-rule.ts'
import { isWellFormed } from './wellformed.ts'

/**
 * What one field may hold. `check` is what writers are held to: null, or a sentence about the value that completes
 * "title …". `read` is what readers do with any value at all: the value, or undefined when it cannot be understood;
 * it is laxer than `check`, because a later version may write what this one does not allow.
 */
export interface FieldRule<T = unknown> {
  check(value: unknown): string | null
  read(value: unknown): T | undefined
  /** What the field is when nobody has written it. */
  readonly initial: T
}

export interface Due {
  readonly date: string
  readonly time?: string
  readonly tz?: string
}

export type Priority = 0 | 1 | 2 | 3

const ORDER_KEY = /^[0-9A-Za-z]+$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/
const TIME_ZONE = /^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+){0,2}$/
const MOMENT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/

export function text(minChars: number, maxChars: number): FieldRule<string> {
  return {
    check: (value) => checkText(value, minChars, maxChars),
    read: (value) => (typeof value === 'string' && value.length >= minChars ? value : undefined),
    initial: '',
  }
}

export function optionalText(maxChars: number): FieldRule<string | null> {
  return {
    check: (value) => (value === null ? null : checkText(value, 1, maxChars)),
    read: (value) => (value === null || typeof value === 'string' ? value : undefined),
    initial: null,
  }
}

export const flag: FieldRule<boolean> = {
  check: (value) => (typeof value === 'boolean' ? null : 'must be true or false'),
  read: (value) => (typeof value === 'boolean' ? value : undefined),
  initial: false,
}

export const repeat: FieldRule<string | null> = {
  check(value) {
    if (value === null) return null
    const problem = checkText(value, 1, LIMITS.repeatChars)
    if (problem !== null || typeof value !== 'string') return problem
    const parsed = parseRecurrence(value)
    return parsed.ok ? null : `must be a rule for repeating: ${parsed.problem}`
  },
  read: (value) => (value === null || typeof value === 'string' ? value : undefined),
  initial: null,
}

export const reference: FieldRule<string | null> = {
  check: (value) => (value === null || isRecordId(value) ? null : 'must be an id or null'),
  read: (value) => (value === null || isRecordId(value) ? value : undefined),
  initial: null,
}

export const order: FieldRule<string> = {
  check(value) {
    if (typeof value !== 'string') return 'must be an order key'
    if (value.length > LIMITS.orderChars) return `must not be longer than ${LIMITS.orderChars} characters`
    return isOrderKey(value) ? null : 'must be a base-62 fractional order key'
  },
  read: (value) => (isOrderKey(value) ? value : undefined),
  initial: 'a0',
}

export const due: FieldRule<Due | null> = {
  check(value) {
    if (value === null) return null
    if (!isPlainObject(value)) return 'must be {date, time?, tz?} or null'
    const { date, time, tz, ...rest } = value
    if (!isCalendarDate(date)) return 'must have a date of the form YYYY-MM-DD'
    if ('time' in value && !isTime(time)) return 'must have a time of the form HH:MM'
    if ('tz' in value && !isTimeZone(tz)) return 'must have a time zone name such as Europe/Berlin'
    const unknown = Object.keys(rest)[0]
    return unknown === undefined ? null : `must not have '${unknown.slice(0, 40)}'`
  },
  read(value) {
    if (value === null) return null
    if (!isPlainObject(value) || !isCalendarDate(value['date'])) return undefined
    const { date, time, tz } = value
    return Object.freeze({
      date,
      ...(isTime(time) ? { time } : {}),
      ...(isTimeZone(tz) ? { tz } : {}),
    })
  },
  initial: null,
}

export const reminders: FieldRule<readonly string[]> = {
  check(value) {
    if (!Array.isArray(value)) return 'must be a list of moments'
    if (value.length > LIMITS.reminders) return `must not have more than ${LIMITS.reminders} moments`
    return value.every(isMoment)
      ? null
      : 'must hold moments of the form YYYY-MM-DDTHH:MM, with or without zone'
  },
  read: (value) => (Array.isArray(value) ? Object.freeze(value.filter(isMoment)) : undefined),
  initial: Object.freeze([]),
}

export const priority: FieldRule<Priority> = {
  check: (value) => (isPriority(value) ? null : 'must be 0, 1, 2 or 3'),
  read: (value) => (isPriority(value) ? value : undefined),
  initial: 0,
}

export const formatNumber: FieldRule<number> = {
  check: (value) => (isFormatNumber(value) ? null : 'must be a whole number from 1'),
  read: (value) => (isFormatNumber(value) ? value : undefined),
  initial: 1,
}

export const link: FieldRule<string | null> = {
  check(value) {
    if (value === null) return null
    const problem = checkText(value, 1, LIMITS.linkChars)
    if (problem !== null) return problem
    return isHttpsUrl(value) ? null : 'must be an https address'
  },
  // Never lax about the scheme: an app puts this into an href, where `javascript:` would run.
  read: (value) => (value === null || isHttpsUrl(value) ? value : undefined),
  initial: null,
}

/** Fields named `x-…`: any JSON, for the embedding app. */
export function checkExtension(value: unknown): string | null {
  if (!isJson(value, 0)) return 'must be plain JSON'
  // Yjs asks a value for its constructor to find out what it is.
  if (isPlainObject(value) && Object.hasOwn(value, 'constructor'))
    return "must not have a property 'constructor'"
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length
  return bytes <= LIMITS.extensionBytes
    ? null
    : `must not be larger than ${LIMITS.extensionBytes} bytes as JSON`
}

export function isExtensionName(field: string): boolean {
  return field.length <= LIMITS.extensionNameChars && /^x-[A-Za-z0-9_.-]+$/.test(field)
}

/** True for the keys that `fractional-indexing` makes: a head that says how long the integer part is, no trailing zero. */
export function isOrderKey(value: unknown): value is string {
  if (typeof value !== 'string' || !ORDER_KEY.test(value)) return false
  const head = value.charCodeAt(0)
  const integerChars = head >= 97 ? head - 97 + 2 : 90 - head + 2
  if (head < 65 || value.length < integerChars) return false
  if (value === SMALLEST_ORDER_KEY) return false
  return value.length === integerChars || !value.endsWith('0')
}

const SMALLEST_ORDER_KEY = `A${'0'.repeat(26)}`

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

export function checkText(value: unknown, minChars: number, maxChars: number): string | null {
  if (typeof value !== 'string') return 'must be text'
  if (value.length < minChars) return 'must not be empty'
  if (value.length > maxChars) return `must not be longer than ${maxChars} characters`
  return isWellFormed(value) ? null : 'must be well-formed Unicode'
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && TIME.test(value)
}

function isTimeZone(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 64 && TIME_ZONE.test(value)
}

function isMoment(value: unknown): value is string {
  return typeof value === 'string' && MOMENT.test(value) && isCalendarDate(value.slice(0, 10))
}

function isPriority(value: unknown): value is Priority {
  return value === 0 || value === 1 || value === 2 || value === 3
}

function isFormatNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1
}

function isHttpsUrl(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('https://') && URL.canParse(value)
}

/** True for what survives JSON unchanged and is not nested deeper than 16. */
function isJson(value: unknown, depth: number): boolean {
  if (depth > 16) return false
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'string') return isWellFormed(value)
  if (Array.isArray(value)) return value.every((part) => isJson(part, depth + 1))
  if (!isPlainObject(value)) return false
  // Decoding takes a property `__proto__` for the prototype: it would be there on this device and on no other.
  return Object.entries(value).every(
    ([name, part]) => name !== '__proto__' && isWellFormed(name) && isJson(part, depth + 1),
  )
}
