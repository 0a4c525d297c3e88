import fc from 'fast-check'
import rrule from 'rrule'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dateOfDayNumber,
  dayNumber,
  formatRecurrence,
  nextDate,
  nextOccurrence,
  parseRecurrence,
  planUpdateItem,
  type Recurrence,
} from '../../../client-sdk/src/model/index.ts'
import { Device, hashOf, meet } from './device.ts'

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

const rules = fc.oneof(
  fc
    .record({ interval: fc.integer({ min: 1, max: 9 }) })
    .map(({ interval }) => `FREQ=DAILY;INTERVAL=${interval}`),
  fc
    .record({ interval: fc.integer({ min: 1, max: 5 }), days: fc.subarray(DAYS) })
    .map(({ interval, days }) => withDays(`FREQ=WEEKLY;INTERVAL=${interval}`, days)),
  fc
    .record({
      interval: fc.integer({ min: 1, max: 13 }),
      days: fc.uniqueArray(
        fc.integer({ min: -31, max: 31 }).filter((day) => day !== 0),
        { maxLength: 3 },
      ),
    })
    .map(
      ({ interval, days }) =>
        `FREQ=MONTHLY;INTERVAL=${interval}${days.length > 0 ? `;BYMONTHDAY=${days}` : ''}`,
    ),
  fc
    .record({
      interval: fc.integer({ min: 1, max: 13 }),
      days: fc.uniqueArray(fc.tuple(fc.constantFrom(-5, -2, -1, 1, 2, 4, 5), fc.constantFrom(...DAYS)), {
        minLength: 1,
        maxLength: 3,
        selector: String,
      }),
    })
    .map(({ interval, days }) =>
      withDays(
        `FREQ=MONTHLY;INTERVAL=${interval}`,
        days.map((day) => day.join('')),
      ),
    ),
  fc
    .record({ interval: fc.integer({ min: 1, max: 9 }) })
    .map(({ interval }) => `FREQ=YEARLY;INTERVAL=${interval}`),
)
const dates = fc.integer({ min: dayNumber('1999-01-01'), max: dayNumber('2060-12-31') }).map(dateOfDayNumber)

