import { useEffect, useMemo, useState } from 'react'
import { holdList } from '../hold.ts'
import type { Item, List, View } from '../list/types.ts'
import type { Id } from '../types.ts'
import { useClient } from './provider.ts'
import { useValue } from './value.ts'

/**
 * The list with this id, open for as long as any component uses it. Never suspends and never throws: its status says
 * `loading` until there is something to show. A component that was hidden for a while gets the list that is open then.
 */
export function useList(id: Id): List {
  const client = useClient()
  const first = useMemo(() => client.lists.open(id), [client, id])
  const [held, setHeld] = useState({ client, list: first })
  useEffect(() => {
    const { list, release } = holdList(client, id)
    setHeld((before) => (before.list === list ? before : { client, list }))
    return release
  }, [client, id])
  return held.client === client && held.list.id === id ? held.list : first
}

/** One item; renders again when this item changes and not when others do. */
export function useItem(list: List, id: Id): Item | undefined {
  return useValue(list.items.item(id))
}

/** The ids of a view; renders again when membership or order changes and not when an item does. */
export function useItemIds(list: List, view?: View): readonly Id[] {
  return useValue(list.items.ids(view))
}
