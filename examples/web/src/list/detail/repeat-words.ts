import { parseRecurrence, type Recurrence } from '@tandem/client-sdk/model'
import { dayWords, type Speech, weekdayNames } from './due-words.ts'

/** A rule for repeating as a sentence: "every 2 weeks on Mon and Thu". */
export function repeatWords(text: string, today: string, speech: Speech): string {
  const parsed = parseRecurrence(text)
  const words = speech.words.detail.repeatWords
  // Written by a later version: that it repeats is all we can say.
  if (!parsed.ok) return words.unknown
  const { rule } = parsed
  const base = withDays(rule, words.every(rule.frequency, rule.interval), speech)
  const counted = rule.isAfterCompletion ? words.after(base) : base
  if (rule.count !== null) return words.times(counted, rule.count)
  return rule.until === null ? counted : words.until(counted, dayWords(rule.until, today, speech))
}

function withDays(rule: Recurrence, base: string, { words, tag }: Speech): string {
  const say = words.detail.repeatWords
  const { weekdays, nthWeekdays, monthDays } = rule
  if (rule.interval === 1 && weekdays.join() === '0,1,2,3,4') return say.workdays
  const names = weekdayNames(tag, weekdays.length + nthWeekdays.length > 1 ? 'short' : 'long')
  const join = new Intl.ListFormat(tag, { type: 'conjunction' })
  if (weekdays.length > 0) {
    const days = join.format(weekdays.map((day) => names[day] ?? ''))
    return rule.interval === 1 ? say.everyDays(days) : say.onDays(base, days)
  }
  const [nth] = nthWeekdays
  if (nth !== undefined && nthWeekdays.length === 1)
    return say.onNth(base, nth.week, names[nth.weekday] ?? '')
  const [day] = monthDays
  if (day === -1 && monthDays.length === 1) return say.onLastDay(base)
  if (day !== undefined && day > 0 && monthDays.length === 1) return say.onDate(base, day)
  return nthWeekdays.length + monthDays.length > 0 ? say.unknown : base
}
