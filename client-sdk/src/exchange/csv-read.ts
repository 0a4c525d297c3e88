import { Builder } from './builder.ts'
import { type CsvRow, readCsv, separatorOf, valuesOf, withoutGuard } from './csv.ts'
import { type Column, columnsOf } from './csv-headings.ts'
import { type DayOrder, dayOrderOf, readDate } from './dates.ts'
import { repeatOfWords } from './repeat-words.ts'
import type { Parsed } from './types.ts'

const YES = /^(yes|y|true|1|x|✓|✔|done|completed?|100 ?%?|ja|erledigt|نعم|تم)$/i
const RULE = /^FREQ=/

/** A table of items: ours, those of other programs, or a bare column of titles. */
export function readCsvContent(text: string): Parsed {
  const rows = readCsv(text, separatorOf(text))
  const columns = columnsOf(rows[0]?.cells ?? [])
  return new CsvReader(columns ?? new Map([['title', 0]]), columns === null ? rows : rows.slice(1)).read()
}

class CsvReader {
  readonly #columns: ReadonlyMap<Column, number>
  readonly #rows: readonly CsvRow[]
  readonly #to = new Builder()
  readonly #isTodoist: boolean
  readonly #dayOrder: DayOrder
  /** Todoist's sections are rows of their own, and hold for those below. */
  #section: string | null = null
  #top: number | null = null
  #last: number | null = null

  constructor(columns: ReadonlyMap<Column, number>, rows: readonly CsvRow[]) {
    this.#columns = columns
    this.#rows = rows
    this.#isTodoist = columns.has('type')
    this.#dayOrder = dayOrderOf(rows.map((row) => this.#cell(row, 'due')))
  }

  read(): Parsed {
    for (const row of this.#rows) {
      const type = this.#cell(row, 'type').toLowerCase()
      if (row.isBroken) this.#to.skip(row.row, 'broken', row.cells[0] ?? '', false)
      if (!this.#isTodoist || type === 'task') this.#readItem(row)
      else if (type === 'section') this.#section = this.#cell(row, 'title')
      else if (type === 'note') this.#readNote(row)
      // Todoist's `meta` and empty lines say nothing about items.
      else if (type !== 'meta' && type !== '') this.#to.skip(row.row, 'unknown-kind', row.cells.join(' '))
    }
    return this.#to.done('csv')
  }

  #cell({ cells }: CsvRow, column: Column): string {
    const at = this.#columns.get(column)
    return at === undefined ? '' : withoutGuard((cells[at] ?? '').trim())
  }

  #readNote(row: CsvRow): void {
    if (this.#last !== null) this.#to.addNotes(row.row, this.#last, this.#cell(row, 'title'))
  }

  #readItem(row: CsvRow): void {
    const isSubtask = Number(this.#cell(row, 'indent')) > 1
    const { title, labels } = this.#titleOf(row)
    const notesAt = this.#columns.get('notes')
    this.#last = this.#to.item({
      row: row.row,
      title,
      labels,
      // As it is: spaces at its ends are its writer's.
      notes: notesAt === undefined ? '' : withoutGuard(row.cells[notesAt] ?? ''),
      done: YES.test(this.#cell(row, 'done')),
      section: this.#cell(row, 'section') || this.#section,
      parent: isSubtask ? this.#top : null,
      ...this.#when(row),
      remindAt: this.#remindersOf(row),
      priority: this.#priorityOf(row),
      quantity: this.#cell(row, 'quantity'),
      link: this.#cell(row, 'link'),
    })
    if (!isSubtask || this.#top === null) this.#top = this.#last
  }

  /** Todoist writes labels into the title, as `@errand`. */
  #titleOf(row: CsvRow): { title: string; labels: string[] } {
    const title = this.#cell(row, 'title')
    const labels = valuesOf(this.#cell(row, 'labels'))
    if (!this.#isTodoist) return { title, labels }
    const rest = title.replace(/(^|\s)@([\p{L}\p{N}_-]+)/gu, (_all, _space, label: string) => {
      labels.push(label)
      return ''
    })
    return rest.trim() === '' ? { title, labels: [] } : { title: rest, labels }
  }

  #when(row: CsvRow): { due: unknown; repeat: unknown } {
    const text = this.#cell(row, 'due')
    const repeatText = this.#cell(row, 'repeat')
    const spoken = repeatOfWords(repeatText) ?? repeatOfWords(text)
    const repeat = RULE.test(repeatText) || spoken === null ? repeatText : spoken
    // "every day" in Todoist's column of dates is a rule and no day.
    if (text === '' || (repeatText === '' && spoken !== null)) return { due: null, repeat }
    const time = this.#cell(row, 'time')
    const read = readDate(time === '' ? text : `${text} ${time}`, this.#dayOrder)
    if ('why' in read) {
      this.#to.skip(row.row, read.why, text, false)
      return { due: null, repeat }
    }
    const tz = this.#cell(row, 'timeZone')
    const isZoned = read.due.time !== undefined && /^[A-Za-z0-9_+/-]{1,64}$/.test(tz)
    return { due: isZoned ? { tz, ...read.due } : read.due, repeat }
  }

  #remindersOf(row: CsvRow): string[] {
    return valuesOf(this.#cell(row, 'reminders')).flatMap((text) => {
      if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return [text]
      const read = readDate(text, this.#dayOrder)
      if ('due' in read && read.due.time !== undefined) return [`${read.due.date}T${read.due.time}`]
      this.#to.skip(row.row, 'bad-date', text, false)
      return []
    })
  }

  #priorityOf(row: CsvRow): number {
    const text = this.#cell(row, 'priority').toLowerCase()
    const number = /^p?(\d)$/.exec(text)?.[1]
    // Todoist counts from the highest, 1, to none, 4.
    if (number !== undefined)
      return Math.max(0, this.#isTodoist ? 4 - Number(number) : Math.min(3, Number(number)))
    if (/^(high|urgent|important|hoch|عالية)$/.test(text)) return 3
    if (/^(medium|mittel|متوسطة)$/.test(text)) return 2
    return /^(low|niedrig|منخفضة)$/.test(text) ? 1 : 0
  }
}
