import type { Item, List } from '../list/types.ts'
import type { Id } from '../types.ts'
import type { Content, ContentItem } from './types.ts'

/** A list's items with their subtasks behind them, as everything here goes through them. */
export interface Branch {
  readonly item: Item
  readonly parent: Item | null
}

/** The items in the list's order, each followed by its subtasks. With `ids` those and their subtasks; a subtask alone is an item. */
export function branchesOf(list: List, ids?: readonly Id[]): Branch[] {
  const all = list.items.select({}, (items) => items).getSnapshot()
  const byId = new Map(all.map((item) => [item.id, item]))
  const chosen = ids === undefined ? null : new Set(ids)
  const children = new Map<Id, Item[]>()
  const roots: Item[] = []
  for (const item of all) {
    const root = rootOf(item, byId, chosen)
    if (root === item) roots.push(item)
    else if (root !== null) {
      const siblings = children.get(root.id) ?? []
      siblings.push(item)
      children.set(root.id, siblings)
    }
  }
  return roots.flatMap((item) => [
    { item, parent: null },
    ...(children.get(item.id) ?? []).map((child) => ({ item: child, parent: item })),
  ])
}

/** The item under which this one is taken along: itself, the one above all of its parents, or null when it is not taken. */
function rootOf(item: Item, byId: ReadonlyMap<Id, Item>, chosen: ReadonlySet<Id> | null): Item | null {
  let root = chosen === null || chosen.has(item.id) ? item : null
  for (let at = item; at.parent !== null; ) {
    const above = byId.get(at.parent)
    if (above === undefined) break
    if (chosen === null || chosen.has(above.id)) root = above
    at = above
  }
  return root
}

/** What is in the list on this screen, without its trash. */
export function contentOf(list: List, ids?: readonly Id[]): Content {
  const { title, icon } = list.info.getSnapshot()
  const sections = list.sections.getSnapshot()
  const labels = list.labels.getSnapshot()
  const sectionAt = new Map(sections.map(({ id }, at) => [id, at]))
  const labelAt = new Map(labels.map(({ id }, at) => [id, at]))
  const branches = branchesOf(list, ids)
  const at = new Map(branches.map(({ item }, index) => [item.id, index]))
  const items = branches.map(({ item, parent }): ContentItem => {
    const section = (parent ?? item).section
    return {
      title: item.title,
      notes: item.notes,
      done: item.done,
      section: section === null ? null : (sectionAt.get(section) ?? null),
      parent: parent === null ? null : (at.get(parent.id) ?? null),
      labels: item.labels.flatMap((id) => labelAt.get(id) ?? []),
      due: item.due,
      repeat: item.repeat,
      remindAt: item.remindAt,
      priority: item.priority,
      quantity: item.quantity,
      link: item.link,
      assignees: item.assignees,
      extensions: item.extensions,
    }
  })
  return {
    title: title === '' ? null : title,
    icon,
    sections: sections.map((section) => section.title),
    labels: labels.map((label) => ({ title: label.title, color: label.color })),
    items,
  }
}
