import { StorageError } from '../errors.ts'
import { groupBy } from '../group-by.ts'
import type { BatchStore } from './batch-store.ts'
import type { Batch, Entry, ListBatch } from './pending.ts'

/** `again` must be tried again, in this order; `failure` says why, null when nothing is wrong with the database. */
export interface BatchResult {
  readonly again: readonly Entry[]
  readonly failure: unknown
}

const done: BatchResult = { again: [], failure: null }

/** Brings every entry of the batch to an end (its promise settles) or hands it back. */
export async function writeBatch(store: BatchStore, batch: Batch, lane: number): Promise<BatchResult> {
  const uncertain = batch.lists.some((list) => list.entries.some((entry) => entry.uncertain))
  if (!uncertain) return writeNew(store, batch, lane)

  const all = entriesOf(batch)
  const known = await store.find(all, lane)
  if ('unavailable' in known)
    return { again: markUncertain(all), failure: known.unavailable ?? 'unavailable' }
  const unknown: Entry[] = []
  for (const entry of all) {
    const appended = known.get(entry)
    if (appended === undefined) unknown.push(entry)
    else entry.resolve(appended)
  }
  return unknown.length === 0 ? done : writeNew(store, batchOf(withoutRepeats(unknown)), lane)
}

async function writeNew(store: BatchStore, batch: Batch, lane: number): Promise<BatchResult> {
  const outcome = await store.write(batch, lane)
  switch (outcome.kind) {
    case 'stored':
      resolveAll(batch, outcome)
      return done
    case 'duplicate':
      return { again: markUncertain(entriesOf(batch)), failure: null }
    case 'unavailable':
      return { again: markUncertain(entriesOf(batch)), failure: outcome.error ?? 'unavailable' }
    case 'rejected':
      return isolate(store, batch, { lane, error: outcome.error })
  }
}

/** Halves a batch that holds a poison row until the row stands alone: it is refused, the others are stored. */
async function isolate(
  store: BatchStore,
  batch: Batch,
  { lane, error }: { lane: number; error: unknown },
): Promise<BatchResult> {
  const all = entriesOf(batch)
  const [only] = all
  if (only !== undefined && all.length === 1) {
    only.reject(
      new StorageError('update-rejected', `Update ${only.update.opId} was refused.`, { cause: error }),
    )
    return done
  }
  const middle = Math.ceil(all.length / 2)
  const first = await writeNew(store, batchOf(all.slice(0, middle)), lane)
  // Nothing may overtake what has to be tried again.
  if (first.again.length > 0) return { again: [...first.again, ...all.slice(middle)], failure: first.failure }
  return writeNew(store, batchOf(all.slice(middle)), lane)
}

/** After a fault of our own code: better refused than waiting for ever. Refusing what is settled already changes nothing. */
export function refuseAll(batch: Batch, cause: unknown): BatchResult {
  for (const { reject, update } of entriesOf(batch)) {
    reject(new StorageError('update-rejected', `Update ${update.opId} could not be handled.`, { cause }))
  }
  return done
}

function resolveAll(batch: Batch, { at, bases }: { at: Date; bases: readonly (number | null)[] }): void {
  for (const [index, { listId, entries }] of batch.lists.entries()) {
    const base = bases[index] ?? null
    for (const [offset, entry] of entries.entries()) {
      if (base !== null) entry.resolve({ seq: base + offset + 1, at })
      else entry.reject(new StorageError('unknown-list', `There is no list ${listId}.`))
    }
  }
}

/** The same operation handed in twice while it waits: one is written, the other shares its fate. */
function withoutRepeats(entries: readonly Entry[]): Entry[] {
  const chosen = new Map<string, Entry>()
  for (const entry of entries) {
    const key = `${entry.update.listId} ${entry.update.opId}`
    const earlier = chosen.get(key)
    chosen.set(key, earlier === undefined ? entry : merge(earlier, entry))
  }
  return [...chosen.values()]
}

function merge(first: Entry, second: Entry): Entry {
  return {
    update: first.update,
    uncertain: true,
    resolve: (appended) => {
      first.resolve(appended)
      second.resolve(appended)
    },
    reject: (error) => {
      first.reject(error)
      second.reject(error)
    },
  }
}

function batchOf(entries: readonly Entry[]): Batch {
  const byList = groupBy(entries, (entry) => entry.update.listId as string)
  const lists: ListBatch[] = [...byList].map(([listId, group]) => ({ listId, entries: group }))
  return { lists: lists.sort((a, b) => (a.listId < b.listId ? -1 : 1)), size: entries.length }
}

const entriesOf = (batch: Batch): Entry[] => batch.lists.flatMap((list) => list.entries)

function markUncertain(entries: readonly Entry[]): readonly Entry[] {
  for (const entry of entries) entry.uncertain = true
  return entries
}
