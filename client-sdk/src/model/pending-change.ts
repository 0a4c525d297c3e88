import type { Item } from './types.ts'

/** A `ListChange` in the making. */
export interface PendingChange {
  readonly items: Map<string, Item | undefined>
  /** Changed items whose place in the order has not been looked at yet. */
  readonly reordered: Set<string>
  readonly comments: Set<string>
  order: boolean
  sections: boolean
  labels: boolean
  trash: boolean
  list: boolean
}

export function pendingChange(): PendingChange {
  return {
    items: new Map(),
    reordered: new Set(),
    comments: new Set(),
    order: false,
    sections: false,
    labels: false,
    trash: false,
    list: false,
  }
}

export function isEmptyChange(change: PendingChange): boolean {
  const { items, comments, order, sections, labels, trash, list } = change
  return items.size === 0 && comments.size === 0 && !(order || sections || labels || trash || list)
}
