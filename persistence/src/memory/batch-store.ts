import { checksum, checksumSeed } from '../checksum.ts'
import type { Appended } from '../ports.ts'
import type { BatchStore, WriteOutcome } from '../writer/batch-store.ts'
import type { Batch, Entry } from '../writer/pending.ts'
import type { MemoryCluster } from './cluster.ts'

/** The same promises as the statement for PostgreSQL: a batch is stored whole or not at all. */
export function createMemoryBatchStore(cluster: MemoryCluster): BatchStore {
  const down = (): Error | null => (cluster.outage === null ? null : new Error(cluster.outage))

  const write = async (batch: Batch): Promise<WriteOutcome> => {
    const error = down()
    if (error !== null) return { kind: 'unavailable', error }
    const updates = batch.lists.flatMap((list) => list.entries.map((entry) => entry.update))
    try {
      JSON.stringify(updates.map((update) => update.ops))
    } catch (error) {
      return { kind: 'rejected', error }
    }
    if (updates.some(cluster.poison)) return { kind: 'rejected', error: new Error('poison') }
    const seen = new Set<string>()
    for (const { listId, opId } of updates) {
      const key = `${listId} ${opId}`
      if (seen.has(key) || cluster.lists.get(listId)?.opIds.has(opId)) return { kind: 'duplicate' }
      seen.add(key)
    }
    return { kind: 'stored', ...store(batch) }
  }

  const store = (batch: Batch): { at: Date; bases: (number | null)[] } => {
    const at = cluster.environment.now()
    const bases = batch.lists.map(({ entries }) => {
      const listId = entries[0]?.update.listId
      const list = listId === undefined ? undefined : cluster.lists.get(listId)
      if (list === undefined) return null
      const base = list.headSeq
      for (const { update } of entries) {
        const seq = ++list.headSeq
        // Copies, as a database would: what the caller does to its own bytes later is no damage here.
        const data = update.data.slice()
        const ops = structuredClone(update.ops)
        list.updates.set(seq, {
          ...update,
          data,
          ops,
          seq,
          at,
          checksum: checksum(checksumSeed(list.id), data),
        })
        list.opIds.set(update.opId, seq)
      }
      list.updatedAt = at
      return base
    })
    return { at, bases }
  }

  const find = async (
    entries: readonly Entry[],
  ): Promise<Map<Entry, Appended> | { unavailable: unknown }> => {
    const error = down()
    if (error !== null) return { unavailable: error }
    const found = new Map<Entry, Appended>()
    for (const entry of entries) {
      const list = cluster.lists.get(entry.update.listId)
      const seq = list?.opIds.get(entry.update.opId)
      if (list === undefined || seq === undefined) continue
      found.set(entry, { seq, at: list.updates.get(seq)?.at ?? list.updatedAt })
    }
    return found
  }

  return { write, find, abandon: () => {} }
}
