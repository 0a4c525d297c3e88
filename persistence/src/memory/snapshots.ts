import { checksum, checksumSeed } from '../checksum.ts'
import { StorageError } from '../errors.ts'
import type { SnapshotStore } from '../ports.ts'
import type { MemoryCluster } from './cluster.ts'
import { listIn } from './reader.ts'

const kept = 3

export function createMemorySnapshots(cluster: MemoryCluster): SnapshotStore {
  return {
    write: async (listId, seq, data) => {
      const list = listIn(cluster, listId)
      if (seq > list.headSeq) {
        throw new StorageError(
          'snapshot-ahead',
          `A snapshot at ${seq} claims more than the log's ${list.headSeq}.`,
        )
      }
      const isSound = (at: number): boolean => !cluster.quarantine.has(`${listId} corrupt-snapshot ${at}`)
      if ([...list.snapshots.keys()].some((at) => at >= seq && isSound(at))) return 'superseded'
      list.snapshots.set(seq, { seq, data: data.slice(), checksum: checksum(checksumSeed(listId), data) })
      const oldestFirst = [...list.snapshots.keys()].sort((a, b) => a - b)
      for (const at of oldestFirst.slice(0, -kept)) list.snapshots.delete(at)
      const replaced = (at: number): boolean => at === seq || !list.snapshots.has(at)
      for (const [key, entry] of cluster.quarantine) {
        if (entry.listId === listId && entry.kind === 'corrupt-snapshot' && replaced(entry.seq)) {
          cluster.quarantine.delete(key)
        }
      }
      return 'written'
    },
  }
}
