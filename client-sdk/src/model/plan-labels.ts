import type { Change } from './changes.ts'
import { LIMITS } from './limits.ts'
import { ensureRoom, found, freeId, type Plan, type PlanContext, plan, putField, putRecord } from './plan.ts'
import type { Label } from './types.ts'
import type { ListReader } from './view-types.ts'

/** Adds a label. Value: its id. */
export function planAddLabel(
  list: ListReader,
  context: PlanContext,
  input: { readonly title: string; readonly color?: string | null; readonly id?: string },
): Plan<string> {
  ensureRoom(list, 'labels', 1, LIMITS.labelsPerList)
  const id = freeId(list, context, 'labels', input.id)
  const fields = input.color ? { title: input.title, color: input.color } : { title: input.title }
  return { value: id, changes: [putRecord(context, { kind: 'labels', id }, fields)] }
}

/** Renames or recolors a label; what is not named stays. */
export function planUpdateLabel(
  list: ListReader,
  context: PlanContext,
  id: string,
  patch: { readonly title?: string; readonly color?: string | null },
): Plan {
  const label = needLabel(list, id)
  const changes: Change[] = []
  for (const field of ['title', 'color'] as const) {
    const value = patch[field]
    if (value === undefined || value === label[field]) continue
    changes.push(putField(context, { root: 'labels', id, field }, value))
  }
  return plan(changes)
}

/** Removes a label. Items that have it show it no more, and show it again when it is restored. */
export function planRemoveLabel(list: ListReader, context: PlanContext, id: string): Plan {
  if (needLabel(list, id).deleted !== null) return plan([])
  return plan([putField(context, { root: 'labels', id, field: 'deleted' }, true)])
}

export function planRestoreLabel(list: ListReader, context: PlanContext, id: string): Plan {
  if (needLabel(list, id).deleted === null) return plan([])
  return plan([putField(context, { root: 'labels', id, field: 'deleted' }, false)])
}

function needLabel(list: ListReader, id: string): Label {
  return found(list.label(id), 'label', id)
}
