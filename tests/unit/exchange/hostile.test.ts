import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fileNameFor } from '../../../client-sdk/src/exchange/export-list.ts'
import { writeMarkdown } from '../../../client-sdk/src/exchange/markdown-write.ts'
import { readImport } from '../../../client-sdk/src/exchange/read-import.ts'
import type { ExchangeFormat, Parsed } from '../../../client-sdk/src/exchange/types.ts'
import { checkField } from '../../../client-sdk/src/model/schema.ts'
import { content, words } from './contents.ts'

const FORMATS: readonly ExchangeFormat[] = ['json', 'csv', 'ics', 'md']

/** Whatever comes out can be put into a list as it is. */
function expectUsable(parsed: Parsed): void {
  const fields = ['title', 'due', 'repeat', 'remindAt', 'priority', 'quantity', 'link'] as const
  for (const [at, item] of parsed.items.entries()) {
    for (const field of fields) expect(checkField('items', field, item[field])).toBeNull()
    expect(item.notes.length).toBeLessThanOrEqual(100_000)
    if (item.section !== null) expect(parsed.sections[item.section]).toBeDefined()
    if (item.parent !== null) {
      expect(item.parent).toBeLessThan(at)
      expect(parsed.items[item.parent]?.parent).toBeNull()
    }
    for (const label of item.labels) expect(parsed.labels[label]).toBeDefined()
  }
  for (const section of parsed.sections) expect(checkField('sections', 'title', section)).toBeNull()
  for (const { title, color } of parsed.labels) {
    expect(checkField('labels', 'title', title)).toBeNull()
    expect(checkField('labels', 'color', color)).toBeNull()
  }
  if (parsed.title !== null) expect(checkField('list', 'title', parsed.title)).toBeNull()
}

const ics = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'BEGIN:VTODO', ...lines, 'END:VTODO', 'END:VCALENDAR'].join('\r\n')
const whys = (parsed: Parsed): string[] => parsed.skipped.map(({ why }) => why)

it('[XCH-3] any text at all, read as any format, gives what a list can hold, and never an error', () => {
  const anyText = fc.oneof(words(60), fc.string({ unit: 'binary', maxLength: 200 }), fc.json())
  fc.assert(
    fc.property(anyText, fc.constantFrom(undefined, ...FORMATS), (text, format) => {
      expectUsable(readImport(text, format))
    }),
    { numRuns: 300 },
  )
})

it('[XCH-3] a row without a title, or with one of more than 10,000 letters, is left out whole and named', () => {
  const long = 'x'.repeat(10_001)
  const parsed = readImport(`title,notes\nMilk,\n,only notes\n${long},\nBread,`)
  expect(parsed.items.map(({ title }) => title)).toEqual(['Milk', 'Bread'])
  expect(parsed.skipped).toMatchObject([
    { row: 3, why: 'no-title', isWhole: true },
    { row: 4, why: 'title-too-long', isWhole: true, text: 'x'.repeat(60) },
  ])
})

it('[XCH-3] days that do not exist, or could be two, are left out; the item stays', () => {
  const parsed = readImport(
    'title,due\na,2026-02-30\nb,03/04/2026\nc,31.12.2026\nd,2026-12-24 17:30\ne,tomorrow',
  )
  expect(parsed.items.map(({ due }) => due)).toEqual([
    null,
    null,
    { date: '2026-12-31' },
    { date: '2026-12-24', time: '17:30' },
    null,
  ])
  expect(parsed.skipped.map(({ row, why, isWhole }) => [row, why, isWhole])).toEqual([
    [2, 'bad-date', false],
    [3, 'unclear-date', false],
    [6, 'bad-date', false],
  ])
  // Another row says which comes first.
  const clear = readImport('title,due\na,03/04/2026\nb,25/12/2026')
  expect(clear.items.map(({ due }) => due?.date)).toEqual(['2026-04-03', '2026-12-25'])
})

it('[XCH-3] links that could run, and nesting without end, come to nothing', () => {
  const parsed = readImport('title,link\na,javascript:alert(1)\nb,https://example.org')
  expect(parsed.items.map(({ link }) => link)).toEqual([null, 'https://example.org'])
  expect(whys(parsed)).toEqual(['bad-link'])

  const deepJson = `{"items":[${'{"title":"x","subtasks":['.repeat(2_000)}${']}'.repeat(2_000)}]}`
  const flat = readImport(deepJson)
  expectUsable(flat)
  const arrays = readImport(`{"items":[{"title":"a","due":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}`)
  expect(arrays.items).toHaveLength(1)
  expect(whys(arrays)).toEqual(['bad-date'])
  const deepIcs = readImport(`BEGIN:VCALENDAR\n${'BEGIN:VTODO\n'.repeat(10_000)}`)
  expect(deepIcs.items).toEqual([])
  expect(whys(deepIcs)).toContain('broken')
  expect(whys(readImport('{"items": [', 'json'))).toContain('broken')
})

