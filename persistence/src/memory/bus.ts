import { Listeners } from '../bus/listeners.ts'
import type { Bus, BusMessage } from '../ports.ts'
import type { MemoryCluster } from './cluster.ts'

export interface MemoryBus extends Bus {
  /** Cuts this node off; messages of the meantime are lost to it, as they would be over a network. */
  disconnect(): void
  reconnect(): void
}

export function createMemoryBus(
  cluster: MemoryCluster,
  { nodeId, onError }: { nodeId: string; onError: (error: unknown) => void },
): MemoryBus {
  const subscribers = new Listeners<BusMessage>(onError)
  const gaps = new Listeners<void>(onError)
  let state: 'connected' | 'disconnected' | 'closed' = 'connected'
  cluster.nodes.set(nodeId, subscribers)
  return {
    publish: (message) => {
      if (state !== 'connected') return
      // Later, as from a network: a publisher must not find its message handled on its own stack.
      cluster.environment.soon(() => {
        for (const [id, node] of cluster.nodes) if (id !== nodeId) node.tell(message)
      })
    },
    subscribe: (listener) => subscribers.add(listener),
    onGap: (listener) => gaps.add(listener),
    state: () => (state === 'connected' ? 'connected' : 'disconnected'),
    disconnect: () => {
      if (state !== 'connected') return
      state = 'disconnected'
      cluster.nodes.delete(nodeId)
    },
    reconnect: () => {
      if (state !== 'disconnected') return
      state = 'connected'
      cluster.nodes.set(nodeId, subscribers)
      gaps.tell()
    },
    close: async () => {
      state = 'closed'
      cluster.nodes.delete(nodeId)
    },
  }
}
