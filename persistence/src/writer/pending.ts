import { groupBy } from '../group-by.ts'
import type { Appended, NewUpdate } from '../ports.ts'

/** An accepted update until it is stored. */
export interface Entry {
  readonly update: NewUpdate
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
  /** An earlier try may have stored it: look before writing again. */
  uncertain: boolean
}

/** Entries of one list, in the order they were accepted. */
export interface ListBatch {
  readonly listId: string
  readonly entries: Entry[]
}

export interface Batch {
  /** Sorted by list id, the order in which every node locks. */
  readonly lists: readonly ListBatch[]
  readonly size: number
}

export interface BatchLimits {
  readonly maxRows: number
  readonly maxBytes: number
}

/** Accepted updates by list. Lists take turns, so one that is flooded does not hold up the others. */
export class Pending {
  readonly #waiting = new Map<string, Entry[]>()
  readonly #inFlight = new Set<string>()
  #size = 0

  /** Waiting, without what is in flight. */
  get size(): number {
    return this.#size
  }

  push(entry: Entry): void {
    const { listId } = entry.update
    const queue = this.#waiting.get(listId)
    if (queue === undefined) this.#waiting.set(listId, [entry])
    else queue.push(entry)
    this.#size += 1
  }

  /** The next batch, without lists that are in flight; null when there is nothing to do. */
  take({ maxRows, maxBytes }: BatchLimits): Batch | null {
    const lists: ListBatch[] = []
    let size = 0
    let bytes = 0
    for (const [listId, queue] of this.#waiting) {
      if (size >= maxRows || bytes >= maxBytes) break
      if (this.#inFlight.has(listId)) continue
      let count = 0
      while (count < queue.length && size < maxRows && bytes < maxBytes) {
        bytes += queue[count]?.update.data.byteLength ?? 0
        size += 1
        count += 1
      }
      // Deleted and, when something is left, put at the end: the Map's order is the lists' turns.
      this.#waiting.delete(listId)
      if (count < queue.length) this.#waiting.set(listId, queue.splice(count))
      this.#inFlight.add(listId)
      lists.push({ listId, entries: queue })
    }
    if (size === 0) return null
    this.#size -= size
    if (lists.length > 1) lists.sort((a, b) => (a.listId < b.listId ? -1 : 1))
    return { lists, size }
  }

  /** The batch is no longer in flight; `again` must go out before anything newer of the same lists. */
  settle(batch: Batch, again: readonly Entry[] = []): void {
    for (const { listId } of batch.lists) this.#inFlight.delete(listId)
    const byList = groupBy(again, (entry) => entry.update.listId as string)
    for (const [listId, entries] of byList) {
      this.#waiting.set(listId, entries.concat(this.#waiting.get(listId) ?? []))
    }
    this.#size += again.length
  }

  /** Empties it. */
  takeAll(): Entry[] {
    const all = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    this.#size = 0
    return all
  }
}
