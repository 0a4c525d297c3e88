import type { Item, List } from '@tandem/client-sdk'

interface Props {
  readonly list: List
  readonly item: Item
}

/** The small second line of a row: what is known of an item beside its title. Null when that is nothing. */
export function ItemMeta(_props: Props) {
  return null
}
