import type { AcrossRow, Item } from '@tandem/client-sdk'
import { describe, expect, it } from 'vitest'
import { agendaOf } from '../../../examples/web/src/list/detail/due-reminders.ts'
import { dueWords, isOverdue, onDayWords } from '../../../examples/web/src/list/detail/due-words.ts'
import { linkFrom, safeHref } from '../../../examples/web/src/list/detail/link.ts'
import { momentOf, shiftClock } from '../../../examples/web/src/list/detail/moments.ts'
import { reminderBefore, shiftReminders } from '../../../examples/web/src/list/detail/reminder-times.ts'
import { repeatWords } from '../../../examples/web/src/list/detail/repeat-words.ts'
import { words as arabic } from '../../../examples/web/src/words/ar/index.ts'
import { words as german } from '../../../examples/web/src/words/de/index.ts'
import { words as english } from '../../../examples/web/src/words/en/index.ts'

const EN = { words: english, tag: 'en' } as const
const DE = { words: german, tag: 'de' } as const
const AR = { words: arabic, tag: 'ar' } as const
/** A Wednesday. */
const NOW = '2026-11-18T10:00'

describe('when something is due', () => {
  it.each([
    ['2026-11-18', 'Today', 'Heute'],
    ['2026-11-19', 'Tomorrow', 'Morgen'],
    ['2026-11-17', 'Yesterday', 'Gestern'],
    ['2026-11-22', 'Sunday', 'Sonntag'],
    ['2026-11-25', 'Nov 25', '25. Nov.'],
    ['2027-03-01', 'Mar 1, 2027', '1. März 2027'],
  ])('[APP-35] says %s as people do', (date, said, gesagt) => {
    expect(dueWords({ date }, NOW, EN)).toBe(said)
    expect(dueWords({ date }, NOW, DE)).toBe(gesagt)
  })

  it('[APP-35] is overdue by the minute with a time of day, and by the day without', () => {
    expect(isOverdue({ date: '2026-11-18' }, NOW)).toBe(false)
    expect(isOverdue({ date: '2026-11-17' }, NOW)).toBe(true)
    expect(isOverdue({ date: '2026-11-18', time: '09:59' }, NOW)).toBe(true)
    expect(isOverdue({ date: '2026-11-18', time: '10:00' }, NOW)).toBe(false)
  })

  it('[APP-35] says when something was', () => {
    const at = (clock: string): number => Date.parse(clock)
    expect(onDayWords(at('2026-11-18T08:00'), NOW, EN)).toBe('today')
    expect(onDayWords(at('2026-11-17T08:00'), NOW, DE)).toBe('gestern')
    expect(onDayWords(at('2026-11-15T08:00'), NOW, EN)).toBe('on Sunday')
    expect(onDayWords(at('2026-11-01T08:00'), NOW, DE)).toBe('am 1. November')
  })

  it('[APP-35] reads a clock of another zone, also on the days when clocks change', () => {
    expect(momentOf('2026-07-01T12:00', 'Europe/Berlin')).toBe(Date.parse('2026-07-01T10:00Z'))
    expect(momentOf('2026-12-01T12:00', 'America/New_York')).toBe(Date.parse('2026-12-01T17:00Z'))
    expect(momentOf('2026-10-25T03:30', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T02:30Z'))
    expect(momentOf('2026-12-24T17:30+02:00')).toBe(Date.parse('2026-12-24T15:30Z'))
    expect(momentOf('nonsense')).toBeNull()
    expect(momentOf('2026-07-01T12:00', 'No/Where')).toBe(Date.parse('2026-07-01T12:00'))
  })
})

describe('how often something comes back', () => {
  it.each([
    ['FREQ=DAILY', 'every day', 'jeden Tag', 'كل يوم'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday', 'jeden Werktag', 'كل يوم عمل'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
      'every 2 weeks on Monday',
      'alle 2 Wochen am Montag',
      'كل أسبوعين في الاثنين',
    ],
    ['FREQ=WEEKLY;BYDAY=MO,TH', 'every Mon and Thu', 'jeden Mo und Do', 'كل الاثنين والخميس'],
    [
      'FREQ=MONTHLY;BYDAY=-1FR',
      'every month on the last Friday',
      'jeden Monat am letzten Freitag',
      'كل شهر في آخر جمعة',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'every month on day 15', 'jeden Monat am 15.', 'كل شهر في اليوم 15'],
    [
      'FREQ=DAILY;INTERVAL=3;X-AFTER=1',
      'every 3 days after it is done',
      'alle 3 Tage nach dem Erledigen',
      'كل 3 أيام بعد الإنجاز',
    ],
    ['FREQ=HOURLY', 'repeats', 'wiederholt sich', 'يتكرر'],
  ])('[APP-35] says %s', (rule, en, de, ar) => {
    const today = NOW.slice(0, 10)
    expect([EN, DE, AR].map((speech) => repeatWords(rule, today, speech))).toEqual([en, de, ar])
  })
})

describe('reminders', () => {
  it('[APP-37] are before the due time by the calendar, and go along when it moves', () => {
    const due = { date: '2026-11-18', time: '17:30' }
    expect([0, 10, 60, 1440].map((minutes) => reminderBefore(due, minutes))).toEqual([
      '2026-11-18T17:30',
      '2026-11-18T17:20',
      '2026-11-18T16:30',
      '2026-11-17T17:30',
    ])
    expect(reminderBefore({ date: '2027-01-01' }, 1440)).toBe('2026-12-31T09:00')
    expect(shiftClock('2026-12-31T23:50', 20)).toBe('2027-01-01T00:10')
    const item = { due, remindAt: ['2026-11-17T17:30', '2026-11-20T08:00Z'] }
    expect(shiftReminders(item, { date: '2026-11-19', time: '18:00' })).toEqual([
      '2026-11-18T18:00',
      // A moment of the world, and not so long before.
      '2026-11-20T08:00Z',
    ])
    expect(shiftReminders(item, null)).toBe(item.remindAt)
  })

  it('[APP-37] are said once, late for some hours and no longer, and not for what is done or muted', () => {
    const now = Date.parse('2026-11-18T10:00Z')
    const row = (listId: string, given: Partial<Item>): AcrossRow => {
      const item = {
        id: 'i',
        title: 'Milk',
        done: false,
        due: null,
        remindAt: [],
        ...given,
      } as unknown as Item
      return { listId, listTitle: 'List', me: null, item }
    }
    const rows = [
      row('a', {
        remindAt: ['2026-11-18T09:00Z', '2026-11-17T09:00Z', '2026-11-18T12:00Z', '2026-11-18T11:00Z'],
      }),
      row('b', { remindAt: ['2026-11-18T08:00Z'] }),
      row('muted', { remindAt: ['2026-11-18T09:00Z', '2026-11-18T10:01Z'] }),
      row('c', { remindAt: ['2026-11-18T09:00Z'], done: true }),
    ]
    const at = { now, isMuted: (id: string) => id === 'muted' }
    const { due, next } = agendaOf(rows, { ...at, isSaid: () => false })
    expect(due.map(({ row: { listId } }) => listId)).toEqual(['b', 'a'])
    expect(next).toBe(Date.parse('2026-11-18T11:00Z'))
    const said = new Set(due.map(({ key }) => key))
    expect(agendaOf(rows, { ...at, isSaid: (key) => said.has(key) }).due).toEqual([])
  })
})

it('[APP-36][Z-07] takes nothing for a link that could run in the page', () => {
  expect(linkFrom(' https://example.org/a?b#c ')).toBe('https://example.org/a?b#c')
  expect(linkFrom('example.org/recipe')).toBe('https://example.org/recipe')
  const hostile = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//x',
  ]
  for (const text of [...hostile, 'plain words', 'https://', `https://x.org/${'a'.repeat(2_000)}`]) {
    expect(linkFrom(text)).toBeUndefined()
  }
  for (const text of hostile) expect(safeHref(text)).toBeNull()
  expect(safeHref('mailto:ann@example.org')).toBe('mailto:ann@example.org')
  expect(safeHref('http://example.org')).toBe('http://example.org')
})
