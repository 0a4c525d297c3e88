import {
  fieldKey,
  type ItemInput,
  type ItemPlace,
  type Plan,
  planAddItems,
  planAssign,
  planLabel,
  planMoveItems,
  planReplaceNotes,
  planToggle,
  planUpdateItem,
} from '@tandem/client-sdk/model'
import { can } from '@tandem/client-sdk/protocol'
import type { ListWithRole } from '@tandem/persistence'
import { TandemError } from '../errors.ts'
import { type FromJson, fromJson } from './from-json.ts'
import { living } from './gone.ts'
import type { ItemPatchBody, NewItem } from './schemas.ts'
import type { Draft } from './write.ts'

/**
 * Adds an item. Its id when it is new; null with the id of one that is there already: the same id again by the same person
 * is the same item, so that a caller who never saw the answer can ask again.
 */
export function addItem(
  { view, context, add }: Draft,
  list: ListWithRole,
  body: NewItem,
): { readonly id: string; readonly isNew: boolean } {
  const { section, place, id: given, ...input } = fromJson(body)
  const id = given ?? context.newId()
  const existing = view.item(id)
  if (existing !== undefined && existing.created.by === context.by) {
    living(existing, { listId: list.id, collection: 'items', id })
    return { id, isNew: false }
  }
  if (view.keysOf('items', id).length > 0) throw new TandemError('id-taken')
  const where = placeOf(section, place)
  const item: ItemInput = { ...input, id, ...(where === undefined ? {} : { place: where }) }
  add(planAddItems(view, context, [item]))
  return { id, isNew: true }
}

/** Changes what the patch names and nothing else, as one edit. */
export function patchItem(draft: Draft, list: ListWithRole, id: string, body: ItemPatchBody): void {
  const { view, context, add } = draft
  const { done, section, place, assignees, labels, notes, today, ...fields } = fromJson(body)
  living(view.item(id), { listId: list.id, collection: 'items', id })
  add(planUpdateItem(view, context, id, fields))
  if (assignees !== undefined) add(planAssign(view, context, id, assignees))
  if (labels !== undefined) add(planLabel(view, context, id, labels))
  const where = placeOf(section, place)
  if (where !== undefined) add(planMoveItems(view, context, [id], where))
  if (notes !== undefined) add(planReplaceNotes(view, id, notes))
  // Last: the next one of a repeating item takes over what was just changed.
  if (done === undefined) return
  const day = today === undefined ? context : { ...context, today }
  add(tick(planToggle(view, day, id, done), list, id))
}

/** Who may tick and nothing else does not make the next occurrence; the server does, once the tick is stored. */
function tick(plan: Plan<unknown>, list: ListWithRole, id: string): Plan<unknown> {
  if (can(list.role, 'edit')) return plan
  const key = fieldKey(id, 'done')
  return { ...plan, changes: plan.changes.filter((change) => change.type === 'put' && change.key === key) }
}

/** Said before the item is looked at, and by the gate again: the answer must not depend on what the values are. */
export function needRightToPatch(list: ListWithRole, id: string, body: ItemPatchBody): void {
  if (can(list.role, 'edit')) return
  const { done, today, ...others } = body
  const keys = Object.keys(others)
  if (done !== undefined && !can(list.role, 'tick')) keys.push('done')
  if (keys.length === 0 && can(list.role, 'tick')) return
  throw new TandemError('not-allowed', undefined, {
    facts: { keys: keys.map((field) => `items/${id}/${field}`) },
  })
}

/** `section` is the short form of a place: the end of that section. */
function placeOf(
  section: string | null | undefined,
  place: FromJson<NewItem['place']> | undefined,
): ItemPlace | undefined {
  if (section !== undefined && place !== undefined) {
    throw new TandemError('validation-error', 'section and place both say where the item goes: send one')
  }
  if (section !== undefined) return { at: 'end', section }
  return place
}
