import { expect, it } from 'vitest'
import { addLines, addParsed, firstDay } from '../../../examples/web/src/list/add/add-parsed.ts'
import { parse } from '../../../examples/web/src/list/add/parse.ts'
import { readRule } from '../../../examples/web/src/list/detail/repeat-presets.ts'
import { workbench } from '../sdk/workbench.ts'

const NOW = new Date(2026, 10, 18, 10, 0)

it('[APP-32] adds two thousand pasted lines in pieces, subtasks with them, as one undo step', async () => {
  const { list } = await workbench()
  const lines = Array.from({ length: 2_000 }, (_, at) => ({
    title: at === 3 ? 'x'.repeat(12_000) : `Line ${at}`,
    isDone: at % 10 === 0,
    isUnder: at % 4 === 1,
  }))
  await addLines(list, lines, { section: null, undo: 'Add' })
  const items = list.items.select({}, (all) => all).getSnapshot()
  expect(items).toHaveLength(2_000)
  expect(items.filter(({ done }) => done)).toHaveLength(200)
  expect(items.filter(({ parent }) => parent !== null)).toHaveLength(500)
  const parentOf = (title: string) =>
    items.find(({ id }) => id === items.find((one) => one.title === title)?.parent)?.title
  // The parent of the first line of a piece stands in the piece before.
  expect([parentOf('Line 501'), parentOf('Line 1001')]).toEqual(['Line 500', 'Line 1000'])
  const long = items.find(({ title }) => title.startsWith('x'))
  expect((long?.title ?? '') + (long?.notes ?? '')).toBe('x'.repeat(12_000))
  list.undo()
  expect(list.items.ids({}).getSnapshot()).toEqual([])
})

it('[APP-30] makes the label and the section that were typed, begins on the first day of the rule, and undoes all of it at once', async () => {
  const { list } = await workbench()
  const add = (text: string): void => {
    const context = {
      people: [],
      language: 'en',
      isDayFirst: true,
      now: NOW,
      findDates: null,
      plain: new Set<string>(),
    } as const
    const known = { labels: list.labels.getSnapshot(), sections: list.sections.getSnapshot() }
    addParsed(list, parse(text, { ...context, ...known }), { section: null, now: NOW, undo: 'Add' })
  }
  add('Bins every friday 7:30 #home /Chores !2')
  add('Broom #HOME /chores')
  const [bins, broom] = list.items.select({}, (all) => all).getSnapshot()
  expect(bins).toMatchObject({ title: 'Bins', repeat: 'FREQ=WEEKLY;BYDAY=FR', priority: 2 })
  expect(bins?.due).toMatchObject({ date: '2026-11-20', time: '07:30' })
  expect(list.labels.getSnapshot().map(({ title }) => title)).toEqual(['home'])
  expect(broom?.labels).toEqual(bins?.labels)
  expect([broom?.section, list.sections.getSnapshot().length]).toEqual([bins?.section, 1])
  list.undo()
  list.undo()
  expect([list.items.ids({}).getSnapshot(), list.labels.getSnapshot(), list.sections.getSnapshot()]).toEqual([
    [],
    [],
    [],
  ])
})

it.each([
  ['FREQ=MONTHLY;BYDAY=-1FR', '2026-11-27'],
  ['FREQ=MONTHLY;BYMONTHDAY=1', '2026-12-01'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-11-30'],
  ['FREQ=WEEKLY;BYDAY=WE', '2026-11-18'],
  ['FREQ=YEARLY', '2026-11-18'],
])('[APP-30] begins %s on %s', (text, date) => {
  const rule = readRule(text)
  expect(rule === null ? null : firstDay(rule, '2026-11-18')).toBe(date)
})
