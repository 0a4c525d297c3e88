import { addDays } from '@tandem/client-sdk/model'
import { DATE_GRAMMARS } from './date-grammar.ts'
import { type Claim, type FoundDate, isWhole, masked, type ParseContext, tokenKey } from './parse-types.ts'
import { findPlainDates } from './plain-dates.ts'

const ARABIC_DIGITS = /[٠-٩۰-۹]/gu

/** The day and the time of day that were said first; "fri" and "17:30" side by side are one. */
export function findDate(text: string, context: ParseContext): Claim[] {
  // One letter for one, so that places stay what they are.
  const digits = text.replace(ARABIC_DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
  const today = dayOf(context.now)
  const plain = findPlainDates(digits, today, context)
  const more = context.findDates?.(masked(digits, plain), context.now) ?? []
  const found = [...plain, ...more]
    .map((one) => withHourBehind(digits, withWordsBefore(digits, one, context), context))
    .filter(({ start, end, date, time }) => {
      if (date !== null && date < today && !/\d{4}/u.test(digits.slice(start, end))) return false
      const kind = date === null && time !== null ? 'time' : 'date'
      return !context.plain.has(tokenKey(kind, text.slice(start, end)))
    })
    .sort((a, b) => a.start - b.start)
  const day = found.find(({ date }) => date !== null)
  const time = day?.time == null ? found.find(({ date }) => date === null) : undefined
  if (day === undefined) return time?.time == null ? [] : [claim(time, { kind: 'time', time: time.time })]
  const { date } = day
  if (date === null) return []
  if (time?.time == null) return [claim(day, { kind: 'date', date, time: day.time })]
  const span = { start: Math.min(day.start, time.start), end: Math.max(day.end, time.end) }
  const between = text.slice(Math.min(day.end, time.end), Math.max(day.start, time.start))
  const joined = claim(span, { kind: 'date', date, time: time.time })
  const isOffTogether = context.plain.has(tokenKey('date', text.slice(span.start, span.end)))
  if (/^[\s,]*$/u.test(between) && !isOffTogether) return [joined]
  return [claim(day, { kind: 'date', date, time: null }), claim(time, { kind: 'time', time: time.time })]
}

/** The day a moment falls on here. */
export function dayOf(moment: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`
}

export function timeOf(moment: Date): string {
  return moment.toTimeString().slice(0, 5)
}

/** A time without a day: the next time it is that late. */
export function dayOfTime(time: string, now: Date): string {
  return time > timeOf(now) ? dayOf(now) : addDays(dayOf(now), 1)
}

function withWordsBefore(text: string, found: FoundDate, { language }: ParseContext): FoundDate {
  let { start } = found
  const before = new RegExp(`(?:${DATE_GRAMMARS[language].before})\\s+$`, 'iu')
  for (;;) {
    const match = before.exec(text.slice(0, start))
    if (match === null || !isWhole(text, match.index, match.index + match[0].trimEnd().length)) break
    // A title that begins with the word keeps it when nothing would be before it: "At 5pm" is still a time.
    start = match.index
  }
  return { ...found, start }
}

/** "tomorrow at 5", "morgen um 9". */
function withHourBehind(text: string, found: FoundDate, { language }: ParseContext): FoundDate {
  const [words, lastAfternoon] = DATE_GRAMMARS[language].hour
  if (found.date === null || found.time !== null) return found
  const pattern = new RegExp(
    `^\\s+(?:${words})\\s+(1?\\d|2[0-3])(?![\\d:%°]|[.,]\\d|\\s?(?:uhr|am|pm)\\b)`,
    'iu',
  )
  const match = pattern.exec(text.slice(found.end))
  if (match === null || !isWhole(text, found.end + 1, found.end + match[0].length)) return found
  const said = Number(match[1])
  const hour = said >= 1 && said <= lastAfternoon ? said + 12 : said
  return { ...found, end: found.end + match[0].length, time: `${String(hour).padStart(2, '0')}:00` }
}

function claim({ start, end }: { start: number; end: number }, token: Claim['token']): Claim {
  return { start, end, token }
}
