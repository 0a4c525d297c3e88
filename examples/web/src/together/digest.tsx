import type { List } from '@tandem/client-sdk'

/** What the others did while this person was away. */
export function Digest(_: { list: List }) {
  return null
}

/** Whether somebody added or changed this item while this person was away. */
export function useIsNew(_list: List, _id: string): boolean {
  return false
}
