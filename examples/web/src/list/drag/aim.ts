import type { ItemPlace } from '@tandem/client-sdk'
import { DONE, LOOSE } from '../order/order.ts'

/** A line of the list as it lies on the screen. */
export type Slot =
  | {
      readonly kind: 'row'
      readonly id: string
      readonly group: string
      readonly parent: string | null
      readonly top: number
      readonly bottom: number
    }
  | { readonly kind: 'head'; readonly group: string; readonly top: number; readonly bottom: number }

type RowSlot = Extract<Slot, { kind: 'row' }>

export interface Aim {
  readonly place: ItemPlace
  /** Where the line is drawn that shows it. */
  readonly line: { readonly y: number; readonly depth: 0 | 1 }
}

export interface Dragged {
  readonly ids: ReadonlySet<string>
  /** What has subtasks cannot become one: lists have one level of them. */
  readonly canNest: boolean
  /** Pointer's height, and how deep it points: 0 an item, 1 a subtask. */
  readonly y: number
  readonly depth: 0 | 1
}

/** Where the dragged rows would go; null: nowhere. What is done keeps no order, so nothing is dropped there. */
export function aimAt(slots: readonly Slot[], { ids, canNest, y, depth }: Dragged): Aim | null {
  const isDragged = (slot: Slot): boolean =>
    slot.kind === 'row' && (ids.has(slot.id) || (slot.parent !== null && ids.has(slot.parent)))
  const lines = slots.filter((slot) => slot.group !== DONE && !isDragged(slot))
  const at = lines.findIndex(({ top, bottom }) => y < (top + bottom) / 2)
  const below = at === -1 ? undefined : lines[at]
  const above = at === -1 ? lines.at(-1) : lines[at - 1]
  if (above === undefined && below === undefined) return null

  const line = { y: above?.bottom ?? below?.top ?? 0, depth: 0 as 0 | 1 }
  if (above?.kind !== 'row') {
    const group = above?.group ?? LOOSE
    // A subtask cannot be first, so nothing is above the first row of a group but the group.
    if (below?.kind === 'row' && below.group === group) return { place: { before: below.id }, line }
    return { place: { at: 'start', section: group === LOOSE ? null : group, parent: null }, line }
  }
  const root = above.parent ?? above.id
  const child = below?.kind === 'row' && below.parent === root ? below : null
  if (child !== null && !canNest) return behindFamily(lines, root, line)
  if (child !== null || (canNest && depth === 1)) {
    return { place: under({ above, child, root }), line: { ...line, depth: 1 } }
  }
  return { place: { after: root }, line }
}

function under({ above, child, root }: { above: RowSlot; child: RowSlot | null; root: string }): ItemPlace {
  if (above.parent !== null) return { after: above.id }
  return child === null ? { at: 'end', parent: root } : { before: child.id }
}

/** Between the subtasks of an item there is no room for another item. */
function behindFamily(lines: readonly Slot[], root: string, line: Aim['line']): Aim {
  const last = lines.findLast((slot) => slot.kind === 'row' && (slot.parent === root || slot.id === root))
  return { place: { after: root }, line: { ...line, y: last?.bottom ?? line.y } }
}
