import type { Listeners } from '../bus/listeners.ts'
import { type Environment, systemEnvironment } from '../environment.ts'
import type { BusMessage, Damage, ListId, NewUpdate, Seq, StoredRole, UserId } from '../ports.ts'
import type { StoredSnapshot, StoredUpdate } from '../reading/verify.ts'

export interface MemoryList {
  readonly id: ListId
  readonly ownerId: UserId
  title: string
  headSeq: Seq
  readonly createdAt: Date
  updatedAt: Date
  readonly roles: Map<UserId, StoredRole>
  /** By position, so that a test can take one out. */
  readonly updates: Map<Seq, StoredUpdate>
  readonly opIds: Map<string, Seq>
  readonly snapshots: Map<Seq, StoredSnapshot>
}

/**
 * What a database is to several nodes, in memory and for one process: nothing survives it.
 *
 * Its contents are plainly there for tests and simulations to damage; `outage` makes every operation of the log wait.
 */
export interface MemoryCluster {
  readonly users: Map<UserId, string>
  readonly lists: Map<ListId, MemoryList>
  readonly quarantine: Map<string, Damage & { foundAt: Date }>
  readonly nodes: Map<string, Listeners<BusMessage>>
  readonly environment: Environment
  /** Why the log cannot be written, or null. */
  readonly outage: string | null
  /** Makes appends wait, and pings fail, until it is called with null. */
  setOutage(reason: string | null): void
  /** Lets a simulation refuse single updates as a database refuses a poison row. */
  poison: (update: NewUpdate) => boolean
}

export function createMemoryCluster(environment: Environment = systemEnvironment): MemoryCluster {
  let outage: string | null = null
  return {
    users: new Map(),
    lists: new Map(),
    quarantine: new Map(),
    nodes: new Map(),
    environment,
    get outage() {
      return outage
    },
    setOutage: (reason) => {
      outage = reason
    },
    poison: () => false,
  }
}
