import type { Change } from './changes.ts'
import { ModelError } from './errors.ts'
import { LIMITS } from './limits.ts'
import { type Placed, placeAt } from './order.ts'
import { placedItems, resolvePlace, type Spot } from './place.ts'
import {
  ensure,
  ensureRoom,
  found,
  freeId,
  type ItemPlace,
  type Plan,
  type PlanContext,
  putField,
  putMember,
  putRecord,
} from './plan.ts'
import { sameValue } from './same.ts'
import { checkNotesLength, ITEM_FIELDS, type ItemField } from './schema.ts'
import type { Item } from './types.ts'
import type { ListReader } from './view-types.ts'
import { toWellFormed } from './wellformed.ts'

type Given =
  | 'notes'
  | 'done'
  | 'due'
  | 'repeat'
  | 'remindAt'
  | 'assignees'
  | 'labels'
  | 'priority'
  | 'quantity'
  | 'link'

export type ItemInput = Partial<Pick<Item, Given | 'extensions'>> & {
  readonly title: string
  /** Chosen by the caller when the item must be the same on a second try. */
  readonly id?: string
  /** The end of the list when absent. */
  readonly place?: ItemPlace
}

const AT_BIRTH = [
  'done',
  'due',
  'repeat',
  'remindAt',
  'priority',
  'quantity',
  'link',
] as const satisfies ItemField[]

/** Adds items, each at its place; neighbours in `inputs` with the same place stay together in this order. Value: their ids. */
export function planAddItems(
  list: ListReader,
  context: PlanContext,
  inputs: readonly ItemInput[],
): Plan<readonly string[]> {
  ensureRoom(list, 'items', inputs.length, LIMITS.itemsPerList)
  const ids = inputs.map((input) => freeId(list, context, 'items', input.id))
  if (new Set(ids).size < ids.length) throw new ModelError('invalid', 'Two of the items have the same id.')
  const spots: Spot[] = []
  const rekeyed = new Map<string, string>()
  let sorted = placedItems(list)
  for (let from = 0; from < inputs.length; ) {
    const place = inputs[from]?.place
    let to = from + 1
    while (to < inputs.length && sameValue(inputs[to]?.place, place)) to += 1
    const spot = resolvePlace(list, place ?? { at: 'end' }, sorted)
    const places = placeAt(sorted, spot.index, to - from, context.random)
    for (const other of places.rekeyed) rekeyed.set(other.id, other.order)
    const added = places.keys.map((order, offset) => ({ id: ids[from + offset] ?? '', order }))
    sorted = insert(sorted, spot.index, added, rekeyed)
    for (; from < to; from += 1) spots.push(spot)
  }
  // Only now: a later group may have given new keys to an earlier one.
  const orders = new Map(sorted.map(({ id, order }) => [id, order]))
  const changes = rekeyOthers(list, context, rekeyed)
  for (const [index, input] of inputs.entries()) {
    const id = ids[index] ?? ''
    const spot = spots[index] ?? { section: null, parent: null }
    changes.push(...newItem(list, context, input, { id, order: orders.get(id) ?? '', spot }))
  }
  return { value: ids, changes }
}

/** The changes that make one item: its creation record, its sets, its notes. */
export function newItem(
  list: ListReader,
  context: PlanContext,
  input: Omit<ItemInput, 'id' | 'place'>,
  at: Placed & { readonly spot: Omit<Spot, 'index'> },
): Change[] {
  const fields: Record<string, unknown> = { title: input.title, order: at.order, ...input.extensions }
  if (at.spot.section) fields['section'] = at.spot.section
  if (at.spot.parent) fields['parent'] = at.spot.parent
  for (const field of AT_BIRTH) {
    const value = input[field]
    if (value !== undefined && !sameValue(value, ITEM_FIELDS[field].initial)) fields[field] = value
  }
  const changes: Change[] = [putRecord(context, { kind: 'items', id: at.id }, fields)]
  for (const set of ['label', 'assignee'] as const) {
    const members = new Set(set === 'label' ? input.labels : input.assignees)
    ensureSetSize(set, members.size)
    for (const member of members) {
      if (set === 'label') needLabel(list, member)
      changes.push(putMember(context, { kind: 'items', id: at.id, set, member }, true))
    }
  }
  if (input.notes) {
    ensure(checkNotesLength(input.notes.length))
    changes.push({ type: 'text', itemId: at.id, delta: [{ insert: toWellFormed(input.notes) }] })
  }
  return changes
}

export function ensureSetSize(set: string, size: number): void {
  if (size <= LIMITS.membersPerSet) return
  throw new ModelError('limit', `An item has room for ${LIMITS.membersPerSet} entries of ${set}.`)
}

export function needLabel(list: ListReader, id: string): void {
  const label = list.label(id)
  found(label?.deleted === null ? label : undefined, 'label', id)
}

/** New order keys for items that had to make room; those that are new in the same plan have theirs already. */
export function rekeyOthers(
  list: ListReader,
  context: PlanContext,
  rekeyed: ReadonlyMap<string, string>,
): Change[] {
  return [...rekeyed]
    .filter(([id]) => list.item(id) !== undefined)
    .map(([id, order]) => putField(context, { root: 'items', id, field: 'order' }, order))
}

function insert(
  sorted: readonly Placed[],
  index: number,
  added: readonly Placed[],
  rekeyed: ReadonlyMap<string, string>,
): Placed[] {
  const all = [...sorted.slice(0, index), ...added, ...sorted.slice(index)]
  return rekeyed.size === 0 ? all : all.map(({ id, order }) => ({ id, order: rekeyed.get(id) ?? order }))
}
