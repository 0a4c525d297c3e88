import type { HistoryEntry } from '@tandem/client-sdk'
import { expect, it } from 'vitest'
import { countLines, daysOf } from '../../../examples/web/src/list/history/lines.ts'

const NOON = new Date(2026, 2, 1, 12).getTime()
const MINUTE = 60_000

/** Letters in the notes of an item, so many minutes before noon. */
const letters = (minutesAgo: number, id = 'milk', by: string | null = 'anna'): HistoryEntry => ({
  seq: 1_000 - minutesAgo,
  at: NOON - minutesAgo * MINUTE,
  by,
  ops: [{ op: 'note', id, inserted: 3, deleted: 0 }],
})
const tick = (minutesAgo: number): HistoryEntry => ({
  ...letters(minutesAgo),
  ops: [{ op: 'set', kind: 'items', id: 'milk', field: 'done', from: false, to: true }],
})
const told = (...entries: HistoryEntry[]): number[] =>
  daysOf(entries).flatMap(({ lines }) => lines.map(({ entry }) => 1_000 - entry.seq))

it('[APP-99] who writes notes at one sitting has changed them once, at the time of the last letters', () => {
  expect(told(letters(0), letters(1), letters(20), letters(45), letters(70))).toEqual([0])
  expect(countLines([letters(0), letters(1)])).toBe(1)
  // After a pause, of another item, by another hand, or with something else in between it is told again.
  expect(told(letters(0), letters(31))).toEqual([0, 31])
  expect(told(letters(0), letters(1, 'bread'), letters(2))).toEqual([0, 1, 2])
  expect(told(letters(0), letters(1, 'milk', 'bo'), letters(2, 'milk', null))).toEqual([0, 1, 2])
  expect(told(letters(0), tick(1), letters(2))).toEqual([0, 1, 2])
  expect(told(tick(0), tick(1))).toEqual([0, 1])
})

it('[APP-99] days are those of this device, the newest first', () => {
  const days = daysOf([tick(0), letters(1), letters(13 * 60), tick(14 * 60)])
  expect(days.map(({ day, lines }) => [day, lines.length])).toEqual([
    ['2026-03-01', 2],
    ['2026-02-28', 2],
  ])
})
