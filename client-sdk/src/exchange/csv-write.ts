import { csvCell, csvLine } from './csv.ts'
import type { Content, ContentItem } from './types.ts'

/** The headings we write; what else we read is in `csv-headings.ts`. */
export const CSV_HEADINGS = [
  'title',
  'done',
  'section',
  'indent',
  'due',
  'time',
  'time zone',
  'repeat',
  'reminders',
  'priority',
  'labels',
  'quantity',
  'link',
  'assignees',
  'notes',
] as const

/** For spreadsheets: one line for each item, its subtasks below it with `indent` 2. With the mark by which Excel knows UTF-8. */
export function writeCsv(content: Content, nameOf: (userId: string) => string): string {
  const lines = content.items.map((item) => csvLine(cellsOf(content, item, nameOf)))
  return `\uFEFF${[csvLine(CSV_HEADINGS), ...lines].join('\r\n')}\r\n`
}

function cellsOf(content: Content, item: ContentItem, nameOf: (userId: string) => string): string[] {
  const section = item.section === null ? undefined : content.sections[item.section]
  const labels = item.labels.flatMap((at) => content.labels[at]?.title ?? [])
  return [
    item.title,
    item.done ? 'yes' : 'no',
    section ?? '',
    item.parent === null ? '1' : '2',
    item.due?.date ?? '',
    item.due?.time ?? '',
    item.due?.tz ?? '',
    item.repeat ?? '',
    csvCell(item.remindAt),
    item.priority === 0 ? '' : String(item.priority),
    csvCell(labels),
    item.quantity ?? '',
    item.link ?? '',
    csvCell(item.assignees.map(nameOf)),
    item.notes,
  ]
}
