import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chronoDates } from '../../../examples/web/src/list/add/chrono-dates.ts'
import { parse } from '../../../examples/web/src/list/add/parse.ts'
import { parseLines } from '../../../examples/web/src/list/add/parse-lines.ts'
import { LANGUAGES } from '../../../examples/web/src/words/languages.ts'

const WORDS = [
  'Milk',
  '2x',
  '500 g',
  'tomorrow',
  'fri 17:30',
  'every monday',
  '@bob',
  '@nobody',
  '#errands',
  '#new',
  '/Fruit & Veg',
  '!1',
  '!9',
  'May',
  '1 march',
  '24/12',
  '\\@bob',
  'jeden Montag',
  'morgen',
  'غدا',
  '٢',
  'x',
  ',',
  'https://a.example/#b',
  '😀',
  'https://',
  'at 5',
  '  ',
  '\\',
  '@',
  '#',
  '/',
  '!',
]

it('[APP-31] loses nothing that was typed: the parts are the text, and every word of it is in the title or in a token', () => {
  let tokens = 0
  const typed = fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'grapheme', maxLength: 6 })), {
    maxLength: 9,
  })
  fc.assert(
    fc.property(
      typed,
      fc.constantFrom(...LANGUAGES),
      fc.constantFrom(' ', ', ', ''),
      (words, { tag }, between) => {
        const text = words.join(between)
        const { parts, title } = parse(text, {
          people: [{ id: 'u2', name: 'Bob' }],
          labels: [{ id: 'l1', title: 'errands' }],
          sections: [{ id: 's1', title: 'Fruit & Veg' }],
          language: tag,
          isDayFirst: true,
          now: new Date(2026, 10, 18, 10, 0),
          findDates: chronoDates(tag),
          plain: new Set(),
        })
        expect(parts.map((part) => part.text).join('')).toBe(text)
        const rest = parts.map((part) => (part.token === null ? part.text : ' ')).join('')
        expect(bare(title)).toBe(bare(rest))
        expect(title === '').toBe(text.trim() === '')
        tokens += parts.filter((part) => part.token !== null).length
      },
    ),
    { seed: 20261118, numRuns: 600 },
  )
  expect(tokens).toBeGreaterThan(200)
})

/** Without what tidying may change: spaces, commas beside tokens, backslashes that make a mark plain. */
function bare(text: string): string {
  return text.replace(/[\s,;]|\\(?=[@#/!])/gu, '')
}

it('[APP-32] takes bullets, numbers and boxes off pasted lines, and keeps what was ticked and what was indented', () => {
  const text =
    '- [x] Milk\n- [ ] Bread\n  * rye\n\n3. Eggs\r\n☑ Tea\n• Jam\n10) Salt\n– Oil\n-5 °C bag\n2x Soap'
  expect(parseLines(text)).toEqual([
    { title: 'Milk', isDone: true, isUnder: false },
    { title: 'Bread', isDone: false, isUnder: false },
    { title: 'rye', isDone: false, isUnder: true },
    { title: 'Eggs', isDone: false, isUnder: false },
    { title: 'Tea', isDone: true, isUnder: false },
    { title: 'Jam', isDone: false, isUnder: false },
    { title: 'Salt', isDone: false, isUnder: false },
    { title: 'Oil', isDone: false, isUnder: false },
    { title: '-5 °C bag', isDone: false, isUnder: false },
    { title: '2x Soap', isDone: false, isUnder: false },
  ])
  expect(parseLines('  one\n  two')).toHaveLength(2)
  expect(parseLines('\n \n- \n')).toEqual([])
})

it('[APP-31] pasted marks and dots without end cost no more than any other text, and addresses among them are still addresses', () => {
  const context = {
    people: [],
    labels: [],
    sections: [],
    language: 'en' as const,
    isDayFirst: true,
    now: new Date(2026, 0, 15, 12),
    findDates: null,
    plain: new Set<string>(),
  }
  const from = performance.now()
  for (const piece of ['@', 'a@', '@a', '.@', '://', 'a.']) parse(piece.repeat(2_500), context)
  // All pairs of them would be hundreds of millions.
  expect(performance.now() - from).toBeLessThan(3_000)
  for (const address of ['x@a.example', 'https://a.example/#b', '@@x.y.']) {
    expect(parse(`Ask ${address} today`, context)).toMatchObject({ title: `Ask ${address}` })
  }
})
