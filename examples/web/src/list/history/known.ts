import type { HistoryEntry, List } from '@tandem/client-sdk'

export type Kind = 'items' | 'sections' | 'labels' | 'comments'

/** What things are called today; null: nobody here knows. A comment goes by the name of its item. */
export type TitleOf = (kind: Kind, id: string) => string | null

/** Of what is in the list, its name there; of what is gone, the last that this part of the history says. */
export function titlesOf(list: List, entries: readonly HistoryEntry[]): TitleOf {
  const { titles, items } = namedIn(entries)
  const titleOf: TitleOf = (kind, id) => {
    if (kind === 'comments') {
      const item = items.get(id)
      return item === undefined ? null : titleOf('items', item)
    }
    return titleIn(list, kind, id) ?? titles.get(`${kind}/${id}`) ?? null
  }
  return titleOf
}

function titleIn(list: List, kind: Kind, id: string): string | undefined {
  if (kind === 'items') return list.items.item(id).getSnapshot()?.title
  const all = kind === 'sections' ? list.sections : list.labels
  return all.getSnapshot().find((one) => one.id === id)?.title
}

/** The newest entries come first, so the first name that is found is the last one it had. */
function namedIn(entries: readonly HistoryEntry[]) {
  const titles = new Map<string, string>()
  const items = new Map<string, string>()
  for (const op of entries.flatMap(({ ops }) => ops)) {
    if (op.op === 'add') {
      remember(titles, `${op.kind}/${op.id}`, textIn(op.value, 'title'))
      if (op.kind === 'comments') remember(items, op.id, textIn(op.value, 'item'))
    }
    if (op.op === 'set' && op.field === 'title') remember(titles, `${op.kind}/${op.id}`, op.to)
  }
  return { titles, items }
}

function remember(known: Map<string, string>, key: string, text: unknown): void {
  if (typeof text === 'string' && !known.has(key)) known.set(key, text)
}

/** A text of a record as the log has it; null where none stands. */
export function textIn(record: unknown, name: string): string | null {
  if (typeof record !== 'object' || record === null) return null
  const text = (record as Readonly<Record<string, unknown>>)[name]
  return typeof text === 'string' ? text : null
}