it('[XCH-3] half a megabyte made to keep readers busy is read in a moment, and a list gets no more than it has room for', () => {
  const startedAt = performance.now()
  const hostile = [
    `title\n${'"'.repeat(400_000)}`,
    `- ${'#a '.repeat(150_000)}`,
    `- ${'a'.repeat(200_000)} #${'b'.repeat(200_000)}!`,
    `# ${' #'.repeat(200_000)}x`,
    ics(`SUMMARY:${'\\'.repeat(400_000)}`, `CATEGORIES:${'\\,'.repeat(200_000)}`),
    ics(`SUMMARY;X=${'"'.repeat(200_000)}:a`),
    `title,due\n${'x,every '.repeat(60_000)}`,
  ]
  for (const text of hostile) expectUsable(readImport(text))
  const many = readImport(Array.from({ length: 60_000 }, (_, n) => `- item ${n}`).join('\n'))
  expect(many.items).toHaveLength(20_000)
  expect(many.skippedCount).toBe(40_000)
  expect(many.skipped).toHaveLength(200)
  expect(performance.now() - startedAt).toBeLessThan(25_000)
})

const NOTES = '<img src=x onerror=alert(1)> 1 < 2\n[a](javascript:alert(1)) \\<b>'

it('[XCH-2] Markdown of a hostile list has no tag, link or heading of its own', () => {
  const item = {
    ...{ title: '<img src=x onerror=alert(1)> [a](javascript:alert(1))\n# big', notes: NOTES, done: false },
    ...{
      section: null,
      parent: null,
      labels: [],
      due: null,
      repeat: null,
      remindAt: [],
      priority: 0 as const,
    },
    ...{ quantity: null, link: null, assignees: [], extensions: {} },
  }
  const text = writeMarkdown({ title: null, icon: null, sections: [], labels: [], items: [item] }, (id) => id)
  expect(text).toBe(
    [
      '- [ ] \\<img src=x onerror=alert(1)\\> \\[a\\](javascript:alert(1)) \\# big',
      '  > \\<img src=x onerror=alert(1)> 1 \\< 2',
      '  > [a\\](javascript:alert(1)) \\\\\\<b>',
      '',
    ].join('\n'),
  )
  expect(readImport(text, 'md').items[0]?.notes).toBe(NOTES)
  fc.assert(
    fc.property(content, (before) => {
      const lines = writeMarkdown(before, (id) => id).split('\n')
      const known = before.sections.length + (before.title === null ? 0 : 1)
      expect(lines.filter((line) => /^#/.test(line))).toHaveLength(known)
    }),
  )
})

it('[XCH-2] a file name is a name in a folder and nothing else', () => {
  expect(fileNameFor('../../etc/passwd', 'csv')).toBe('etc passwd.csv')
  expect(fileNameFor('CON', 'md')).toBe('list CON.md')
  expect(fileNameFor(' \u202e ', 'ics')).toBe('list.ics')
  fc.assert(
    fc.property(words(40), (title) => {
      expect(fileNameFor(title, 'json')).toMatch(/^[^\\/:*?"<>|\p{C}. ][^\\/:*?"<>|\p{C}]*\.json$/u)
    }),
  )
})

it('[XCH-3] what belongs to what, 20,000 deep or in circles, and 60,000 lines of notes are read in a moment', () => {
  const todo = (id: string, above: string): string[] => [
    'BEGIN:VTODO',
    `UID:${id}`,
    `RELATED-TO:${above}`,
    `SUMMARY:${id}`,
    'END:VTODO',
  ]
  const chain = Array.from({ length: 20_000 }, (_, at) => todo(`i${at}`, `i${at + 1}`)).flat()
  const circle = [...todo('a', 'b'), ...todo('b', 'c'), ...todo('c', 'b'), ...todo('d', 'a')]
  const from = performance.now()
  const deep = readImport(['BEGIN:VCALENDAR', ...chain, 'END:VCALENDAR'].join('\n'))
  const round = readImport(['BEGIN:VCALENDAR', ...circle, 'END:VCALENDAR'].join('\n'))
  const notes = readImport(`TYPE,CONTENT\ntask,a\n${'note,b\n'.repeat(60_000)}`)
  expect(performance.now() - from).toBeLessThan(10_000)
  expect(deep.items).toHaveLength(20_000)
  expect(deep.items.filter(({ parent }) => parent === null)).toHaveLength(1)
  expect(round.items.map(({ title, parent }) => [title, parent])).toEqual([
    ['a', null],
    ['b', null],
    ['c', null],
    ['d', null],
  ])
  expect(notes.items[0]?.notes).toHaveLength(100_000)
})
