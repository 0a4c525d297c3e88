import { useEffect, useMemo, useState } from 'react'
import type { Item, List, View } from '../list/types.ts'
import type { Client, Id } from '../types.ts'
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
    const { list, release } = hold(client, id)
    setHeld((before) => (before.list === list ? before : { client, list }))
    return release
  }, [client, id])
  return held.client === client && held.list.id === id ? held.list : first
}

const holds = new WeakMap<Client, Map<Id, number>>()

/** Counts the components that use a list, because `List.close` is one for all of them. */
function hold(client: Client, id: Id): { readonly list: List; release(): void } {
  const counts = holds.get(client) ?? new Map<Id, number>()
  holds.set(client, counts)
  counts.set(id, (counts.get(id) ?? 0) + 1)
  // In strict mode React runs this twice, with a release in between; opening again within a moment gives the same object.
  // Later it is another one: effects of a hidden component end, and its memory of the first does not.
  const list = client.lists.open(id)
  const release = (): void => {
    const left = (counts.get(id) ?? 1) - 1
    if (left > 0) {
      counts.set(id, left)
      return
    }
    counts.delete(id)
    void list.close()
  }
  return { list, release }
}

/** One item; renders again when this item changes and not when others do. */
export function useItem(list: List, id: Id): Item | undefined {
  return useValue(list.items.item(id))
}

/** The ids of a view; renders again when membership or order changes and not when an item does. */
export function useItemIds(list: List, view?: View): readonly Id[] {
  return useValue(list.items.ids(view))
}
