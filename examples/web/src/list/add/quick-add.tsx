import type { List } from '@tandem/client-sdk'
import { AddItem } from './add-item.tsx'

/** The field that stays ready for the next item. */
export function QuickAdd({ list }: { readonly list: List }) {
  return <AddItem list={list} />
}
