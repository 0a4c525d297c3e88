import type { List } from '@tandem/client-sdk'
import { useEffect } from 'react'

interface Said {
  readonly field: 'editing' | 'viewing'
  readonly itemId: string
}

/** What is open now, by list; of several the latest is what the others see. */
const open = new WeakMap<List, Set<Said>>()

/** Shows the others, while `isEditing`, that this person writes in this item. */
export function useEditing(list: List, itemId: string, isEditing: boolean): void {
  useSaying(list, 'editing', itemId, isEditing)
}

/** Shows the others, while it is there, that this person has this item open. */
export function useViewing(list: List, itemId: string): void {
  useSaying(list, 'viewing', itemId, true)
}

function useSaying(list: List, field: Said['field'], itemId: string, isSo: boolean): void {
  useEffect(() => {
    if (!isSo) return
    const said: Said = { field, itemId }
    const all = open.get(list) ?? new Set()
    open.set(list, all.add(said))
    say(list, field)
    return () => {
      all.delete(said)
      say(list, field)
    }
  }, [list, field, itemId, isSo])
}

function say(list: List, field: Said['field']): void {
  const latest = [...(open.get(list) ?? [])].findLast((said) => said.field === field)
  list.presence.set({ [field]: latest?.itemId ?? null })
}
