import fc from 'fast-check'
import type { Content, ContentItem } from '../../../client-sdk/src/exchange/types.ts'
import { checkField } from '../../../client-sdk/src/model/schema.ts'

/** Text as people and attackers write it: what each format uses for its own ends is likely in it. */
const NASTY = [
  ',',
  ';',
  '"',
  "'",
  '\\',
  '\n',
  '=',
  '+',
  '-',
  '@',
  '#',
  '[',
  ']',
  '(',
  '<',
  '>',
  '*',
  '_',
  '`',
  '|',
  ':',
  ' ',
  '\t',
  '😀',
  'ä',
  'م',
  'a',
  'B',
  '7',
  '=1+1',
  '- [ ] ',
  '(due 2026-01-01)',
  'END:VTODO',
  '\u200f',
  ' #x',
]

export function words(maxLength = 12): fc.Arbitrary<string> {
  const parts = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 4 })), {
    maxLength,
  })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they mean nothing to any program, and are taken out on the way
  return parts.map((all) => all.join('').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ''))
}

export const title: fc.Arbitrary<string> = words()
  .map((text) => text.trim())
  .filter((text) => text !== '')

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
const due = fc.oneof(
  fc.constant(null),
  day.map((date) => ({ date })),
  fc.tuple(day, time).map(([date, time]) => ({ date, time })),
  fc
    .tuple(day, time, fc.constantFrom('Europe/Berlin', 'UTC', 'America/Argentina/Ushuaia'))
    .map(([date, time, tz]) => ({ date, time, tz })),
)
const repeat = fc.constantFrom(
  null,
  'FREQ=DAILY',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=DAILY;INTERVAL=3;X-AFTER=1',
)
const reminders = fc.array(
  fc.tuple(day, time).map(([date, time]) => `${date}T${time}`),
  { maxLength: 3 },
)

const anItem = fc.record({
  title,
  notes: words(20),
  done: fc.boolean(),
  section: fc.nat(3),
  isSubtask: fc.boolean(),
  labels: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
  due,
  repeat,
  remindAt: reminders,
  priority: fc.constantFrom(0, 1, 2, 3),
  quantity: fc.option(title.filter((text) => text.length <= 100)),
  link: fc.option(fc.webUrl({ validSchemes: ['https'], withQueryParameters: true })),
})

/** A list with sections, labels, and items of which some are subtasks of the one above. */
export const content: fc.Arbitrary<Content> = fc
  .record({
    title: fc.option(title),
    sections: fc.uniqueArray(title, { maxLength: 3 }),
    labels: fc.uniqueArray(
      title.filter((text) => text.length <= 100),
      { maxLength: 3 },
    ),
    items: fc.array(anItem, { minLength: 1, maxLength: 8 }),
  })
  .map(({ title, sections, labels, items }): Content => {
    const made: ContentItem[] = []
    let top: number | null = null
    for (const { isSubtask, section, priority, ...item } of items) {
      const parent: number | null = isSubtask ? top : null
      const own = section < sections.length ? section : null
      if (parent === null) top = made.length
      made.push({
        ...item,
        parent,
        section: parent === null ? own : (made[parent]?.section ?? null),
        labels: item.labels.filter((at) => at < labels.length),
        priority: priority as 0 | 1 | 2 | 3,
        assignees: [],
        extensions: {},
      })
    }
    return {
      title,
      icon: null,
      sections,
      labels: labels.map((label) => ({ title: label, color: null })),
      items: made,
    }
  })
  .filter(({ items }) => items.every(({ link }) => checkField('items', 'link', link) === null))

/** Sections and labels by name, so that what is only numbered otherwise is the same. */
export function named(content: Content) {
  return content.items.map(({ section, labels, ...item }) => ({
    ...item,
    section: section === null ? null : content.sections[section],
    labels: labels.map((at) => content.labels[at]?.title).sort(),
  }))
}
