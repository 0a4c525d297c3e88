import { LIMITS } from './limits.ts'
import {
  ensureRoom,
  found,
  freeId,
  needItem,
  type Plan,
  type PlanContext,
  plan,
  putField,
  putRecord,
} from './plan.ts'
import type { Comment } from './types.ts'
import type { ListReader } from './view-types.ts'

/** Adds a comment to an item. Value: its id. */
export function planAddComment(
  list: ListReader,
  context: PlanContext,
  input: { readonly item: string; readonly body: string; readonly id?: string },
): Plan<string> {
  needItem(list, input.item)
  ensureRoom(list, 'comments', 1, LIMITS.commentsPerList)
  const id = freeId(list, context, 'comments', input.id)
  const record = putRecord(context, { kind: 'comments', id }, { item: input.item, body: input.body })
  return { value: id, changes: [record] }
}

export function planEditComment(list: ListReader, context: PlanContext, id: string, body: string): Plan {
  return put(list, context, id, { field: 'body', value: body })
}

export function planResolveComment(
  list: ListReader,
  context: PlanContext,
  id: string,
  isResolved: boolean,
): Plan {
  return put(list, context, id, { field: 'resolved', value: isResolved })
}

export function planRemoveComment(list: ListReader, context: PlanContext, id: string): Plan {
  if (needComment(list, id).deleted !== null) return plan([])
  return plan([putField(context, { root: 'comments', id, field: 'deleted' }, true)])
}

function put(
  list: ListReader,
  context: PlanContext,
  id: string,
  to: { readonly field: 'body' | 'resolved'; readonly value: string | boolean },
): Plan {
  if (needComment(list, id)[to.field] === to.value) return plan([])
  return plan([putField(context, { root: 'comments', id, field: to.field }, to.value)])
}

function needComment(list: ListReader, id: string): Comment {
  return found(list.comment(id), 'comment', id)
}
