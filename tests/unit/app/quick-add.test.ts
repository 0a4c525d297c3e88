import { describe, expect, it } from 'vitest'
import { chronoDates } from '../../../examples/web/src/list/add/chrono-dates.ts'
import { parse } from '../../../examples/web/src/list/add/parse.ts'
import { type ParseContext, tokenKey } from '../../../examples/web/src/list/add/parse-types.ts'
import type { LanguageTag } from '../../../examples/web/src/words/languages.ts'

/** A Wednesday. */
const NOW = new Date(2026, 10, 18, 10, 0)

function contextFor(language: LanguageTag, given: Partial<ParseContext> = {}): ParseContext {
  return {
    people: [
      { id: 'u1', name: 'Ann Smith' },
      { id: 'u2', name: 'Bob' },
      { id: 'u3', name: 'Ann Lee' },
    ],
    labels: [
      { id: 'l1', title: 'errands' },
      { id: 'l2', title: 'at home' },
    ],
    sections: [{ id: 's1', title: 'Fruit & Veg' }],
    language,
    isDayFirst: true,
    now: NOW,
    findDates: chronoDates(language),
    plain: new Set(),
    ...given,
  }
}

/** The title, and each token as `text=values`. */
function read(text: string, language: LanguageTag = 'en', given: Partial<ParseContext> = {}): string[] {
  const { title, parts } = parse(text, contextFor(language, given))
  const tokens = parts.flatMap(({ text: typed, token }) =>
    token === null ? [] : [`${typed}=${Object.values(token).slice(1).join(' ').trim()}`],
  )
  return [title, ...tokens]
}

