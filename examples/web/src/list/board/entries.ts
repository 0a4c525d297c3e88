import { DONE, inLane, LOOSE, laneOf, type Order } from '../order/order.ts'
import type { Folds } from './folds.ts'

/** One line on the screen. */
export type Entry =
  | {
      readonly kind: 'section'
      readonly key: string
      readonly id: string
      readonly count: number
      readonly isCollapsed: boolean
    }
  | {
      readonly kind: 'row'
      readonly key: string
      readonly id: string
      readonly group: string
      readonly parent: string | null
    }
  /** Where the next section is made: behind everything that is open. */
  | { readonly kind: 'add-section'; readonly key: string }
  /** Where the next subtask is typed. */
  | { readonly kind: 'add-subtask'; readonly key: string; readonly parent: string }
  | { readonly kind: 'done'; readonly key: string; readonly count: number; readonly isOpen: boolean }

interface Extra {
  readonly addingTo: string | null
  readonly canAddSection: boolean
}

/** The lines of a list, one below the other: what is folded away has none. */
export function entriesOf(order: Order, folds: Folds, extra: Extra): Entry[] {
  const { addingTo, canAddSection } = extra
  const entries: Entry[] = []
  for (const group of order.groups) {
    const ids = inLane(order, group)
    if (group === DONE) {
      // On an empty list there is one thing to do, and that is another.
      const isEmpty = entries.length === 0 && ids.length === 0
      if (canAddSection && !isEmpty) entries.push({ kind: 'add-section', key: '+' })
      if (ids.length === 0) continue
      entries.push({ kind: 'done', key: DONE, count: ids.length, isOpen: folds.isDoneOpen })
      if (!folds.isDoneOpen) continue
    } else if (group !== LOOSE) {
      const isCollapsed = folds.collapsed.has(group)
      entries.push({ kind: 'section', key: group, id: group, count: ids.length, isCollapsed })
      if (isCollapsed) continue
    }
    for (const id of ids) {
      entries.push({ kind: 'row', key: id, id, group, parent: null })
      for (const child of inLane(order, laneOf(id)))
        entries.push({ kind: 'row', key: child, id: child, group, parent: id })
      if (addingTo === id) entries.push({ kind: 'add-subtask', key: `+${id}`, parent: id })
    }
  }
  return entries
}

export function rowIds(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => (entry.kind === 'row' ? [entry.id] : []))
}
