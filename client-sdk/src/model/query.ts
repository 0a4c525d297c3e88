import { compare } from './sorting.ts'
import type { Item } from './types.ts'
import type { ListReader } from './view-types.ts'

export type Sort = 'manual' | 'due' | 'priority' | 'title' | 'created' | 'assignee'

/** Which items, in which order. What is not named does not matter; `null` means none (no section, no parent). */
export interface View {
  /** `since`: all open ones, and those completed at or after that moment. */
  readonly done?: boolean | { readonly since: number }
  readonly section?: string | null
  readonly parent?: string | null
  readonly assignee?: string
  readonly label?: string
  readonly sort?: Sort
  /** Words that must all occur in title or notes, whatever their case. */
  readonly text?: string
}

/** The items of a view, sorted; ties stay in the list's own order. Items in the trash are in no view. */
export function selectItems(list: ListReader, view: View, locale?: string): Item[] {
  const words = wordsOf(view.text ?? '')
  const items: Item[] = []
  for (const id of list.ids()) {
    const item = list.item(id)
    if (item !== undefined && matchesView(item, view) && matchesWords(item, words)) items.push(item)
  }
  const order = sortOf(view.sort ?? 'manual', locale)
  return order === null ? items : items.sort(order)
}

/** True when the item is in the view, its text aside. */
export function matchesView(item: Item, view: View): boolean {
  if (item.deleted !== null) return false
  if (view.section !== undefined && item.section !== view.section) return false
  if (view.parent !== undefined && item.parent !== view.parent) return false
  if (view.assignee !== undefined && !item.assignees.includes(view.assignee)) return false
  if (view.label !== undefined && !item.labels.includes(view.label)) return false
  if (view.done === undefined) return true
  if (typeof view.done === 'boolean') return item.done === view.done
  return item.completed === null || item.completed.at >= view.done.since
}

/** True when all words, as `wordsOf` gives them, occur in title or notes. */
export function matchesWords(item: Item, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = foldedText(item)
  return words.every((word) => text.includes(word))
}

/** What a person is looking for, word by word, as it is compared. */
export function wordsOf(text: string): string[] {
  return folded(text)
    .split(/\s+/u)
    .filter((word) => word !== '')
}

const foldedTexts = new WeakMap<Item, string>()

/** Items are frozen, and each letter typed into a search field looks at all of them. */
function foldedText(item: Item): string {
  const known = foldedTexts.get(item)
  if (known !== undefined) return known
  const text = folded(`${item.title}\n${item.notes}`)
  foldedTexts.set(item, text)
  return text
}

function folded(text: string): string {
  return text.normalize('NFKC').toLocaleLowerCase()
}

function sortOf(sort: Sort, locale: string | undefined): ((a: Item, b: Item) => number) | null {
  switch (sort) {
    case 'manual':
      return null
    case 'due':
      return (a, b) => compare(dueKey(a), dueKey(b))
    case 'priority':
      return (a, b) => b.priority - a.priority
    case 'created':
      return (a, b) => a.created.at - b.created.at
    case 'title': {
      const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
      return (a, b) => collator.compare(a.title, b.title)
    }
    case 'assignee':
      return (a, b) => compare(a.assignees[0] ?? LAST, b.assignees[0] ?? LAST)
  }
}

/** Behind everything that can be typed. */
const LAST = '\uffff'

/** Without a time of day means: some time that day, so behind those that have one; without a date comes last. */
export function dueKey(item: Item): string {
  return item.due === null ? LAST : `${item.due.date} ${item.due.time ?? LAST}`
}
