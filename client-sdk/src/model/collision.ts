import type * as Y from 'yjs'
import type { RootKind } from './keys.ts'
import { hasSeen, isCurrent, isCurrentStruct, type MapWrite, newRegisters } from './map-structs.ts'
import type { OwnWrite, OwnWrites } from './own-writes.ts'
import { sameValue } from './same.ts'

/**
 * Two people wrote at the same time, and one write is not to be seen. The merge has happened; this is for the notice.
 * `kept` is what everybody reads now, `other` what was lost, of which one was written on this device.
 */
export interface Collision {
  readonly kind: 'same-field' | 'moved-twice' | 'edited-while-removed'
  readonly root: RootKind
  /** The record; null for the list's own fields. */
  readonly id: string | null
  /** `same-field`: the field. `edited-while-removed`: a field that was edited. `moved-twice`: always `order`. */
  readonly field: string
  /** `moved-twice`: values are `{order?, section?, parent?}`. `edited-while-removed`: one of the two is `removed`. */
  readonly kept: { readonly value: unknown; readonly by: string }
  readonly other: { readonly value: unknown; readonly by: string }
}

export const REMOVED = 'removed'

/** The fields of an item that say where it is. */
export const MOVING: readonly string[] = ['order', 'section', 'parent']

/**
 * The collisions of a transaction from elsewhere with this device's own writes. Call it from `afterTransaction`, once for each
 * transaction that did not come from this device.
 *
 * A writer who had seen my value and overwrote it collided with nothing, nor does who wrote the same. Each device finds
 * its own side: the one whose value lost always, the one whose value pushed another's aside while that other still reaches it. In the
 * latter case one rival can be heard of several times, if its writes arrive one by one: the latest is the one to keep.
 */
export function findCollisions(transaction: Y.Transaction, own: OwnWrites): Collision[] {
  if (own.size === 0) return []
  const remote = newRegisters(transaction).filter((write) => !isMine(write, own))
  const collisions: Collision[] = []
  const moves = new Map<string, Collision>()
  for (const write of remote) {
    const mine = own.get(write.root, write.key)
    const collision = mine === undefined ? null : sameKey(transaction.doc, write, mine, remote)
    if (collision !== null) gather(collision, collisions, moves)
  }
  collisions.push(...moves.values(), ...removals(transaction.doc, remote, own))
  // At the end: several writes to one key may have come at once, and each has to be held against mine.
  for (const { root, key } of remote) {
    const mine = own.get(root, key)
    if (mine !== undefined && !isCurrentStruct(transaction.doc, mine)) own.drop(mine)
  }
  return collisions
}

function isMine(write: MapWrite, own: OwnWrites): boolean {
  const mine = own.get(write.root, write.key)
  return mine !== undefined && mine.client === write.item.id.client && mine.clock === write.item.lastId.clock
}

function sameKey(doc: Y.Doc, write: MapWrite, mine: OwnWrite, remote: readonly MapWrite[]): Collision | null {
  const { place } = mine
  // Members have only two values, and a removal is judged together with edits.
  if (place.at === 'member' || (place.at === 'field' && place.field === 'deleted')) return null
  const { root, key, register, item } = write
  if (sameValue(register[0], mine.register[0]) || hasSeen(doc, item, mine.client, mine.clock)) return null
  const isMineKept = isCurrentStruct(doc, mine)
  // Of several that came at once, speak of the one that is read now, or else of the last of its line.
  if (isMineKept ? isOverwritten(write, remote) : !isCurrent(doc, write)) return null
  const theirs = { value: register[0], by: register[1] }
  const ours = { value: mine.register[0], by: mine.register[1] }
  return {
    kind: root === 'items' && MOVING.includes(place.field) ? 'moved-twice' : 'same-field',
    root,
    id: place.at === 'list' ? null : key.slice(0, key.indexOf('/')),
    field: place.field,
    kept: isMineKept ? ours : theirs,
    other: isMineKept ? theirs : ours,
  }
}

function isOverwritten(write: MapWrite, remote: readonly MapWrite[]): boolean {
  const { client, clock } = write.item.lastId
  return remote.some(({ item }) => item.origin?.client === client && item.origin.clock === clock)
}

/** Order, section and parent are one move to the person who made it. */
function gather(collision: Collision, all: Collision[], moves: Map<string, Collision>): void {
  if (collision.kind !== 'moved-twice') {
    all.push(collision)
    return
  }
  const { id, field, kept, other } = collision
  const before = moves.get(id ?? '')
  moves.set(id ?? '', {
    ...collision,
    field: 'order',
    kept: { by: kept.by, value: { ...(before?.kept.value as object | undefined), [field]: kept.value } },
    other: { by: other.by, value: { ...(before?.other.value as object | undefined), [field]: other.value } },
  })
}

/** An item that one removed while the other edited it, from either side. */
function removals(doc: Y.Doc, remote: readonly MapWrite[], own: OwnWrites): Collision[] {
  const collisions = new Map<string, Collision>()
  for (const write of remote) {
    if (write.root !== 'items') continue
    const cut = write.key.indexOf('/')
    if (cut === -1) continue
    const id = write.key.slice(0, cut)
    const collision =
      write.key === `${id}/deleted` ? removedByOther(doc, write, id, own) : removedByMe(doc, write, id, own)
    if (collision !== null) collisions.set(id, collision)
  }
  return [...collisions.values()]
}

/**
 * They removed what I edited. That they had not seen my edit is certain while it is not confirmed: the server had their removal
 * first. Afterwards it is possible, so a notice too many rather than one too few, but not for a tick: what is done may be cleared away.
 */
function removedByOther(doc: Y.Doc, write: MapWrite, id: string, own: OwnWrites): Collision | null {
  if (write.register[0] !== true || !isCurrent(doc, write)) return null
  const mine = own.ofItem(id)
  if (mine.writes.some((one) => fieldOf(one) === 'deleted' && one.register[0] === true)) return null
  const edit = mine.writes.find(
    (one) => fieldOf(one) !== 'deleted' && !(one.isConfirmed && fieldOf(one) === 'done'),
  )
  if (edit === undefined && mine.text === undefined) return null
  const field = edit === undefined ? 'notes' : fieldOf(edit)
  const lost = { value: edit?.register[0] ?? null, by: edit?.register[1] ?? mine.text?.by ?? '' }
  return { kind: 'edited-while-removed', root: 'items', id, field, kept: by(REMOVED, write), other: lost }
}

/** They edited what I have removed and not yet told them. Told, they edit knowingly, or their own device finds the collision. */
function removedByMe(doc: Y.Doc, write: MapWrite, id: string, own: OwnWrites): Collision | null {
  const mine = own.get('items', `${id}/deleted`)
  if (mine === undefined || mine.isConfirmed || mine.register[0] !== true) return null
  if (!isCurrentStruct(doc, mine)) return null
  const [field = ''] = write.key.slice(id.length + 1).split('/')
  if (field === 'order' || (field === 'done' && write.register[0] === true)) return null
  const kept = { value: REMOVED, by: mine.register[1] }
  return { kind: 'edited-while-removed', root: 'items', id, field, kept, other: by(write.register[0], write) }
}

function fieldOf(write: OwnWrite): string {
  return write.place.at === 'member' ? write.place.set : write.place.field
}

function by(value: unknown, write: MapWrite): { readonly value: unknown; readonly by: string } {
  return { value, by: write.register[1] }
}