describe('recurrence', () => {
  it('[REC-2] the next day is the one that RFC 5545 says, by an independent implementation', () => {
    let useful = 0
    fc.assert(
      fc.property(rules, dates, fc.integer({ min: 0, max: 400 }), (text, due, late) => {
        const completed = addDays(due, late - 200)
        const earliest = completed > addDays(due, 1) ? completed : addDays(due, 1)
        // The oracle gives up in 9999 after a long search; a rule that never falls is not what is asked here.
        const until = addDays(earliest, 366 * 40).replaceAll('-', '')
        const start = `DTSTART:${due.replaceAll('-', '')}T000000Z`
        const oracle = rrule.rrulestr(`${start}\nRRULE:${text};UNTIL=${until}T000000Z`)
        const expected = oracle
          .after(new Date(`${earliest}T00:00:00Z`), true)
          ?.toISOString()
          .slice(0, 10)
        if (expected === undefined) return
        expect(nextDate(ruleOf(text), due, completed), `${text} due ${due}, done ${completed}`).toBe(expected)
        useful += 1
      }),
      { numRuns: 600 },
    )
    expect(useful).toBeGreaterThan(500)
  })

  it('[REC-3] a rule is read, refused with a reason, or written back the same', () => {
    fc.assert(
      fc.property(rules, (text) => {
        const rule = ruleOf(text)
        expect(ruleOf(formatRecurrence(rule))).toEqual(rule)
      }),
    )
    const bad = [
      '',
      'FREQ=HOURLY',
      'FREQ=DAILY;INTERVAL=0',
      'FREQ=DAILY;BYDAY=MO',
      'FREQ=WEEKLY;BYDAY=2MO',
      'FREQ=MONTHLY;BYDAY=MO',
    ]
    const more = [
      'FREQ=DAILY;COUNT=1;UNTIL=20240101',
      'FREQ=DAILY;UNTIL=20240230',
      'FREQ=DAILY;WKST=SU',
      'FREQ=DAILY;FREQ=DAILY',
      'FREQ=WEEKLY;BYDAY=MO;X-AFTER=1',
      'FREQ=MONTHLY;BYMONTHDAY=32',
    ]
    for (const text of [...bad, ...more]) {
      const parsed = parseRecurrence(text)
      expect(parsed.ok, text).toBe(false)
      if (!parsed.ok) expect(parsed.problem.length).toBeGreaterThan(10)
    }
    fc.assert(fc.property(fc.string(), (text) => typeof parseRecurrence(text).ok === 'boolean'))
  })

  it('[REC-2] counting from completion steps from the day it was done, and stays in the month', () => {
    const next = (text: string, done: string) => nextDate(ruleOf(text), '2020-01-01', done)
    expect(next('FREQ=DAILY;INTERVAL=3;X-AFTER=1', '2024-02-27')).toBe('2024-03-01')
    expect(next('FREQ=MONTHLY;X-AFTER=1', '2024-01-31')).toBe('2024-02-29')
    expect(next('FREQ=YEARLY;X-AFTER=1', '2024-02-29')).toBe('2025-02-28')
    expect(next('FREQ=WEEKLY;INTERVAL=2;X-AFTER=1;UNTIL=20240110', '2024-01-01')).toBeNull()
  })

  it('[REC-4] it ends with COUNT or UNTIL, and at the end of the calendar', () => {
    const item = { id: 'water-plants', due: { date: '2024-01-01' }, created: { at: 0 } }
    const next = (repeat: string) => nextOccurrence({ ...item, repeat }, '2024-01-01')
    expect(next('FREQ=DAILY;COUNT=2')).toMatchObject({ repeat: 'FREQ=DAILY;COUNT=1' })
    expect(next('FREQ=DAILY;COUNT=1')).toBeNull()
    expect(next('FREQ=DAILY;UNTIL=20240101')).toBeNull()
    expect(next('FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=-31')).toMatchObject({ due: { date: '2025-01-01' } })
    expect(nextDate(ruleOf('FREQ=WEEKLY'), '9999-12-28', '9999-12-28')).toBeNull()
    expect(nextDate(ruleOf('FREQ=DAILY'), '0001-01-01', '9999-12-30')).toBe('9999-12-30')
  })

  it('[REC-5] the ids of a series only ever grow, whatever is done to the due dates', () => {
    let useful = 0
    const texts = fc.oneof(
      rules,
      fc.constantFrom('FREQ=DAILY;X-AFTER=1', 'FREQ=MONTHLY;X-AFTER=1', 'FREQ=WEEKLY;INTERVAL=2;X-AFTER=1'),
    )
    fc.assert(
      fc.property(
        texts,
        dates,
        fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 3, maxLength: 8 }),
        (text, due, moves) => {
          let item = { id: 'water-plants', due: { date: due }, repeat: text, created: { at: 0 } }
          for (const days of moves) {
            const moved = { ...item, due: { date: addDays(item.due.date, days) } }
            const next = nextOccurrence(moved, addDays(moved.due.date, -days))
            if (next === null) return
            expect(next.id > item.id, `${item.id} then ${next.id}`).toBe(true)
            item = { ...item, ...next }
            useful += 1
          }
        },
      ),
    )
    expect(useful).toBeGreaterThan(200)
  })

  it('[REC-1] completing a weekly item on two devices offline makes exactly one next item (A6.6)', () => {
    const [a, b] = [new Device('anna'), new Device('ben')]
    const id = a.add({
      title: 'bins',
      due: { date: '2024-03-01' },
      repeat: 'FREQ=WEEKLY',
      assignees: ['ben'],
    })
    meet(a, b)
    a.today = '2024-03-01'
    b.today = '2024-03-04'
    const next = a.toggle(id)
    expect(b.toggle(id)).toBe(next)
    meet(a, b)
    expect(hashOf(a)).toBe(hashOf(b))
    expect(a.titles()).toEqual(['bins', 'bins'])
    expect(a.view.ids()).toEqual([id, next])
    expect(a.item(next ?? '')).toMatchObject({ done: false, due: { date: '2024-03-08' }, assignees: ['ben'] })
  })

  it('[REC-6] unticking takes the next occurrence away unless somebody touched it; ticking again brings it back', () => {
    const a = new Device('anna')
    const id = a.add({ title: 'bins', due: { date: '2024-03-01' }, repeat: 'FREQ=WEEKLY' })
    const next = a.toggle(id) ?? ''
    a.now += 1
    a.toggle(id)
    expect(a.view.ids()).toEqual([id])
    expect(a.toggle(id)).toBe(next)
    a.toggle(id)
    expect(a.view.ids()).toEqual([id])
    a.toggle(id)
    a.run(planUpdateItem(a.view, a.context, next, { title: 'bins and glass' }))
    a.toggle(id)
    expect(a.view.ids()).toEqual([id, next])
  })
})

function ruleOf(text: string): Recurrence {
  const parsed = parseRecurrence(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem}`)
  return parsed.rule
}

function withDays(text: string, days: readonly string[]): string {
  return days.length === 0 ? text : `${text};BYDAY=${days.join(',')}`
}
