import { LIMITS } from '../model/limits.ts'
import { checkField } from '../model/schema.ts'
import { toWellFormed } from '../model/wellformed.ts'
import type { ContentItem, ContentLabel, ExchangeFormat, Parsed, Skipped, SkipReason } from './types.ts'

/** What a reader has found in one row, not yet looked at. */
export interface Found {
  readonly row: number
  readonly title: string
  readonly notes?: string
  readonly done?: boolean
  readonly section?: string | number | null
  /** What `item` returned for the parent. */
  readonly parent?: number | null
  readonly labels?: readonly string[]
  readonly due?: unknown
  readonly repeat?: unknown
  readonly remindAt?: unknown
  readonly priority?: unknown
  readonly quantity?: unknown
  readonly link?: unknown
  readonly assignees?: readonly string[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

const MOST_SKIPPED = 200
const SAID_CHARS = 60
const NO_EXTENSIONS: Readonly<Record<string, unknown>> = Object.freeze({})

/**
 * Puts together what readers find, and lets nothing through that the schema would refuse: a bad part is left out and said, a row
 * without a usable title is left out whole. So what comes out can be added to a list as it is.
 */
export class Builder {
  title: string | null = null
  icon: string | null = null
  readonly #sections: string[] = []
  readonly #labels: ContentLabel[] = []
  readonly #labelAt = new Map<string, number>()
  readonly #items: ContentItem[] = []
  readonly #skipped: Skipped[] = []
  #skippedCount = 0

  get length(): number {
    return this.#items.length
  }

  skip(row: number, why: SkipReason, text: unknown, isWhole = true): void {
    this.#skippedCount += 1
    if (this.#skipped.length >= MOST_SKIPPED) return
    // Never JSON.stringify: what a hostile file nests deep enough would end in a full stack here.
    const said = typeof text === 'object' ? '{…}' : String(text)
    this.#skipped.push({ row, why, isWhole, text: toWellFormed(said.slice(0, SAID_CHARS)) })
  }

  named(title: unknown, icon: unknown = null): void {
    const text = typeof title === 'string' ? clean(title).slice(0, LIMITS.listTitleChars).trim() : ''
    if (text !== '') this.title = toWellFormed(text)
    if (icon !== null && checkField('list', 'icon', icon) === null) this.icon = icon as string
  }

  /** Always a new one, also when another has the same title. Null when it cannot be. */
  newSection(row: number, title: string): number | null {
    const text = clean(title).trim()
    if (this.#sections.length >= LIMITS.sectionsPerList) this.skip(row, 'too-many-sections', text, false)
    else if (text.length > LIMITS.sectionTitleChars) this.skip(row, 'too-long', text, false)
    else if (text === '') this.skip(row, 'no-title', text, false)
    else return this.#sections.push(text) - 1
    return null
  }

  section(row: number, title: string): number | null {
    const text = clean(title).trim()
    if (text === '') return null
    const at = this.#sections.indexOf(text)
    return at === -1 ? this.newSection(row, text) : at
  }

  label(row: number, title: string, color: unknown = null): number | null {
    const text = clean(title).trim()
    const known = this.#labelAt.get(text)
    if (known !== undefined || text === '') return known ?? null
    if (this.#labels.length >= LIMITS.labelsPerList) this.skip(row, 'too-many-labels', text, false)
    else if (text.length > LIMITS.labelTitleChars) this.skip(row, 'too-long', text, false)
    else {
      const isColor = checkField('labels', 'color', color) === null
      const at = this.#labels.push({ title: text, color: isColor ? (color as string | null) : null }) - 1
      this.#labelAt.set(text, at)
      return at
    }
    return null
  }

  /** Its place, for its subtasks; null when it was left out. A subtask of a subtask goes under the first of them. */
  item(found: Found): number | null {
    const { row } = found
    const title = clean(found.title).trim()
    const problem = this.#problemOf(title)
    if (problem !== null) {
      this.skip(row, problem, title)
      return null
    }
    const above = found.parent ?? null
    const parent = above === null ? null : (this.#items[above]?.parent ?? above)
    const item: ContentItem = {
      title,
      notes: this.#notes(row, found.notes ?? ''),
      done: found.done ?? false,
      section: parent === null ? this.#sectionOf(found) : (this.#items[parent]?.section ?? null),
      parent,
      labels: this.#labelsOf(found),
      due: this.#part(found, 'due', 'bad-date'),
      repeat: this.#part(found, 'repeat', 'bad-repeat'),
      remindAt: this.#part(found, 'remindAt', 'bad-date') ?? [],
      priority: this.#part(found, 'priority', 'bad-value') ?? 0,
      quantity: this.#part(found, 'quantity', 'too-long'),
      link: this.#part(found, 'link', 'bad-link'),
      assignees: found.assignees ?? [],
      extensions: extensionsOf(found),
    }
    return this.#items.push(item) - 1
  }

  addNotes(row: number, at: number, text: string): void {
    const item = this.#items[at]
    if (item === undefined) return
    // Before anything is put together: a file may have a million lines of notes for one item.
    if (item.notes.length >= LIMITS.notesChars) {
      this.skip(row, 'too-long', text, false)
      return
    }
    const notes = item.notes === '' ? text : `${item.notes}\n${text}`
    this.#items[at] = { ...item, notes: this.#notes(row, notes) }
  }

  done(format: ExchangeFormat): Parsed {
    if (this.#items.length === 0 && this.#sections.length === 0) this.skip(1, 'no-items', '')
    return {
      format,
      title: this.title,
      icon: this.icon,
      sections: this.#sections,
      labels: this.#labels,
      items: this.#items,
      skipped: this.#skipped,
      skippedCount: this.#skippedCount,
    }
  }

  #problemOf(title: string): SkipReason | null {
    if (title === '') return 'no-title'
    if (title.length > LIMITS.itemTitleChars) return 'title-too-long'
    return this.#items.length >= LIMITS.itemsPerList ? 'too-many-items' : null
  }

  #sectionOf({ row, section }: Found): number | null {
    if (typeof section === 'number') return section in this.#sections ? section : null
    return typeof section === 'string' ? this.section(row, section) : null
  }

  #labelsOf({ row, labels = [] }: Found): number[] {
    const found = new Set<number>()
    for (const label of labels) {
      const at = this.label(row, label)
      if (at !== null) found.add(at)
    }
    if (found.size > LIMITS.membersPerSet) this.skip(row, 'too-many-labels', labels[0] ?? '', false)
    return [...found].slice(0, LIMITS.membersPerSet)
  }

  #notes(row: number, given: string): string {
    const notes = toWellFormed(given)
    if (notes.length <= LIMITS.notesChars) return notes
    this.skip(row, 'too-long', notes, false)
    // The beginning is better than nothing.
    return toWellFormed(notes.slice(0, LIMITS.notesChars))
  }

  #part<F extends 'due' | 'repeat' | 'remindAt' | 'priority' | 'quantity' | 'link'>(
    found: Found,
    field: F,
    why: SkipReason,
  ): ContentItem[F] | null {
    const value = found[field] ?? null
    if (value === null || value === '') return null
    if (checkField('items', field, value) === null) return value as ContentItem[F]
    this.skip(found.row, why, value, false)
    return null
  }
}

function extensionsOf({ extensions }: Found): Readonly<Record<string, unknown>> {
  if (extensions === undefined) return NO_EXTENSIONS
  const good = Object.entries(extensions).filter(
    ([name, value]) => name.startsWith('x-') && checkField('items', name, value) === null,
  )
  return Object.fromEntries(good)
}

/** Well-formed, and without the null character, which no program means and some choke on. */
function clean(text: string): string {
  return toWellFormed(text).replaceAll('\u0000', '')
}
