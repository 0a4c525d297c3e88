import type { List } from '@tandem/client-sdk'

/** Where two people met on something that has no row here. */
export function Collisions(_: { list: List; canEdit: boolean }) {
  return null
}
