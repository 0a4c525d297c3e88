import type { ItemInput, List } from '@tandem/client-sdk'
import {
  addDays,
  daysInMonth,
  LIMITS,
  parseRecurrence,
  partsOf,
  type Recurrence,
  weekdayOf,
} from '@tandem/client-sdk/model'
import { localZone } from '../detail/moments.ts'
import { dayOf, dayOfTime } from './parse-dates.ts'
import type { PastedLine } from './parse-lines.ts'
import type { Parsed, Token } from './parse-types.ts'

type TokenOf<K extends Token['kind']> = Extract<Token, { kind: K }>

/** Everything of an item that tokens say; labels and sections that do not exist yet are made. Inside a transaction. */
export function inputFrom(list: List, tokens: readonly Token[], now: Date): Omit<ItemInput, 'title'> {
  const of = <K extends Token['kind']>(kind: K): readonly TokenOf<K>[] =>
    tokens.filter((token): token is TokenOf<K> => token.kind === kind)
  const [date] = of('date')
  const [time] = of('time')
  const [repeat] = of('repeat')
  const [priority] = of('priority')
  const [quantity] = of('quantity')
  const [section] = of('section')
  const clock = date?.time ?? time?.time ?? null
  const day = date?.date ?? dayWithout(repeat?.rule, clock, now)
  const labels = new Set(of('label').map(({ id, title }) => id ?? labelOf(list, title)))
  return {
    ...(day === null
      ? {}
      : { due: { date: day, ...(clock === null ? {} : { time: clock, tz: localZone() }) } }),
    ...(repeat === undefined ? {} : { repeat: repeat.rule }),
    ...(priority === undefined ? {} : { priority: priority.priority }),
    ...(quantity === undefined ? {} : { quantity: quantity.quantity }),
    ...(labels.size === 0 ? {} : { labels: [...labels] }),
    ...(of('person').length === 0 ? {} : { assignees: [...new Set(of('person').map(({ id }) => id))] }),
    ...(section === undefined
      ? {}
      : { place: { at: 'end', section: section.id ?? sectionOf(list, section.title) } }),
  }
}

/** One item, with everything it needs: one undo step. */
export function addParsed(
  list: List,
  parsed: Parsed,
  how: { readonly section: string | null; readonly now: Date; readonly undo: string },
): string {
  const tokens = parsed.parts.flatMap(({ token }) => token ?? [])
  return list.transact(how.undo, () => {
    const place = how.section === null ? {} : { place: { at: 'end', section: how.section } as const }
    return list.items.add({ title: parsed.title, ...place, ...inputFrom(list, tokens, how.now) }).value
  }).value
}

/** So many at once keep a phone busy for no longer than a blink. */
const PIECE = 500

/** Pasted lines, those that were indented as subtasks of the one above: one undo step, however many there are. */
export async function addLines(
  list: List,
  lines: readonly PastedLine[],
  how: { readonly section: string | null; readonly undo: string },
): Promise<void> {
  const place = { at: 'end', section: how.section } as const
  // The last one that is not indented may stand in the piece before.
  let parent: string | null = null
  for (let from = 0; from < lines.length; from += PIECE) {
    if (from > 0) await nextFrame()
    const piece = lines.slice(from, from + PIECE)
    list.transact(
      how.undo,
      () => {
        const tops = piece.filter(({ isUnder }) => !isUnder)
        const made = list.items.addMany(tops.map((line) => ({ ...fitted(line), place })))
        const ids = made.value.values()
        const under: ItemInput[] = []
        for (const line of piece) {
          if (!line.isUnder) parent = ids.next().value ?? null
          else if (parent !== null) under.push({ ...fitted(line), place: { at: 'end', parent } })
        }
        if (under.length > 0) list.items.addMany(under)
      },
      { joinsLast: from > 0 },
    )
  }
}

/** A paragraph that was pasted among lines goes on in the notes. */
function fitted({ title, isDone }: PastedLine): ItemInput {
  if (title.length <= LIMITS.itemTitleChars) return { title, done: isDone }
  // Never through the middle of an emoji: half of one is no text.
  const end = LIMITS.itemTitleChars - 100
  const cut = /[\uD800-\uDBFF]/.test(title[end - 1] ?? '') ? end - 1 : end
  return { title: title.slice(0, cut), notes: title.slice(cut, cut + LIMITS.notesChars), done: isDone }
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

function labelOf(list: List, title: string): string {
  const same = list.labels.getSnapshot().find((label) => label.title.toLowerCase() === title.toLowerCase())
  return same?.id ?? list.labels.add(title).value
}

function sectionOf(list: List, title: string): string {
  const same = list.sections.getSnapshot().find((one) => one.title.toLowerCase() === title.toLowerCase())
  return same?.id ?? list.sections.add(title).value
}

/** A repeating item begins on the first day its rule names; a time alone means its next occurrence. */
function dayWithout(rule: string | undefined, time: string | null, now: Date): string | null {
  const today = dayOf(now)
  const parsed = rule === undefined ? null : parseRecurrence(rule)
  if (parsed?.ok === true) return firstDay(parsed.rule, time === null ? today : dayOfTime(time, now))
  return time === null ? null : dayOfTime(time, now)
}

export function firstDay(rule: Recurrence, from: string): string {
  // A rule of days comes round within a few months; a 31st at the latest after two.
  for (let days = 0; days < 120; days += 1) {
    const day = addDays(from, days)
    if (isOn(rule, day)) return day
  }
  return from
}

function isOn({ weekdays, monthDays, nthWeekdays }: Recurrence, date: string): boolean {
  const { year, month, day } = partsOf(date)
  const length = daysInMonth(year, month)
  if (weekdays.length > 0) return weekdays.includes(weekdayOf(date))
  if (monthDays.length > 0) return monthDays.some((one) => (one > 0 ? one : length + 1 + one) === day)
  if (nthWeekdays.length === 0) return true
  const fromStart = Math.ceil(day / 7)
  const fromEnd = -Math.ceil((length + 1 - day) / 7)
  return nthWeekdays.some(
    ({ week, weekday }) => weekday === weekdayOf(date) && (week === fromStart || week === fromEnd),
  )
}

/** Pasted text as it is: its first line is the title, the rest its notes. */
export function asOneItem(
  list: List,
  text: string,
  how: { readonly section: string | null; readonly undo: string },
): void {
  const [first = '', ...rest] = text.trim().split(/\r\n|\r|\n/u)
  const notes = rest.join('\n').trim()
  list.transact(how.undo, () =>
    list.items.add({
      title: first.trim(),
      place: { at: 'end', section: how.section },
      ...(notes === '' ? {} : { notes }),
    }),
  )
}