describe('what is typed into the add field', () => {
  it('[APP-30] takes tokens of every kind wherever they stand, and the rest is the title', () => {
    expect(read('2x Milk tomorrow 5pm @bob #errands /Fruit & Veg !2')).toEqual([
      'Milk',
      '2x=2 ×',
      'tomorrow 5pm=2026-11-19 17:00',
      '@bob=u2 Bob',
      '#errands=l1 errands',
      '/Fruit & Veg=s1 Fruit & Veg',
      '!2=2',
    ])
    expect(read('#new call @Ann Smith, today /later')).toEqual([
      'call',
      '#new=new',
      '@Ann Smith=u1 Ann Smith',
      'today=2026-11-18',
      '/later=later',
    ])
    expect(read('500 g flour')).toEqual(['flour', '500 g=500 g'])
  })

  it('[APP-30] takes the longest name that fits, every label, and the first section and priority', () => {
    const people = [
      { id: 'u1', name: 'Ann' },
      { id: 'u2', name: 'Ann Smith' },
    ]
    expect(read('call @Ann Smith', 'en', { people })).toEqual(['call', '@Ann Smith=u2 Ann Smith'])
    expect(read('call @ann about Smith', 'en', { people })).toEqual(['call about Smith', '@ann=u1 Ann'])
    expect(read('call #at home #errands /later /never !1 !2')).toEqual([
      'call /never !2',
      '#at home=l2 at home',
      '#errands=l1 errands',
      '/later=later',
      '!1=1',
    ])
  })

  it.each([
    ['Dinner fri 17:30', 'fri 17:30=2026-11-20 17:30'],
    ['Pay rent by Friday', 'by Friday=2026-11-20'],
    ['Meet day after tomorrow at noon', 'day after tomorrow at noon=2026-11-20 12:00'],
    ['Ask tomorrow at 5', 'tomorrow at 5=2026-11-19 17:00'],
    ['Party in 3 days', 'in 3 days=2026-11-21'],
    ['Call in 2h', 'in 2h=2026-11-18 12:00'],
    ['Party 24/12', '24/12=2026-12-24'],
    ['Party 2027-01-02', '2027-01-02=2027-01-02'],
    ['Walk 1 march', '1 march=2027-03-01'],
    ['Call 12:30', '12:30=12:30'],
  ])('[APP-30] finds the date in %j', (text, token) => {
    expect(read(text)[1]).toBe(token)
  })

  it.each([
    ['Bins every monday and thursday', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    ['Yoga every second tuesday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
    ['Team every last friday of the month', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['Rent every 1st', 'FREQ=MONTHLY;BYMONTHDAY=1'],
    ['Water plants every! 3 days', 'FREQ=DAILY;INTERVAL=3;X-AFTER=1'],
    ['Stand-up every weekday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['Report every 2 weeks', 'FREQ=WEEKLY;INTERVAL=2'],
  ])('[APP-30] finds the repetition in %j', (text, rule) => {
    expect(read(text)[1]?.split('=').slice(1).join('=')).toBe(rule)
  })

  it.each<[LanguageTag, string, string, string]>([
    ['de', 'Müll jeden Montag', 'Müll', 'FREQ=WEEKLY;BYDAY=MO'],
    ['de', 'Bad putzen alle 2 Wochen', 'Bad putzen', 'FREQ=WEEKLY;INTERVAL=2'],
    ['de', 'Miete morgen um 9', 'Miete', '2026-11-19 09:00'],
    ['de', 'Termin am 24. Dezember', 'Termin', '2026-12-24'],
    ['de', 'Termin 24.12. 17 Uhr', 'Termin', '2026-12-24 17:00'],
    ['ar', 'حليب غدا', 'حليب', '2026-11-19'],
    ['ar', 'موعد ٢٤/١٢/٢٠٢٦ ١٧:٣٠', 'موعد', '2026-12-24 17:30'],
    ['ar', 'اجتماع كل يوم اثنين', 'اجتماع', 'FREQ=WEEKLY;BYDAY=MO'],
  ])('[APP-30] reads %s: %s', (language, text, title, value) => {
    const [found, token] = read(text, language)
    expect([found, token?.slice(token.indexOf('=') + 1)]).toEqual([title, value])
  })

  it.each<[string, LanguageTag]>([
    ['Satsumas', 'en'],
    ["Today's news", 'en'],
    ['Tabletten morgens', 'de'],
    ['Sun cream', 'en'],
    ['Sit in the sun', 'en'],
    ['I may go', 'en'],
    ['May', 'en'],
    ['Daily standup', 'en'],
    ['Trip of 3 days', 'en'],
    ['Cable 10 m', 'en'],
    ['Rope 5m long', 'en'],
    ['Ham 3 d old', 'en'],
    ['every child needs love', 'en'],
    ['1/2 onion', 'en'],
    ['5/6 puzzle', 'en'],
    ['7 Up', 'en'],
    ['C# and/or /usr/bin #1', 'en'],
    ['https://example.org/2026-12-24/#today', 'en'],
    ['Mail bob@example.org', 'en'],
    ['Mail today@example.org', 'en'],
    ['Mail ann@2026-12-24.example.org', 'en'],
    ['Rock !2x', 'en'],
    ['Paint !10 m', 'en'],
    ['call @ann', 'en'],
    ['Soße', 'de'],
    ['So viel Arbeit', 'de'],
    ['Guten Morgen Müsli', 'de'],
  ])('[APP-31] leaves %j a title', (text, language) => {
    expect(read(text, language)).toEqual([text])
  })

  it('[APP-31] leaves everything as it is where nothing else would be the title', () => {
    expect(read('tomorrow')).toEqual(['tomorrow'])
    expect(read('every monday')).toEqual(['every monday'])
    expect(read('#errands @bob')).toEqual(['#errands @bob'])
  })

  it('[APP-31] takes what was taken off, or stands behind a backslash, as plain text', () => {
    const plain = new Set([tokenKey('date', '1 march')])
    expect(read('Book 1 march', 'en', { plain })).toEqual(['Book 1 march'])
    expect(read('Book 1 march 2028', 'en', { plain })).toEqual(['Book', '1 march 2028=2028-03-01'])
    expect(read('Buy \\@bob mat \\#errands')).toEqual(['Buy @bob mat #errands'])
  })

  it('[APP-30] knows today, tomorrow and numbers before more has been loaded', () => {
    expect(read('Milk tomorrow', 'en', { findDates: null })[1]).toBe('tomorrow=2026-11-19')
  })
})
