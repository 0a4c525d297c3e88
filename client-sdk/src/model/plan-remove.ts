import type { Change } from './changes.ts'
import { ModelError } from './errors.ts'
import { needItem, type Plan, type PlanContext, plan, putField } from './plan.ts'
import type { Item } from './types.ts'
import type { ListReader } from './view-types.ts'

/** Puts items into the trash, and their subtasks with them. They keep everything, and edits others make meanwhile. */
export function planRemoveItems(list: ListReader, context: PlanContext, ids: readonly string[]): Plan {
  const removed = new Map<string, Item>()
  const queue = ids.map((id) => needItem(list, id))
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    if (item.deleted !== null || removed.has(item.id)) continue
    removed.set(item.id, item)
    queue.push(...list.children(item.id))
  }
  return plan([...removed.keys()].map((id) => putDeleted(context, id, true)))
}

/** Takes items back from the trash, with the subtasks that went there in the same moment. */
export function planRestoreItems(list: ListReader, context: PlanContext, ids: readonly string[]): Plan {
  const restored = new Map<string, Item>()
  const queue = ids.map((id) => needItem(list, id))
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    const deleted = item.deleted
    if (deleted === null || restored.has(item.id)) continue
    restored.set(item.id, item)
    const together = (child: Item): boolean =>
      child.deleted?.by === deleted.by && child.deleted.at === deleted.at
    queue.push(...list.trashedChildren(item.id).filter(together))
  }
  return plan([...restored.keys()].map((id) => putDeleted(context, id, false)))
}

/**
 * Removes items in the trash for good: every key of theirs, known to this version or not, and the notes. Their comments go to
 * the trash. Nothing brings them back; an edit that somebody makes meanwhile has nothing to show itself on.
 */
export function planPurgeItems(list: ListReader, context: PlanContext, ids: readonly string[]): Plan {
  const changes: Change[] = []
  for (const id of new Set(ids)) {
    const item = needItem(list, id)
    if (item.deleted === null) {
      throw new ModelError('invalid', `'${item.title.slice(0, 64)}' is not in the trash: remove it first.`)
    }
    for (const key of list.keysOf('items', id)) changes.push({ type: 'remove', root: 'items', key })
    if (item.notes.length > 0)
      changes.push({ type: 'text', itemId: id, delta: [{ delete: item.notes.length }] })
    for (const comment of list.comments(id)) {
      changes.push(putField(context, { root: 'comments', id: comment.id, field: 'deleted' }, true))
    }
  }
  return plan(changes)
}

function putDeleted(context: PlanContext, id: string, isDeleted: boolean): Change {
  return putField(context, { root: 'items', id, field: 'deleted' }, isDeleted)
}
