import { useEffect, useMemo } from 'react'
import type { Item, List, View } from '../list/types.ts'
import type { Client, Id } from '../types.ts'
import { useClient } from './provider.ts'
import { useValue } from './value.ts'

/**
 * The list with this id, open for as long as any component uses it. Never suspends and never throws: its status says
 * `loading` until there is something to show.
 */
export function useList(id: Id): List {
  const client = useClient()
  const list = useMemo(() => client.lists.open(id), [client, id])
  useEffect(() => hold(client, id), [client, id])
  return list
}

const holds = new WeakMap<Client, Map<Id, number>>()

/** Counts the components that use a list, because `List.close` is one for all of them. */
function hold(client: Client, id: Id): () => void {
  const counts = holds.get(client) ?? new Map<Id, number>()
  holds.set(client, counts)
  counts.set(id, (counts.get(id) ?? 0) + 1)
  // In strict mode React runs this twice, with a release in between; opening again within a moment gives the same object.
  const list = client.lists.open(id)
  return () => {
    const left = (counts.get(id) ?? 1) - 1
    counts.set(id, left)
    if (left === 0) void list.close()
  }
}

/** One item; renders again when this item changes and not when others do. */
export function useItem(list: List, id: Id): Item | undefined {
  return useValue(list.items.item(id))
}

/** The ids of a view; renders again when membership or order changes and not when an item does. */
export function useItemIds(list: List, view?: View): readonly Id[] {
  return useValue(list.items.ids(view))
}
