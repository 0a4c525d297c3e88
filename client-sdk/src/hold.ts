import type { List } from './list/types.ts'
import type { Client, Id } from './types.ts'

const holds = new WeakMap<Client, Map<Id, number>>()

/**
 * Opens a list for one of several users of it in the same app, and closes it when the last has released it: `List.close` is one
 * for all of them. Releasing twice counts once.
 */
export function holdList(client: Client, id: Id): { readonly list: List; release(): void } {
  const counts = holds.get(client) ?? new Map<Id, number>()
  holds.set(client, counts)
  counts.set(id, (counts.get(id) ?? 0) + 1)
  // In strict mode React runs this twice, with a release in between; opening again within a moment gives the same object.
  // Later it is another one: effects of a hidden component end, and its memory of the first does not.
  const list = client.lists.open(id)
  let isHeld = true
  const release = (): void => {
    if (!isHeld) return
    isHeld = false
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

/**
 * Does something to a list that may not be open: opens it, waits until this device has read it, acts, and lets go of it. What was
 * done goes on being stored and sent. Nothing is waited for but the device, so it works offline. The others do not see this person
 * there, unless the list is on a page as well.
 */
export async function withList<T>(
  client: Client,
  id: Id,
  act: (list: List) => T | Promise<T>,
): Promise<Awaited<T>> {
  const isAlone = holdersOf(client, id) === 0
  const { list, release } = holdList(client, id)
  if (isAlone) list.presence.show(false)
  try {
    await list.loaded
    return await act(list)
  } finally {
    // Somebody has opened it meanwhile, to stay.
    if (isAlone && holdersOf(client, id) > 1) list.presence.show(true)
    release()
  }
}

function holdersOf(client: Client, id: Id): number {
  return holds.get(client)?.get(id) ?? 0
}
