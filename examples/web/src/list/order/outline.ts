import type { Item, Section } from '@tandem/client-sdk'
import { DONE, LOOSE, laneOf, type Order, sameOrder } from './order.ts'

export interface Progress {
  readonly done: number
  readonly total: number
}

/** What is where, as everybody has it, and how far items with subtasks are. */
export interface Outline {
  readonly order: Order
  readonly progress: ReadonlyMap<string, Progress>
}

/** Shows what is about somebody or carries a label; null: does not matter. */
export interface Filter {
  readonly assignee: string | null
  readonly label: string | null
}

export const NO_FILTER: Filter = { assignee: null, label: null }

/**
 * Arranges items, which come sorted. Subtasks stand under their item wherever their own place is; deeper ones, which only programs make,
 * stand beside them. An item that is done takes its subtasks along to the end, where the last one done is the first.
 */
export function outlineOf(items: readonly Item[], filter: Filter = NO_FILTER): Outline {
  const byId = new Map(items.map((item) => [item.id, item]))
  const lanes = new Map<string, string[]>()
  const progress = new Map<string, Progress>()
  const wanted = isFiltering(filter) ? familiesOf(items, byId, filter) : null
  const push = (lane: string, id: string): void => {
    const ids = lanes.get(lane)
    if (ids === undefined) lanes.set(lane, [id])
    else ids.push(id)
  }
  for (const item of items) {
    const root = rootOf(item, byId)
    if (wanted !== null && !wanted.has(root.id)) continue
    if (root === item) {
      push(item.done ? DONE : (item.section ?? LOOSE), item.id)
      continue
    }
    push(laneOf(root.id), item.id)
    const { done, total } = progress.get(root.id) ?? { done: 0, total: 0 }
    progress.set(root.id, { done: done + (item.done ? 1 : 0), total: total + 1 })
  }
  lanes.get(DONE)?.sort((a, b) => completedAt(byId.get(b)) - completedAt(byId.get(a)))
  return { order: { groups: [], lanes }, progress }
}

/** With the groups in the order of the sections. What names a section that is not there stands among the loose ones. */
export function withSections({ order, progress }: Outline, sections: readonly Section[]): Outline {
  const groups = [LOOSE, ...sections.map(({ id }) => id), DONE]
  return { order: { groups, lanes: order.lanes }, progress }
}

export function sameOutline(a: Outline, b: Outline): boolean {
  return sameOrder(a.order, b.order) && sameProgress(a.progress, b.progress)
}

export function isFiltering(filter: Filter): boolean {
  return filter.assignee !== null || filter.label !== null
}

/** A whole family is shown when one of it is wanted: a subtask without its item says nothing. */
function familiesOf(items: readonly Item[], byId: ReadonlyMap<string, Item>, filter: Filter): Set<string> {
  const roots = new Set<string>()
  for (const item of items) {
    if (filter.assignee !== null && !item.assignees.includes(filter.assignee)) continue
    if (filter.label !== null && !item.labels.includes(filter.label)) continue
    roots.add(rootOf(item, byId).id)
  }
  return roots
}

function rootOf(item: Item, byId: ReadonlyMap<string, Item>): Item {
  let root = item
  while (root.parent !== null) {
    const parent = byId.get(root.parent)
    if (parent === undefined) return root
    root = parent
  }
  return root
}

function completedAt(item: Item | undefined): number {
  return item?.completed?.at ?? 0
}

function sameProgress(a: ReadonlyMap<string, Progress>, b: ReadonlyMap<string, Progress>): boolean {
  if (a.size !== b.size) return false
  return [...a].every(([id, { done, total }]) => b.get(id)?.done === done && b.get(id)?.total === total)
}
