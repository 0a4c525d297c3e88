import type { Listeners } from '../bus/listeners.ts'
import { type Environment, systemEnvironment } from '../environment.ts'
import type { AuditEntry } from '../people-ports.ts'
import type { BusMessage, Damage, KnownUser, ListId, NewUpdate, Seq, UserId } from '../ports.ts'
import type { StoredSnapshot, StoredUpdate } from '../reading/verify.ts'
import type {
  MemoryAnswer,
  MemoryApiToken,
  MemoryGrant,
  MemoryInvitation,
  MemoryLink,
} from './people-rows.ts'

export interface MemoryList {
  readonly id: ListId
  ownerId: UserId
  title: string
  headSeq: Seq
  readonly createdAt: Date
  updatedAt: Date
  editorsMayShare: boolean
  deleted: { readonly at: Date; readonly by: UserId } | null
  /** In the order they were given, ended ones too. */
  readonly grants: MemoryGrant[]
  readonly invitations: Map<string, MemoryInvitation>
  readonly links: Map<string, MemoryLink>
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
  readonly users: Map<UserId, KnownUser>
  readonly lists: Map<ListId, MemoryList>
  readonly audit: AuditEntry[]
  readonly apiTokens: Map<string, MemoryApiToken>
  /** By user and session; the session '' stands for all there were at that moment. */
  readonly endedSessions: Map<string, Date>
  readonly answers: Map<string, MemoryAnswer>
  readonly quarantine: Map<string, Damage & { foundAt: Date }>
  readonly nodes: Map<string, Listeners<BusMessage>>
  readonly environment: Environment
  /** Tells which of two events came first, also within one millisecond. */
  nextOrder(): number
  /** Why the log cannot be written, or null. */
  readonly outage: string | null
  /** Makes appends wait, and pings fail, until it is called with null. */
  setOutage(reason: string | null): void
  /** Lets a simulation refuse single updates as a database refuses a poison row. */
  poison: (update: NewUpdate) => boolean
}

export function createMemoryCluster(environment: Environment = systemEnvironment): MemoryCluster {
  let outage: string | null = null
  let order = 0
  return {
    users: new Map(),
    lists: new Map(),
    audit: [],
    apiTokens: new Map(),
    endedSessions: new Map(),
    answers: new Map(),
    quarantine: new Map(),
    nodes: new Map(),
    environment,
    nextOrder: () => ++order,
    get outage() {
      return outage
    },
    setOutage: (reason) => {
      outage = reason
    },
    poison: () => false,
  }
}
