import { checkField } from '../model/schema.ts'
import { Builder } from './builder.ts'
import { type IcsLine, icsLines, icsValues, readIcsText } from './ics-lines.ts'
import type { Parsed } from './types.ts'

interface Todo {
  readonly row: number
  readonly lines: Map<string, IcsLine>
  readonly categories: string[]
  readonly alarms: IcsLine[]
}

/** Deeper than any calendar; what nests further is no calendar. */
const MOST_DEEP = 8
const KINDS = new Set(['VEVENT', 'VJOURNAL', 'VFREEBUSY'])

/** The VTODOs of a calendar; its events are named and left out. */
export function readIcsContent(text: string): Parsed {
  const to = new Builder()
  const todos: Todo[] = []
  const open: string[] = []
  let todo: Todo | null = null
  for (const line of icsLines(text)) {
    const part = line.value.trim().toUpperCase()
    if (line.name === 'BEGIN') {
      open.push(part)
      if (open.length > MOST_DEEP) {
        to.skip(line.row, 'broken', part)
        break
      }
      if (part === 'VTODO') todo = { row: line.row, lines: new Map(), categories: [], alarms: [] }
      else if (KINDS.has(part)) to.skip(line.row, 'unknown-kind', part)
    } else if (line.name === 'END') {
      open.pop()
      if (part === 'VTODO' && todo !== null) todos.push(todo)
      if (part === 'VTODO') todo = null
    } else if (todo !== null) take(todo, line, open.at(-1))
    else if (line.name === 'X-WR-CALNAME' || line.name === 'NAME') to.named(readIcsText(line.value))
  }
  if (todo !== null) to.skip(todo.row, 'broken', textOf(todo, 'SUMMARY'))
  add(to, todos)
  return to.done('ics')
}

function take(todo: Todo, line: IcsLine, inside: string | undefined): void {
  if (inside === 'VALARM') {
    if (line.name === 'TRIGGER') todo.alarms.push(line)
  } else if (inside !== 'VTODO') return
  else if (line.name === 'CATEGORIES') todo.categories.push(...icsValues(line.value))
  else if (!todo.lines.has(line.name)) todo.lines.set(line.name, line)
}

/** In the order their program shows them, subtasks behind what they belong to, wherever they stood. */
function add(to: Builder, todos: readonly Todo[]): void {
  const byId = new Map(todos.map((todo) => [textOf(todo, 'UID'), todo]))
  const children = new Map<Todo, Todo[]>()
  const roots: Todo[] = []
  const known = new Map<Todo, Todo | null>()
  for (const todo of todos) {
    const root = rootOf(todo, byId, known)
    if (root === todo) roots.push(todo)
    else {
      const siblings = children.get(root) ?? []
      siblings.push(todo)
      children.set(root, siblings)
    }
  }
  for (const root of sorted(roots)) {
    const parent = addOne(to, root, null)
    for (const child of sorted(children.get(root) ?? [])) addOne(to, child, parent)
  }
}

/** Each is asked for once, so that a chain of 100,000 is no more work than 100,000 items. */
function rootOf(todo: Todo, byId: ReadonlyMap<string, Todo>, known: Map<Todo, Todo | null>): Todo {
  const passed = new Set<Todo>()
  let at = todo
  let top: Todo | null | undefined = known.get(at)
  while (top === undefined) {
    passed.add(at)
    const above = byId.get(textOf(at, 'RELATED-TO'))
    if (above === undefined) top = at
    // A circle has no top: each in it, and below it, stands for itself.
    else if (passed.has(above)) top = null
    else {
      at = above
      top = known.get(at)
    }
  }
  for (const one of passed) known.set(one, top)
  return top ?? todo
}

function sorted(todos: readonly Todo[]): Todo[] {
  const orderOf = (todo: Todo): number => Number(textOf(todo, 'X-APPLE-SORT-ORDER') || 'NaN')
  if (todos.some((todo) => Number.isNaN(orderOf(todo)))) return [...todos]
  return [...todos].sort((a, b) => orderOf(a) - orderOf(b))
}

function addOne(to: Builder, todo: Todo, parent: number | null): number | null {
  const isDone = textOf(todo, 'STATUS') === 'COMPLETED' || todo.lines.has('COMPLETED')
  const repeat = todo.lines.get('X-TANDEM-REPEAT') ?? todo.lines.get('RRULE')
  return to.item({
    row: todo.row,
    title: textOf(todo, 'SUMMARY'),
    notes: textOf(todo, 'DESCRIPTION'),
    done: isDone,
    parent,
    section: textOf(todo, 'X-TANDEM-SECTION'),
    labels: todo.categories,
    due: dueOf(to, todo),
    // Our weeks begin on Monday, too.
    repeat: repeat?.value.trim().replace(/;WKST=MO(?=;|$)/, '') ?? null,
    remindAt: remindersOf(to, todo),
    priority: priorityOf(textOf(todo, 'PRIORITY')),
    quantity: textOf(todo, 'X-TANDEM-QUANTITY'),
    link: todo.lines.get('URL')?.value.trim() ?? null,
  })
}

function textOf(todo: Todo, name: string): string {
  return readIcsText(todo.lines.get(name)?.value ?? '')
}

function dueOf(to: Builder, todo: Todo): unknown {
  const line = todo.lines.get('DUE') ?? todo.lines.get('DTSTART')
  if (line === undefined) return null
  const parts = partsOf(line.value)
  if (parts === null) {
    to.skip(todo.row, 'bad-date', line.value, false)
    return null
  }
  const { date, time, isUtc } = parts
  const tz = isUtc ? 'UTC' : line.params.get('TZID')
  if (time === null) return { date }
  // Some programs put the path of their own time zone files before the name.
  const zoned = { date, time, tz: tz?.replace(/^\/.*?\/(?=[A-Z])/, '') ?? '' }
  return checkField('items', 'due', zoned) === null ? zoned : { date, time }
}

function remindersOf(to: Builder, todo: Todo): string[] {
  return todo.alarms.flatMap((line) => {
    const parts = partsOf(line.value)
    // "15 minutes before" is counted from a time that the item may not have.
    if (parts?.time) return [`${parts.date}T${parts.time}${parts.isUtc ? 'Z' : ''}`]
    to.skip(todo.row, 'bad-date', line.value, false)
    return []
  })
}

function partsOf(value: string): { date: string; time: string | null; isUtc: boolean } | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z)?)?$/.exec(value.trim())
  if (match === null) return null
  const [, year, month, day, hour, minute, utc] = match
  const time = hour === undefined ? null : `${hour}:${minute}`
  return { date: `${year}-${month}-${day}`, time, isUtc: utc !== undefined }
}

function priorityOf(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 9) return 0
  if (number < 5) return 3
  return number === 5 ? 2 : 1
}
