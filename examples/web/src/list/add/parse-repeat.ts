import { type Frequency, formatRecurrence, type Recurrence } from '@tandem/client-sdk/model'
import { type Claim, isWhole, type ParseContext, TAKEN } from './parse-types.ts'
import { REPEAT_GRAMMARS, type RepeatGrammar } from './repeat-grammar.ts'

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
const WORKDAYS = [0, 1, 2, 3, 4]

/** "every monday", "every 2 weeks", "jeden letzten Freitag im Monat"; the first of them. English is understood in every language. */
export function findRepeat(text: string, { language }: Pick<ParseContext, 'language'>): Claim[] {
  for (const tag of new Set([language, 'en'] as const)) {
    const found = findIn(text, REPEAT_GRAMMARS[tag])
    if (found !== null) return [found]
  }
  return []
}

function findIn(text: string, grammar: RepeatGrammar): Claim | null {
  for (const match of text.matchAll(pattern(`(?:${grammar.every})(${grammar.afterDone})?\\s+`, 'giu'))) {
    const from = match.index + match[0].length
    if (!isWhole(text, match.index, match.index + match[0].trimEnd().length)) continue
    const read = readRule(new Cursor(text, from), grammar, match[1] !== undefined)
    if (read !== null) return claim(match.index, read.end, read.rule)
  }
  for (const frequency of FREQUENCIES) {
    const adverb = grammar.adverbs[frequency]
    const match = adverb === undefined ? null : pattern(`(${adverb})[\\s${TAKEN}]*$`, 'iu').exec(text)
    const end = match === null ? 0 : match.index + (match[1] ?? '').length
    if (match !== null && isWhole(text, match.index, end)) return claim(match.index, end, rule({ frequency }))
  }
  return null
}

interface Read {
  readonly rule: Recurrence
  readonly end: number
}

/** What stands behind "every". Null: nothing that repeats, as in "every child". */
function readRule(at: Cursor, grammar: RepeatGrammar, isAfterCompletion: boolean): Read | null {
  const simple = (frequency: Frequency, interval: number): Read => {
    return { rule: rule({ frequency, interval, isAfterCompletion }), end: at.at }
  }
  const start = at.at
  const count = at.take('(\\d{1,3})\\s+') ?? at.take(`(?:${grammar.other})\\s+`)
  const interval = count === null ? 1 : Number(/^\d{1,3}(?=\s)/.exec(count)?.[0] ?? 2)
  const unit = interval === 0 ? null : takeUnit(at, grammar)
  if (unit === 'WEEKLY' && !isAfterCompletion) {
    const mark = at.at
    const weekdays = at.take('\\s+(?:on|am|jeweils|يوم)\\s+') === null ? [] : takeWeekdays(at, grammar)
    if (weekdays.length === 0) at.at = mark
    return { rule: rule({ frequency: 'WEEKLY', interval, weekdays }), end: at.at }
  }
  if (unit !== null) return simple(unit, interval)
  at.at = start
  for (const frequency of FREQUENCIES) {
    const pair = grammar.pairs[frequency]
    if (pair !== undefined && at.takeWhole(pair) !== null) return simple(frequency, 2)
  }
  // Days by name are the calendar's own; "so long after it was done" does not go with them.
  return isAfterCompletion ? null : readDays(at, grammar)
}

