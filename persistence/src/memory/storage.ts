import { randomUUID } from 'node:crypto'
import { StorageError } from '../errors.ts'
import type { Storage } from '../ports.ts'
import { createGroupCommit } from '../writer/group-commit.ts'
import { defaultLimits, type WriterLimits } from '../writer/limits.ts'
import { createMemoryAnswers } from './answers.ts'
import { createMemoryAudit } from './audit.ts'
import { createMemoryBatchStore } from './batch-store.ts'
import { createMemoryBus, type MemoryBus } from './bus.ts'
import { createMemoryCluster, type MemoryCluster } from './cluster.ts'
import { createMemoryCredentials } from './credentials.ts'
import { createMemoryDirectory } from './directory.ts'
import { createMemoryGrants } from './grants.ts'
import { createMemoryInvitations } from './invitations.ts'
import { createMemoryLinks } from './links.ts'
import { createMemoryReader } from './reader.ts'
import { createMemorySnapshots } from './snapshots.ts'
import { createMemoryTidy } from './tidy.ts'

export interface MemoryStorage extends Storage {
  readonly cluster: MemoryCluster
  readonly bus: MemoryBus
}

export interface MemoryStorageOptions {
  /** Shared by all nodes that should see the same data; a new one when left out. */
  readonly cluster?: MemoryCluster
  readonly nodeId?: string
  readonly onError?: (error: unknown) => void
  readonly limits?: Partial<WriterLimits>
}

/** Storage for tests and simulations: the promises of the real one except that it forgets everything with its process. */
export function createMemoryStorage(options: MemoryStorageOptions = {}): MemoryStorage {
  const { cluster = createMemoryCluster(), nodeId = randomUUID(), onError = () => {} } = options
  const { environment } = cluster
  const limits = { ...defaultLimits, ...options.limits }
  const writer = createGroupCommit({ store: createMemoryBatchStore(cluster), environment, limits, onError })
  const bus = createMemoryBus(cluster, { nodeId, onError })
  return {
    cluster,
    bus,
    log: {
      append: writer.append,
      health: writer.health,
      onHealth: writer.onHealth,
      close: writer.close,
      ...createMemoryReader(cluster),
    },
    snapshots: createMemorySnapshots(cluster),
    directory: createMemoryDirectory(cluster),
    grants: createMemoryGrants(cluster),
    invitations: createMemoryInvitations(cluster),
    links: createMemoryLinks(cluster),
    audit: createMemoryAudit(cluster),
    credentials: createMemoryCredentials(cluster),
    answers: createMemoryAnswers(cluster),
    tidy: createMemoryTidy(cluster),
    ping: async () => {
      if (cluster.outage !== null) throw new StorageError('storage-unreachable', cluster.outage)
    },
    close: async (deadlineMs) => {
      try {
        await writer.close(deadlineMs)
      } finally {
        await bus.close()
      }
    },
  }
}
