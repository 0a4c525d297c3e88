import type { LanguageTag } from '../../words/languages.ts'

/** How a language says that something comes back. Pieces of regular expressions, without their own groups. */
export interface RepeatGrammar {
  readonly every: string
  /** Said directly behind `every`: counts from the day it was done. */
  readonly afterDone: string
  readonly other: string
  readonly units: Readonly<Record<'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY', string>>
  /** Both units at once: "two weeks" in one word. */
  readonly pairs: Readonly<Partial<Record<'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY', string>>>
  readonly workdays: string
  /** Monday first. */
  readonly weekdays: readonly string[]
  readonly and: string
  /** First to fourth, then last. */
  readonly ordinals: readonly [string, string, string, string, string]
  readonly dayOfMonth: string
  /** May follow a day or weekday of the month. */
  readonly ofMonth: string
  /** One word for the whole, taken only at the end of what was typed: "Daily standup" is a name. */
  readonly adverbs: Readonly<Partial<Record<'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY', string>>>
}

export const REPEAT_GRAMMARS: Readonly<Record<LanguageTag, RepeatGrammar>> = {
  en: {
    every: 'every|each',
    afterDone: '!',
    other: 'other|second|2nd',
    units: { DAILY: 'days?', WEEKLY: 'weeks?', MONTHLY: 'months?', YEARLY: 'years?' },
    pairs: {},
    workdays: 'weekdays?|workdays?|working days?',
    weekdays: [
      'mon(?:days?)?',
      'tue(?:s|sdays?)?',
      'wed(?:nesdays?)?',
      'thu(?:rs?|rsdays?)?',
      'fri(?:days?)?',
      'sat(?:urdays?)?',
      'sun(?:days?)?',
    ],
    and: ',|and|&|/',
    ordinals: ['first|1st', 'second|2nd', 'third|3rd', 'fourth|4th', 'last'],
    dayOfMonth: '(?:the )?(\\d{1,2})(?:st|nd|rd|th)',
    ofMonth: 'of (?:the|each|every) month',
    adverbs: { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly|annually' },
  },
  de: {
    every: 'jeden|jede|jedes|alle',
    afterDone: '!',
    other: 'zweiten|zweite|zweites|2\\.',
    units: { DAILY: 'tage?', WEEKLY: 'wochen?', MONTHLY: 'monate?', YEARLY: 'jahre?' },
    pairs: {},
    workdays: 'werktage?|arbeitstage?|wochentage?',
    weekdays: [
      'mo(?:ntage?)?',
      'di(?:enstage?)?',
      'mi(?:ttwoche?)?',
      'do(?:nnerstage?)?',
      'fr(?:eitage?)?',
      'sa(?:mstage?)?|sonnabende?',
      'so(?:nntage?)?',
    ],
    and: ',|und|&|/',
    ordinals: ['ersten|1\\.', 'zweiten|2\\.', 'dritten|3\\.', 'vierten|4\\.', 'letzten'],
    dayOfMonth: '(\\d{1,2})\\.',
    ofMonth: 'im monat|des monats|jeden monats',
    adverbs: { DAILY: 'täglich', WEEKLY: 'wöchentlich', MONTHLY: 'monatlich', YEARLY: 'jährlich' },
  },
  ar: {
    every: 'كل',
    afterDone: '!',
    other: 'ثاني',
    units: {
      DAILY: 'يوم|أيام|يومًا|يوما',
      WEEKLY: 'أسبوع|أسابيع|اسبوع|اسابيع',
      MONTHLY: 'شهر|أشهر|شهور',
      YEARLY: 'سنة|سنوات|عام|أعوام',
    },
    pairs: { DAILY: 'يومين', WEEKLY: 'أسبوعين|اسبوعين', MONTHLY: 'شهرين', YEARLY: 'سنتين|عامين' },
    workdays: 'يوم عمل|أيام العمل',
    weekdays: [
      '(?:يوم )?(?:ال)?[إا]ثنين',
      '(?:يوم )?(?:ال)?ثلاثاء',
      '(?:يوم )?(?:ال)?[أا]ربعاء',
      '(?:يوم )?(?:ال)?خميس',
      '(?:يوم )?(?:ال)?جمعة',
      '(?:يوم )?(?:ال)?سبت',
      '(?:يوم )?(?:ال)?[أا]حد',
    ],
    and: ',|،|و',
    ordinals: ['أول', 'ثاني', 'ثالث', 'رابع', 'آخر'],
    dayOfMonth: '(?:يوم )(\\d{1,2})',
    ofMonth: 'من (?:كل )?(?:ال)?شهر',
    adverbs: {
      DAILY: 'يوميًا|يوميا',
      WEEKLY: 'أسبوعيًا|أسبوعيا',
      MONTHLY: 'شهريًا|شهريا',
      YEARLY: 'سنويًا|سنويا',
    },
  },
}
