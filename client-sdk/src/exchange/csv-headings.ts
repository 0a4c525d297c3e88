/** What a column is about. */
export type Column =
  | 'title'
  | 'done'
  | 'section'
  | 'indent'
  | 'due'
  | 'time'
  | 'timeZone'
  | 'repeat'
  | 'reminders'
  | 'priority'
  | 'labels'
  | 'quantity'
  | 'link'
  | 'notes'
  /** Todoist: task, section or note. */
  | 'type'

/** Headings of our own files and of what Todoist, Microsoft To Do, Outlook, Google, TickTick and people write. */
const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  title: [
    'title',
    'content',
    'subject',
    'name',
    'task',
    'task name',
    'task title',
    'item',
    'todo',
    'summary',
    'titel',
    'betreff',
    'aufgabe',
    'العنوان',
    'المهمة',
  ],
  done: ['done', 'completed', 'complete', 'is completed', 'status', 'checked', 'erledigt', 'تم'],
  section: [
    'section',
    'section name',
    'aisle',
    'list',
    'list name',
    'list title',
    'folder',
    'bucket',
    'bucket name',
    'abschnitt',
    'القسم',
  ],
  indent: ['indent', 'level'],
  due: [
    'due',
    'due date',
    'duedate',
    'due on',
    'date',
    'deadline',
    'fällig',
    'fälligkeit',
    'datum',
    'تاريخ الاستحقاق',
  ],
  time: ['time', 'due time'],
  timeZone: ['time zone', 'timezone'],
  repeat: ['repeat', 'recurrence', 'rrule'],
  reminders: ['reminders', 'reminder', 'reminder date'],
  priority: ['priority', 'importance', 'priorität', 'wichtigkeit', 'الأولوية'],
  labels: ['labels', 'label', 'tags', 'tag', 'categories', 'category', 'etiketten', 'kategorien', 'الوسوم'],
  quantity: ['quantity', 'amount', 'menge', 'الكمية'],
  link: ['link', 'url'],
  notes: ['notes', 'note', 'description', 'body', 'details', 'comment', 'notizen', 'beschreibung', 'ملاحظات'],
  type: ['type'],
}

const COLUMN_BY_HEADING = new Map(
  (Object.entries(HEADINGS) as [Column, readonly string[]][]).flatMap(([column, headings]) =>
    headings.map((heading) => [heading, column] as const),
  ),
)

/** Which column stands where, or null when this line names no titles and so is no line of headings. */
export function columnsOf(cells: readonly string[]): ReadonlyMap<Column, number> | null {
  const columns = new Map<Column, number>()
  for (const [at, cell] of cells.entries()) {
    const heading = cell
      .trim()
      .toLowerCase()
      .replace(/[_\s]+/g, ' ')
    const column = COLUMN_BY_HEADING.get(heading)
    if (column !== undefined && !columns.has(column)) columns.set(column, at)
  }
  return columns.has('title') ? columns : null
}
