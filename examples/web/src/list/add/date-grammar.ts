import type { LanguageTag } from '../../words/languages.ts'

/** What every language says of days and times without a library. Pieces of regular expressions without groups of their own. */
export interface DateGrammar {
  /** Days from today, the longest first: "day after tomorrow" before "tomorrow". */
  readonly days: readonly (readonly [string, number])[]
  /** Monday first; empty where a library knows them better. */
  readonly weekdays: readonly string[]
  /** Words in front that belong to the date and go with it: "by Friday". */
  readonly before: string
  /** Two groups: hour, minutes; a third one: before or after noon. */
  readonly times: readonly RegExp[]
  readonly noon: string
  /** Says, right behind a day, that a bare number is an hour; the hours up to it are then in the afternoon. */
  readonly hour: readonly [string, number]
}

const CLOCK = /(?<![\d:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/giu

export const DATE_GRAMMARS: Readonly<Record<LanguageTag, DateGrammar>> = {
  en: {
    days: [
      ['(?:the )?day after tomorrow', 2],
      ['tomorrow|tmrw?|tmw', 1],
      ['today|tonight', 0],
    ],
    weekdays: [],
    before: 'on|by|due|until|till|at|starting',
    times: [/(?<![\d:.,])(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?\s?([ap])\.?m\b\.?/giu, CLOCK],
    noon: 'noon',
    hour: ['at|@', 6],
  },
  de: {
    days: [
      ['übermorgen', 2],
      ['morgen', 1],
      ['heute', 0],
    ],
    weekdays: [],
    before: 'am|bis|zum|um|ab|an|fällig|spätestens',
    times: [/(?<![\d:.,])([01]?\d|2[0-3])(?:[:.]([0-5]\d))?\s?Uhr(?!\p{L})/giu, CLOCK],
    noon: 'mittags?',
    hour: ['um|ab|gegen', 0],
  },
  ar: {
    days: [
      ['بعد غد', 2],
      ['غدًا|غداً|غدا', 1],
      ['اليوم', 0],
    ],
    weekdays: [
      'الاثنين|الإثنين',
      'الثلاثاء',
      'الأربعاء|الاربعاء',
      'الخميس',
      'الجمعة',
      'السبت',
      'الأحد|الاحد',
    ],
    before: 'في|بحلول|حتى|يوم|الساعة|قبل',
    times: [/(?<![\d:.,])(1[0-2]|0?[1-9])(?::([0-5]\d))?\s?([صم])(?:باح[ًا]*|ساء[ً]?)?(?!\p{L})/gu, CLOCK],
    noon: 'الظهر|ظهرًا|ظهرا',
    hour: ['الساعة', 6],
  },
}
