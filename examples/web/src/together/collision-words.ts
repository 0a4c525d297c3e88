import type { Conflict, Item, List } from '@tandem/client-sdk'
import { isCalendarDate } from '@tandem/client-sdk/model'
import { dueWords, type Speech } from '../list/detail/due-words.ts'
import { clockOf } from '../list/detail/moments.ts'
import { repeatWords } from '../list/detail/repeat-words.ts'

export interface Telling extends Speech {
  readonly list: List
  readonly nameOf: (userId: string) => string
}

/** What happened, in one sentence, and what the two answers are called. */
export interface Told {
  readonly text: string
  readonly take: string
  readonly leave: string
}

/** A collision as a person would tell it to the one whose device this is. */
export function tellCollision(conflict: Conflict, telling: Telling): Told {
  const { list, nameOf } = telling
  const words = telling.words.together
  const isMineKept = conflict.kept.by === list.me.getSnapshot()
  const who = nameOf(isMineKept ? conflict.other.by : conflict.kept.by)
  if (conflict.kind === 'edited-while-removed') {
    const text = isMineKept ? words.youRemoved(conflict.title, who) : words.theyRemoved(conflict.title, who)
    return { text, take: words.restore, leave: words.leaveRemoved }
  }
  const sentence = conflict.kind === 'moved-twice' ? moved : changed
  return {
    text: sentence(conflict, { ...telling, isMineKept, who }),
    take: isMineKept ? words.takeTheirs(who) : words.takeMine,
    leave: words.keep,
  }
}

interface Sides extends Telling {
  readonly isMineKept: boolean
  readonly who: string
}

function changed(conflict: Conflict, sides: Sides): string {
  const { isMineKept, who } = sides
  const words = sides.words.together
  const kept = shownValue(conflict.field, conflict.kept.value, sides)
  const other = shownValue(conflict.field, conflict.other.value, sides)
  // Of a row, its name is what stands beside the sentence.
  if (conflict.about === 'item' && conflict.field === 'title') {
    return isMineKept ? words.youSet(kept, who, other) : words.theySet(who, kept, other)
  }
  const field = fieldWords(conflict.field, sides)
  return isMineKept ? words.youChanged(field, kept, who, other) : words.theyChanged(who, field, kept, other)
}

function moved(conflict: Conflict, sides: Sides): string {
  const { isMineKept, who } = sides
  const words = sides.words.together
  const kept = sectionOf(conflict.kept.value, sides)
  const other = sectionOf(conflict.other.value, sides)
  if (kept === null || other === null || kept === other) {
    return isMineKept ? words.youMoved(who) : words.theyMoved(who)
  }
  return isMineKept ? words.youMovedTo(kept, who, other) : words.theyMovedTo(who, kept, other)
}

/** Null: it stayed in its section. */
function sectionOf(value: unknown, { list, words }: Sides): string | null {
  if (typeof value !== 'object' || value === null || !('section' in value)) return null
  const section = list.sections.getSnapshot().find(({ id }) => id === value.section)
  if (value.section === null) return words.together.noSection
  return section === undefined ? words.together.aSection : words.together.quoted(section.title)
}

export function fieldWords(field: string, { words }: Speech): string {
  const { fields } = words.together
  return field in fields ? fields[field as keyof typeof fields] : fields.other
}

/** A field's value as people read it; anything may stand there that a later version writes. */
export function shownValue(field: string, value: unknown, speech: Speech): string {
  const words = speech.words.together
  const now = clockOf(Date.now())
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return words.none
  if (field === 'due' && isDue(value)) return dueWords(value, now, speech)
  if (field === 'repeat' && typeof value === 'string') return repeatWords(value, now.slice(0, 10), speech)
  if (field === 'priority' && typeof value === 'number') return words.priorities[value] ?? String(value)
  if (field === 'done') return value === true ? words.ticked : words.open
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (field === 'remindAt' && Array.isArray(value)) return moments(value, speech)
  return words.quoted(short(typeof value === 'string' ? value : JSON.stringify(value)))
}

function isDue(value: unknown): value is NonNullable<Item['due']> {
  if (typeof value !== 'object' || value === null || !('date' in value) || !isCalendarDate(value.date))
    return false
  return !('time' in value) || (typeof value.time === 'string' && /^\d\d:\d\d$/u.test(value.time))
}

function moments(values: readonly unknown[], { tag }: Speech): string {
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' })
  const shown = values.map((value) => {
    const at = Date.parse(String(value))
    return Number.isNaN(at) ? String(value) : format.format(at)
  })
  return new Intl.ListFormat(tag).format(shown)
}

/** A title may have 10,000 characters; both are in the list to be read. */
export function short(text: string): string {
  const letters = [...text.slice(0, 400)]
  return letters.length > 120 ? `${letters.slice(0, 119).join('')}…` : text
}
