/** What the rest of Tandem may ask of storage. Every adapter passes the contract suites in tests/contract. */

import type { Answers, Audit, Credentials, Grants, Invitations, Links } from './people-ports.ts'

export type ListId = string & { readonly __brand: 'ListId' }
export type UserId = string & { readonly __brand: 'UserId' }
/** Position in one list's log: 1, 2, 3 … without holes. 0 means "before the first". */
export type Seq = number

export interface NewUpdate {
  readonly listId: ListId
  readonly actorId: UserId | null
  /** UUID made by whoever hands the update in; the same id is stored once, however often it is appended. */
  readonly opId: string
  /** The update's human meaning, stored as JSON. */
  readonly ops: readonly unknown[]
  readonly data: Uint8Array
}

export interface LoggedUpdate extends NewUpdate {
  readonly seq: Seq
  readonly at: Date
}

export interface Appended {
  readonly seq: Seq
  readonly at: Date
}

/** Something stored that cannot be read back as written. */
export interface Damage {
  readonly listId: ListId
  readonly kind: 'missing-row' | 'corrupt-row' | 'corrupt-snapshot'
  /** The log position, or the position the snapshot claimed to contain. */
  readonly seq: Seq
  readonly detail: string
}

export interface LoadedList {
  readonly snapshot: { readonly seq: Seq; readonly data: Uint8Array } | null
  /** Everything readable after the snapshot, in order. */
  readonly tail: readonly LoggedUpdate[]
  readonly head: Seq
  /** Empty when the list is complete. Found damage is also recorded in quarantine. */
  readonly damage: readonly Damage[]
}

/** A stretch of one list's log. */
export interface LogPage {
  readonly updates: readonly LoggedUpdate[]
  /** What stood in the stretch and cannot be read: a run of missing rows is one, at its first position. */
  readonly damage: readonly Damage[]
  /** Everything up to here is in `updates` or named in `damage`: where the next page begins. */
  readonly through: Seq
  /** The last position of the log when this was read. */
  readonly head: Seq
}

/**
 * The append-only log of updates.
 *
 * INVARIANTS
 * - `append` resolves only after the row is durable (committed with fsync), and rows of one list get 1, 2, 3 … in commit order.
 * - `append` never loses an update it accepted: while the database is away it waits and tries again until `close`.
 * - The same `opId` for a list is stored once; a repeat resolves with the original position.
 * - Rows are never changed and never removed past a snapshot.
 * - `load` waits for appends in flight for that list, anywhere.
 */
export interface UpdateLog {
  append(update: NewUpdate): Promise<Appended>
  /** Rows after `after`, at most `limit`; damaged rows are left out and reported. */
  readSince(listId: ListId, after: Seq, limit: number): Promise<LogPage>
  load(listId: ListId): Promise<LoadedList>
  head(listId: ListId): Promise<Seq>
  /** The heads of many lists with one question; a list that does not exist is left out. */
  heads(listIds: readonly ListId[]): Promise<Map<ListId, Seq>>
  health(): LogHealth
  onHealth(listener: (health: LogHealth) => void): () => void
  /** Resolves when nothing is in flight, or rejects `StorageClosed` for what could not be written before the deadline. */
  close(deadlineMs: number): Promise<void>
}

export type LogHealth =
  | { readonly state: 'ok'; readonly queued: number }
  | { readonly state: 'failing'; readonly queued: number; readonly since: Date; readonly reason: string }

/**
 * Snapshots make loading short; the log alone is the truth.
 *
 * INVARIANTS
 * - Fenced: a snapshot never replaces one that contains more.
 * - A checksum is stored and verified on read; a bad snapshot is quarantined and an older one is used.
 */
export interface SnapshotStore {
  /** `data` must contain every update up to and including `seq`. */
  write(listId: ListId, seq: Seq, data: Uint8Array): Promise<'written' | 'superseded'>
}

