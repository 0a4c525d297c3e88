import type { ListId } from '@tandem/persistence'
import {
  createMemoryCluster,
  createMemoryStorage,
  type MemoryList,
  type MemoryStorage,
} from '@tandem/persistence/memory'
import { adjustableClock } from './adjustable-clock.ts'
import type { StorageHarness } from './harness.ts'

export async function memoryHarness(): Promise<StorageHarness> {
  const clock = adjustableClock()
  const cluster = createMemoryCluster(clock.environment)
  const nodes: MemoryStorage[] = []
  const list = (id: ListId): MemoryList => {
    const found = cluster.lists.get(id)
    if (found === undefined) throw new Error('no such list')
    return found
  }
  const flip = (data: Uint8Array | undefined): void => {
    if (data === undefined) throw new Error('nothing to damage')
    data[0] = (data[0] ?? 0) ^ 1
  }
  return {
    open: async (nodeId) => {
      const storage = createMemoryStorage({ cluster, ...(nodeId === undefined ? {} : { nodeId }) })
      nodes.push(storage)
      return storage
    },
    flipByteInUpdate: async (id, seq) => flip(list(id).updates.get(seq)?.data),
    removeUpdate: async (id, seq) => void list(id).updates.delete(seq),
    flipByteInSnapshot: async (id, seq) => flip(list(id).snapshots.get(seq)?.data),
    snapshotsOf: async (id) => [...list(id).snapshots.keys()].sort((a, b) => a - b),
    cutBus: async (storage) => {
      const bus = nodes.find((node) => node === storage)?.bus
      bus?.disconnect()
      return async () => bus?.reconnect()
    },
    passTime: clock.pass,
    close: async () => {
      for (const node of nodes) await node.close(1_000)
    },
  }
}
