import type { Content, ContentItem } from './types.ts'

export const JSON_FORMAT = 'tandem-list'
export const JSON_VERSION = 1

/** What is known of an item that nobody can import: who did what is for reading. */
export interface History {
  readonly created: { readonly by: string; readonly at: string }
  readonly completed: { readonly by: string; readonly at: string } | null
  readonly comments: readonly { readonly by: string; readonly at: string; readonly body: string }[]
}

/** Everything that is in the list; sections and labels by their place in the file. */
export function writeJson(
  content: Content,
  histories: readonly History[],
  nameOf: (userId: string) => string,
): string {
  const children = new Map<number, object[]>()
  const items: object[] = []
  for (const [at, item] of content.items.entries()) {
    const subtasks: object[] = []
    children.set(at, subtasks)
    const written = { ...fieldsOf(item, nameOf), ...item.extensions, ...slim({ ...histories[at] }), subtasks }
    const siblings = item.parent === null ? items : (children.get(item.parent) ?? items)
    siblings.push(written)
  }
  const { title, icon, sections, labels } = content
  const file = { format: JSON_FORMAT, version: JSON_VERSION, title, icon, sections, labels, items }
  return `${JSON.stringify(file, (key, value) => (isEmptyList(key, value) ? undefined : value), 2)}\n`
}

function fieldsOf(item: ContentItem, nameOf: (userId: string) => string): object {
  const { parent, extensions: _, assignees, section, ...fields } = item
  const people = assignees.map((id) => ({ id, name: nameOf(id) }))
  return slim({ ...fields, section: parent === null ? section : null, assignees: people })
}

/** What is empty says nothing; a file of 500 items is half as long without. */
function slim(fields: Readonly<Record<string, unknown>>): object {
  const isSaid = ([field, value]: [string, unknown]): boolean => {
    if (Array.isArray(value)) return value.length > 0
    return value !== null && value !== '' && value !== false && !(field === 'priority' && value === 0)
  }
  return Object.fromEntries(Object.entries(fields).filter(isSaid))
}

/** Filled after its item was written down, so it cannot be left out there. */
function isEmptyList(key: string, value: unknown): boolean {
  return key === 'subtasks' && Array.isArray(value) && value.length === 0
}
