import type { Change } from './changes.ts'
import { ModelError } from './errors.ts'
import { isExtensionName } from './field-rules.ts'
import { fieldKey } from './keys.ts'
import { needItem, type Plan, type PlanContext, plan, putField, putMember } from './plan.ts'
import { ensureSetSize, needLabel } from './plan-add.ts'
import { sameValue } from './same.ts'
import type { Item } from './types.ts'
import type { ListReader } from './view-types.ts'

type Patchable = 'title' | 'due' | 'repeat' | 'remindAt' | 'priority' | 'quantity' | 'link'

/** Fields not named stay as they are. `extensions` names `x-…` fields one by one; the others stay. */
export type ItemPatch = Partial<Pick<Item, Patchable | 'extensions'>>

export interface SetChange {
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
}

const PATCHABLE: readonly string[] = [
  'title',
  'due',
  'repeat',
  'remindAt',
  'priority',
  'quantity',
  'link',
] satisfies Patchable[]

/** Writes the fields of an item that differ. An item in the trash can be edited; it stays there. */
export function planUpdateItem(list: ListReader, context: PlanContext, id: string, patch: ItemPatch): Plan {
  const item = needItem(list, id)
  const changes: Change[] = []
  const { extensions, ...fields } = patch
  for (const [field, value] of Object.entries(fields)) {
    if (!PATCHABLE.includes(field))
      throw new ModelError('invalid', `'${field.slice(0, 64)}' cannot be updated.`)
    if (value === undefined || sameValue(item[field as Patchable], value)) continue
    changes.push(putField(context, { root: 'items', id, field }, value))
  }
  for (const [field, value] of Object.entries(extensions ?? {})) {
    if (!isExtensionName(field))
      throw new ModelError('invalid', 'The name of an extension field begins with x-.')
    if (sameValue(item.extensions[field], value)) continue
    changes.push(putField(context, { root: 'items', id, field }, value))
  }
  return plan(changes)
}

/** Adds and takes away people. Each is a key of its own: two devices that add one each both succeed. */
export function planAssign(list: ListReader, context: PlanContext, id: string, change: SetChange): Plan {
  return changeSet(context, needItem(list, id), 'assignee', change)
}

export function planLabel(list: ListReader, context: PlanContext, id: string, change: SetChange): Plan {
  for (const label of change.add ?? []) needLabel(list, label)
  return changeSet(context, needItem(list, id), 'label', change)
}

function changeSet(context: PlanContext, item: Item, set: 'label' | 'assignee', change: SetChange): Plan {
  const before = new Set(set === 'label' ? item.labels : item.assignees)
  const after = new Set(before)
  for (const member of change.add ?? []) after.add(member)
  for (const member of change.remove ?? []) after.delete(member)
  if (after.size > before.size) ensureSetSize(set, after.size)
  const changes = new Map<string, Change>()
  for (const member of new Set([...before, ...after])) {
    if (before.has(member) === after.has(member)) continue
    const put = putMember(context, { kind: 'items', id: item.id, set, member }, after.has(member))
    changes.set(fieldKey(item.id, member), put)
  }
  return plan([...changes.values()])
}