function readDays(at: Cursor, grammar: RepeatGrammar): Read | null {
  const start = at.at
  const nth = takeOrdinal(at, grammar)
  if (nth !== null && nth.weekday !== null) {
    const { week, weekday } = nth
    return { rule: rule({ frequency: 'MONTHLY', nthWeekdays: [{ week, weekday }] }), end: at.at }
  }
  if (nth !== null) return { rule: rule({ frequency: 'MONTHLY', monthDays: [-1] }), end: at.at }
  at.at = start
  const other = at.take(`(?:${grammar.other})\\s+`) === null ? 1 : 2
  const weekdays = takeWeekdays(at, grammar)
  if (weekdays.length > 0) {
    return { rule: rule({ frequency: 'WEEKLY', interval: other, weekdays }), end: at.at }
  }
  at.at = start
  if (at.takeWhole(grammar.workdays) !== null) {
    return { rule: rule({ frequency: 'WEEKLY', weekdays: WORKDAYS }), end: at.at }
  }
  const day = Number(/\d+/.exec(at.takeWhole(grammar.dayOfMonth) ?? '')?.[0] ?? 0)
  if (day < 1 || day > 31) return null
  at.takeWhole(`\\s+(?:${grammar.ofMonth})`)
  return { rule: rule({ frequency: 'MONTHLY', monthDays: [day] }), end: at.at }
}

/** "first monday", "last day": without "of the month", "second monday" is every other week. Weekday null: the last day. */
function takeOrdinal(at: Cursor, grammar: RepeatGrammar): { week: number; weekday: number | null } | null {
  const index = grammar.ordinals.findIndex((ordinal) => at.take(`(?:${ordinal})\\s+`) !== null)
  if (index === -1) return null
  const week = index === 4 ? -1 : index + 1
  const weekday = takeWeekday(at, grammar)
  if (weekday === null) {
    if (week !== -1 || at.takeWhole(grammar.units.DAILY) === null) return null
    at.takeWhole(`\\s+(?:${grammar.ofMonth})`)
    return { week, weekday }
  }
  const isOfMonth = at.takeWhole(`\\s+(?:${grammar.ofMonth})`) !== null
  return week === 2 && !isOfMonth ? null : { week, weekday }
}

function takeUnit(at: Cursor, grammar: RepeatGrammar): (typeof FREQUENCIES)[number] | null {
  const start = at.at
  // "كل يوم اثنين" begins like "كل يوم": a weekday is the longer reading.
  if (takeWeekday(at, grammar) !== null) {
    at.at = start
    return null
  }
  return FREQUENCIES.find((frequency) => at.takeWhole(grammar.units[frequency]) !== null) ?? null
}

function takeWeekdays(at: Cursor, grammar: RepeatGrammar): readonly number[] {
  const days = new Set<number>()
  for (let mark = at.at; ; mark = at.at) {
    if (days.size > 0) at.take(`\\s*(?:${grammar.and})\\s*(?:(?:${grammar.and})\\s*)?`)
    const day = takeWeekday(at, grammar)
    if (day === null) {
      at.at = mark
      return [...days].sort((a, b) => a - b)
    }
    days.add(day)
  }
}

function takeWeekday(at: Cursor, grammar: RepeatGrammar): number | null {
  const found = grammar.weekdays.findIndex((name) => at.takeWhole(name) !== null)
  return found === -1 ? null : found
}

class Cursor {
  readonly #text: string
  at: number

  constructor(text: string, at: number) {
    this.#text = text
    this.at = at
  }

  take(source: string): string | null {
    const found = pattern(source, 'iuy')
    found.lastIndex = this.at
    const match = found.exec(this.#text)
    if (match === null) return null
    this.at += match[0].length
    return match[0]
  }

  /** The same, when no letter follows. */
  takeWhole(source: string): string | null {
    return this.take(`(?:${source})(?![\\p{L}\\p{N}\\p{M}])`)
  }
}

const patterns = new Map<string, RegExp>()

/** Made once: this runs at every key. */
function pattern(source: string, flags: string): RegExp {
  const key = `${flags} ${source}`
  const known = patterns.get(key) ?? new RegExp(source, flags)
  patterns.set(key, known)
  return known
}

function rule(given: Partial<Recurrence> & Pick<Recurrence, 'frequency'>): Recurrence {
  const nothing = { interval: 1, weekdays: [], monthDays: [], nthWeekdays: [] }
  return { ...nothing, count: null, until: null, isAfterCompletion: false, ...given }
}

function claim(start: number, end: number, of: Recurrence): Claim {
  return { start, end, token: { kind: 'repeat', rule: formatRecurrence(of) } }
}
