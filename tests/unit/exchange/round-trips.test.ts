import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCsvContent } from '../../../client-sdk/src/exchange/csv-read.ts'
import { writeCsv } from '../../../client-sdk/src/exchange/csv-write.ts'
import { folded } from '../../../client-sdk/src/exchange/ics-lines.ts'
import { writeIcs } from '../../../client-sdk/src/exchange/ics-write.ts'
import { writeJson } from '../../../client-sdk/src/exchange/json-write.ts'
import { writeMarkdown } from '../../../client-sdk/src/exchange/markdown-write.ts'
import { formatOf, readImport } from '../../../client-sdk/src/exchange/read-import.ts'
import type { Content } from '../../../client-sdk/src/exchange/types.ts'
import { content, named } from './contents.ts'

const self = (id: string): string => id
const stampsOf = ({ items }: Content) =>
  items.map((_, at) => ({ id: `item-${at}`, changedAt: 1_750_000_000_000, completedAt: null }))

it('[XCH-1] JSON comes back as it went: sections, subtasks, labels, notes, dates, repetition, reminders, order, ticks', () => {
  fc.assert(
    fc.property(content, (before) => {
      const text = writeJson(before, [], self)
      expect(formatOf(text)).toBe('json')
      const after = readImport(text)
      expect(after.skipped).toEqual([])
      const { format: _, skipped: __, skippedCount: ___, ...rest } = after
      expect(rest).toEqual(before)
    }),
    { numRuns: 100 },
  )
})

it('[XCH-1] CSV keeps every field of every item, whatever separators, quotes and formulas are in it', () => {
  fc.assert(
    fc.property(content, (before) => {
      const text = writeCsv(before, self)
      expect(formatOf(text)).toBe('csv')
      const after = readImport(text)
      expect(after.skipped).toEqual([])
      expect(named(after)).toEqual(named(before))
    }),
    { numRuns: 100 },
  )
})

it('[XCH-1] ICS keeps every field too, and no line of it is longer than 75 bytes', () => {
  fc.assert(
    fc.property(content, (before) => {
      const text = writeIcs(before, stampsOf(before))
      expect(formatOf(text)).toBe('ics')
      for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThan(76)
      const after = readImport(text)
      expect(after.skipped).toEqual([])
      expect(named(after)).toEqual(named(before))
      expect(after.title).toBe(before.title)
    }),
    { numRuns: 100 },
  )
})

it('[XCH-1] Markdown keeps titles, ticks, subtasks, sections, days and notes', () => {
  const slim = (all: Content) =>
    all.items.map(({ title, done, parent, notes, due, section }) => ({
      title: title.replace(/[\r\n]+/g, ' '),
      done,
      parent: parent === null ? null : all.items[parent]?.title.replace(/[\r\n]+/g, ' '),
      notes: notes.trim(),
      due: due === null ? null : { date: due.date, ...('time' in due ? { time: due.time } : {}) },
      section: section === null ? null : all.sections[section]?.replace(/[\r\n]+/g, ' '),
    }))
  const byText = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  fc.assert(
    fc.property(content, (before) => {
      // What Markdown has no mark for stands in the line as text.
      const items = before.items.map((item) => ({ ...item, quantity: null, labels: [] }))
      const text = writeMarkdown({ ...before, items }, self)
      expect(formatOf(text)).toBe('md')
      const after = readImport(text)
      expect(after.skipped).toEqual([])
      expect(slim(after).sort(byText)).toEqual(slim({ ...before, items }).sort(byText))
    }),
    { numRuns: 100 },
  )
})

it('[XCH-2] nothing that a spreadsheet would run is the beginning of a cell', () => {
  fc.assert(
    fc.property(content, (before) => {
      const { sections: _, ...rest } = before
      const text = writeCsv({ ...rest, sections: before.sections }, self)
      const cells = text.replace(/^\uFEFF/, '').match(/(^|[,\n])("(?:[^"]|"")*"|[^,\r\n]*)/g) ?? []
      for (const cell of cells) expect(cell.replace(/^[,\n]?"?/, '')).not.toMatch(/^[=+@\t\r-]/)
    }),
    { numRuns: 100 },
  )
  const bomb: Content = {
    ...{ title: null, icon: null, sections: [], labels: [] },
    items: [{ ...itemOf('=HYPERLINK("http://evil","click")'), notes: '@SUM(1)' }],
  }
  const text = writeCsv(bomb, self)
  expect(text).toContain(`"'=HYPERLINK(""http://evil"",""click"")"`)
  expect(text).toContain("'@SUM(1)")
  expect(readCsvContent(text).items[0]?.title).toBe('=HYPERLINK("http://evil","click")')
})

it('[XCH-1] a long line is folded between characters', () => {
  const line = folded(`SUMMARY:${'😀é'.repeat(40)}`)
  expect(line.split('\r\n').every((part) => new TextEncoder().encode(part).length <= 75)).toBe(true)
  expect(line.replaceAll('\r\n ', '')).toBe(`SUMMARY:${'😀é'.repeat(40)}`)
})

function itemOf(title: string): Content['items'][number] {
  return {
    ...{ title, notes: '', done: false, section: null, parent: null, labels: [], due: null, repeat: null },
    ...{ remindAt: [], priority: 0, quantity: null, link: null, assignees: [], extensions: {} },
  }
}
