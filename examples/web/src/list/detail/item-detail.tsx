import type { List } from '@tandem/client-sdk'

interface Props {
  readonly list: List
  readonly id: string
  readonly onClose: () => void
}

/** Everything about one item. Load it lazily: it brings pickers and dialogs. */
export function ItemDetail(_props: Props) {
  return null
}
