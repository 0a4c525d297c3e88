import type { List } from '@tandem/client-sdk'

/** Where two people met on this item. */
export function RowCollision(_: { list: List; id: string; canEdit: boolean }) {
  return null
}
