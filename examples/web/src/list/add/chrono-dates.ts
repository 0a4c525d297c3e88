import { casual as german } from 'chrono-node/de'
import { casual as english } from 'chrono-node/en'
import type { LanguageTag } from '../../words/languages.ts'
import { dayOf } from './parse-dates.ts'
import { type DateFinder, isWhole, TAKEN } from './parse-types.ts'

/** Weekdays, months by name, "in 3 days", "next week". Loaded when somebody is about to type: it brings some 25 kB. */
export function chronoDates(language: LanguageTag): DateFinder | null {
  const chrono = { en: english, de: german, ar: null }[language]
  if (chrono === null) return null
  return (text, now) =>
    chrono.parse(text, now, { forwardDate: true }).flatMap((result) => {
      const { start: said, text: words, index: start } = result
      const end = start + words.length
      // The library takes "So" out of "Soße" and the month out of "I may"; numbers alone are read elsewhere.
      const isDay = said.isCertain('day') || said.isCertain('weekday')
      if (!isDay || !isWhole(text, start, end) || isDoubtful(words, text, end)) return []
      const hour = said.get('hour') ?? 0
      const isEarly = language === 'en' && !said.isCertain('meridiem') && hour >= 1 && hour <= 6
      const moment = said.date()
      // "tomorrow at 5" is hardly five in the morning.
      if (isEarly) moment.setHours(hour + 12)
      const time = said.isCertain('hour') ? moment.toTimeString().slice(0, 5) : null
      return [{ start, end, date: dayOf(moment), time }]
    })
}

const NO_LETTERS = /^[^\p{L}]*$/u
/** The last two are found elsewhere, with more care: "Guten Morgen". */
const NOT_A_DAY = /^(?:now|jetzt|weekend|wochenende|heute|(?:über)?morgen)$/iu
/** "Trip of 3 days" is no date, "in 3 days" is one; "cable 10 m" is no cable in ten minutes. */
const DURATION =
  /^(?!in\s|next\s|this\s|end\s|näch|dies|komm|ende\s)(?:.*[\s\d])?(?:[smhdwy]|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?)$/iu
const SHORT_WEEKDAY = /^(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|mo|di|mi|do|fr|sa|so)$/iu
/** These are words of their own as well. */
const LOWER_WORD = /^(?:sun|sat|wed|mo|di|mi|do|so|sa|fr)$/u

function isDoubtful(words: string, text: string, end: number): boolean {
  if (NO_LETTERS.test(words) || NOT_A_DAY.test(words) || DURATION.test(words)) return true
  if (!SHORT_WEEKDAY.test(words)) return false
  const after = text.slice(end).replaceAll(TAKEN, '')
  const isAtEnd = /^[\s.,;!?]*$/u.test(after)
  // "Sun cream", "So viel": a short weekday counts at the end, or beside a time, which was taken before.
  const isBesideTaken = text.slice(end).trimStart().startsWith(TAKEN)
  return LOWER_WORD.test(words) || !(isAtEnd || isBesideTaken)
}