export interface ListRow {
  readonly id: ListId
  readonly ownerId: UserId
  readonly title: string
  readonly headSeq: Seq
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** `P` is the role of the person who asked. */
export interface ListWithRole extends ListRow {
  readonly role: StoredRole
  /** The name this person goes by towards the others in this list; null: their own id. */
  readonly anonymousId: string | null
  /** The same of the owner; null: `ownerId` may be shown. */
  readonly ownerAnonymousId: string | null
  readonly editorsMayShare: boolean
}

/** A list as an overview shows it. */
export interface ListOverview extends ListWithRole {
  /** People with access, the owner included. */
  readonly memberCount: number
  /** Of the newest snapshot: what opening the list costs, roughly. 0 until there is one. */
  readonly sizeBytes: number
}

/** `mine`: owned. `shared`: others' lists. `recent`: all, the last changed first. `all`: oldest first. */
export type ListView = 'all' | 'recent' | 'mine' | 'shared'

/** For so long after it was deleted a list can be restored. */
export const RESTORE_DAYS = 30

/** `external`: known from another application's token. `guest`: a name and no account. */
export type UserKind = 'account' | 'external' | 'guest'

export interface KnownUser {
  readonly id: UserId
  readonly name: string
  /** Only when it was shown to be theirs. */
  readonly email: string | null
  readonly kind: UserKind
}

export type StoredRole = 'viewer' | 'commenter' | 'checker' | 'editor' | 'admin' | 'owner'

/**
 * Who exists, which lists exist, and who may do what with them.
 *
 * INVARIANTS
 * - Reads reflect every write whose promise has resolved.
 * - A list has exactly one owner: its creator, until they hand it over.
 * - What is done here to a list, and the audit entry about it, commit together or not at all.
 */
export interface Directory {
  /**
   * Makes the user known, or updates what is known; what is left out stays. `email` only when it was shown to be theirs, because
   * invitations to it are. An address that another user has is not taken over.
   */
  ensureUser(user: { id: UserId; name: string; email?: string | null; kind?: UserKind }): Promise<void>
  user(id: UserId): Promise<KnownUser | null>
  /** `taken` when the id exists and belongs to somebody else. */
  createList(list: {
    id: ListId
    ownerId: UserId
    title: string
  }): Promise<{ outcome: 'created' | 'exists'; list: ListWithRole } | { outcome: 'taken' }>
  /** Lists this person has access to; all but `all` the last changed first (to the minute). */
  listFor(userId: UserId, view?: { view: ListView; limit?: number }): Promise<ListOverview[]>
  /** Every list there is, by id, for maintenance: at most `limit` of those after `after` (null: from the start). */
  listIds(after: ListId | null, limit: number): Promise<ListId[]>
  /** Null when there is no such list or the user has no role: to a stranger both are the same. */
  find(listId: ListId, userId: UserId): Promise<ListWithRole | null>
  setTitle(listId: ListId, title: string): Promise<void>
  /** Hides the list from everybody but `deletedLists`; its log and grants stay. False: no such list, deleted already, or `by` is neither its owner nor an admin. */
  deleteList(listId: ListId, by: UserId): Promise<boolean>
  /** False when there is no deleted list of this id, its time is over, or `by` was neither its owner nor an admin. */
  restoreList(listId: ListId, by: UserId): Promise<boolean>
  /** Deleted lists that this person may still restore. */
  deletedLists(userId: UserId): Promise<(ListWithRole & { deletedAt: Date })[]>
  /** Removes lists deleted before this moment for good, with everything of theirs but the audit log; how many. */
  purgeLists(deletedBefore: Date): Promise<number>
  /** What is known to be damaged. A damaged snapshot is known for as long as it is kept. */
  quarantine(): Promise<(Damage & { foundAt: Date })[]>
  /** How many lists are in quarantine, for health checks. */
  damagedLists(): Promise<number>
}

export type BusMessage =
  | { readonly kind: 'updates'; readonly listId: ListId; readonly seq: Seq }
  | { readonly kind: 'resync'; readonly listId: ListId; readonly reason: string }
  | { readonly kind: 'access'; readonly listId: ListId; readonly userId: UserId }
  /** Everybody's access to the list must be looked at again: it was deleted or restored, or a setting changed. */
  | { readonly kind: 'list-access'; readonly listId: ListId }
  /** A session has ended; null: all sessions of this user. */
  | { readonly kind: 'session-ended'; readonly userId: UserId; readonly sessionId: string | null }

/**
 * Hints between nodes, never truth: a lost, doubled or reordered message may cost time and nothing else.
 *
 * INVARIANTS
 * - `publish` never throws and never waits for delivery.
 * - Subscribers do not get their own node's messages.
 * - After a disconnection `onGap` listeners are called once messages flow again, so that each re-reads the log.
 */
export interface Bus {
  publish(message: BusMessage): void
  subscribe(listener: (message: BusMessage) => void): () => void
  onGap(listener: () => void): () => void
  state(): 'connected' | 'disconnected'
  close(): Promise<void>
}

/** All of storage, as the server receives it. */
export interface Storage {
  readonly log: UpdateLog
  readonly snapshots: SnapshotStore
  readonly directory: Directory
  readonly grants: Grants
  readonly invitations: Invitations
  readonly links: Links
  readonly audit: Audit
  readonly credentials: Credentials
  readonly answers: Answers
  readonly bus: Bus
  /**
   * Removes what nobody can ask for any more: answers, ended sessions and invitations from before these moments; how many of each.
   * Nodes that do it at the same time do it once.
   */
  tidy(before: {
    answers: Date
    sessions: Date
    invitations: Date
  }): Promise<{ answers: number; sessions: number; invitations: number }>
  /** Rejects when the database does not answer. */
  ping(): Promise<void>
  close(deadlineMs: number): Promise<void>
}
