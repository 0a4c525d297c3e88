import type { Item, List } from '@tandem/client-sdk'
import { useEffect, useReducer } from 'react'

/** These items as they are now, whoever changes them; those that are gone are left out. */
export function useChosen(list: List, ids: readonly string[]): readonly Item[] {
  const [, refresh] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const stops = ids.map((id) => list.items.item(id).subscribe(refresh))
    return () => {
      for (const stop of stops) stop()
    }
  }, [list, ids])
  return ids.flatMap((id) => list.items.item(id).getSnapshot() ?? [])
}
