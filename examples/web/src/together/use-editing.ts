import type { List } from '@tandem/client-sdk'
import { useEffect } from 'react'

/** Shows the others, while `isEditing`, that this person writes in this item. */
export function useEditing(list: List, itemId: string, isEditing: boolean): void {
  useEffect(() => {
    if (!isEditing) return
    list.presence.set({ editing: itemId })
    return () => list.presence.set({ editing: null })
  }, [list, itemId, isEditing])
}

/** Shows the others that this person looks at the details of this item. */
export function useViewing(list: List, itemId: string): void {
  useEffect(() => {
    list.presence.set({ viewing: itemId })
    return () => list.presence.set({ viewing: null })
  }, [list, itemId])
}
