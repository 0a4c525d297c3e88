import { isPlainObject } from '../model/field-rules.ts'
import { Builder } from './builder.ts'
import type { Parsed } from './types.ts'

interface Waiting {
  readonly value: unknown
  readonly parent: number | null
}

/** Where the places in the file have come to. */
interface Names {
  readonly sections: readonly (number | null)[]
  readonly labels: readonly string[]
}

/** Our own files, and any JSON that has a list of things with titles in it. */
export function readJsonContent(text: string): Parsed {
  const to = new Builder()
  const file = parsed(text)
  if (file === undefined) {
    to.skip(1, 'broken', text)
    return to.done('json')
  }
  const top = isPlainObject(file) ? file : { items: file }
  to.named(top['title'] ?? top['name'], top['icon'] ?? null)
  const sections = arrayOf(top['sections']).map((section) => to.newSection(1, nameOf(section)))
  const labels = arrayOf(top['labels']).map((label) => {
    const name = nameOf(label)
    to.label(1, name, isPlainObject(label) ? (label['color'] ?? null) : null)
    return name
  })
  addItems(to, arrayOf(top['items'] ?? top['tasks']), { sections, labels })
  return to.done('json')
}

/** With a list of its own instead of calls within calls: a file nested 100,000 deep must not end in a full stack. */
function addItems(to: Builder, items: readonly unknown[], names: Names): void {
  const waiting: Waiting[] = items.map((value) => ({ value, parent: null })).reverse()
  for (let row = 1; waiting.length > 0; row += 1) {
    const { value, parent } = waiting.pop() as Waiting
    const item = typeof value === 'string' ? { title: value } : value
    if (!isPlainObject(item)) {
      to.skip(row, 'unknown-kind', value)
      continue
    }
    const at = addItem(to, { row, parent, ...names }, item)
    const subtasks = arrayOf(item['subtasks'] ?? item['children'])
    for (const value of [...subtasks].reverse()) waiting.push({ value, parent: parent ?? at })
  }
}

function addItem(
  to: Builder,
  { row, parent, sections, labels }: { row: number; parent: number | null } & Names,
  item: Record<string, unknown>,
): number | null {
  const { section } = item
  return to.item({
    row,
    title: nameOf(item),
    notes: textOf(item['notes']),
    done: item['done'] === true || item['completed'] === true,
    parent,
    section: typeof section === 'number' ? (sections[section] ?? null) : textOf(section),
    labels: arrayOf(item['labels']).map((label) =>
      typeof label === 'number' ? (labels[label] ?? '') : nameOf(label),
    ),
    due: typeof item['due'] === 'string' ? { date: item['due'] } : item['due'],
    repeat: item['repeat'],
    remindAt: item['remindAt'],
    priority: item['priority'],
    quantity: item['quantity'],
    link: item['link'],
    assignees: arrayOf(item['assignees']).flatMap((who) => {
      const id = isPlainObject(who) ? who['id'] : who
      return typeof id === 'string' && id !== '' ? [id] : []
    }),
    extensions: item,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Cut short, or no JSON at all; the caller says so.
    return undefined
  }
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function nameOf(value: unknown): string {
  if (typeof value === 'string') return value
  return isPlainObject(value) ? textOf(value['title'] ?? value['name'] ?? value['content']) : ''
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
