import type { Storage, UserId } from '@tandem/persistence'
import { createMemoryStorage, type MemoryCluster } from '@tandem/persistence/memory'
import { type NodeOptions, startNode, type TestNode } from '../integration/sync/node.ts'

/** One server process of a simulation: it can die at any moment, as a killed process does. */
export interface MortalNode {
  readonly port: number
  readonly isAlive: boolean
  readonly hub: TestNode['hub']
  /** Everything in memory is gone, every socket ends, and nothing it was about to write is written. */
  crash(): Promise<void>
}

export interface MortalNodeOptions {
  readonly port?: number
  readonly limits?: NonNullable<NodeOptions['limits']>
  /** Stands between the process and its storage, and lives and dies with it. */
  readonly between?: (storage: Storage) => Storage
}

export async function startMortalNode(
  cluster: MemoryCluster,
  { port = 0, limits = {}, between = (storage) => storage }: MortalNodeOptions = {},
): Promise<MortalNode> {
  let isAlive = true
  const storage = mortal(between(createMemoryStorage({ cluster })), () => isAlive)
  const node: TestNode = await startNode({ storage, port, limits, authenticate: bySubject })
  return {
    port: Number(new URL(node.url).port),
    get isAlive() {
      return isAlive
    },
    hub: node.hub,
    crash: async () => {
      isAlive = false
      node.http.closeAllConnections()
      const closed = new Promise<void>((resolve) => node.http.close(() => resolve()))
      // Only ends its timers and sockets: whatever it still wants from storage hangs for ever.
      await node.hub.stop(0).catch(() => undefined)
      await closed
    },
  }
}

/** After death no call is carried out and none is answered. */
function mortal(storage: Storage, isAlive: () => boolean): Storage {
  const never = new Promise<never>(() => undefined)
  const guarded = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return (...args: unknown[]) => {
          const isSilent =
            name === 'publish' || name === 'subscribe' || name === 'onGap' || name === 'onHealth'
          if (!isAlive()) return isSilent ? () => undefined : never
          const answer: unknown = Reflect.apply(value, target, args)
          if (!(answer instanceof Promise)) return answer
          return answer.then((result) => (isAlive() ? result : never))
        }
      },
    })
  return {
    log: guarded(storage.log),
    snapshots: guarded(storage.snapshots),
    directory: guarded(storage.directory),
    grants: guarded(storage.grants),
    invitations: guarded(storage.invitations),
    links: guarded(storage.links),
    audit: guarded(storage.audit),
    credentials: guarded(storage.credentials),
    answers: guarded(storage.answers),
    bus: guarded(storage.bus),
    tidy: (before) => storage.tidy(before),
    ping: () => storage.ping(),
    close: () => storage.close(0),
  }
}

async function bySubject(token: string): Promise<{ ok: true; userId: UserId; name: string }> {
  const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    sub: string
  }
  return { ok: true, userId: sub as UserId, name: sub }
}
