import type { Page } from './client/page.ts'
import type { Environment, SocketLike } from './connection/port.ts'
import type { ClientError } from './errors.ts'
import type { Item, List, ListInfo, Mine } from './list/types.ts'
import type { DeviceIdentity, StorageAdapter } from './local/port.ts'
import type { DeletedList, LinkPreview } from './sharing/types.ts'
import type { TabRelay } from './tabs/port.ts'
import type { TabSharing } from './tabs/sharing-port.ts'

export type Unsubscribe = () => void

/** Names an item, section, label, comment, list or person. */
export type Id = string

/**
 * A value that changes over time, in the shape of React's `useSyncExternalStore`.
 *
 * Snapshots are frozen, share structure, and keep their identity until the value really changes.
 * `getServerSnapshot` returns the same empty value each time, so rendering on a server is stable.
 */
export interface Readable<T> {
  getSnapshot(): T
  getServerSnapshot(): T
  subscribe(onChange: () => void): Unsubscribe
}

/**
 * What every mutation returns: the edit is on the screen already when it is handed out.
 *
 * It is not thenable, so nobody waits on the network by accident. Both promises may be ignored: a rejection
 * nobody listens to is silent, because the failure is also in `status`.
 */
export interface Write<T = void> {
  readonly value: T
  /** Resolves when this device has the edit on disk; rejects with `storage-failed` or `quota` when the first try fails. */
  readonly stored: Promise<void>
  /** Resolves when the server has the edit in its database; rejects when it was refused and went to the inbox. */
  readonly confirmed: Promise<void>
}

/** Why a list needs a person. Each goes away by itself when its cause does, except those that ask for a decision. */
export type Attention =
  /** The server does not know this token (any more). `resolve()` asks `getToken('expired')` and tries again. */
  | 'auth-expired'
  /**
   * This person may no longer open the list, or it never existed. Where the server says that access has ended (`list.access`),
   * `resolve()` forgets what is left of it here, and `retry()` asks once more; otherwise everything is kept, and both ask.
   */
  | 'access-revoked'
  /** The list was made on this device and the server will not take it. */
  | 'create-refused'
  /** The device does not store edits. They are in memory and still go to the server. */
  | 'storage-failed'
  /** The same, because the device is full. */
  | 'quota'
  /** The server refused edits. `resolve()` drops them, `retry()` sends them again. */
  | 'update-rejected'
  /** The server cannot write at the moment. Edits wait here; nothing is lost. */
  | 'server-storage'
  /** The server cannot read all of this list; what is shown may be incomplete. */
  | 'damaged'
  /** This version is too old for the server, or for the format of this list. Reading goes on, and what waits is kept. */
  | 'client-too-old'

/** Said beside a count of waiting edits when it is more than an app should stay silent about. */
export type Backlog = 'none' | 'many-edits' | 'long-offline'

/** One honest sentence about a list: what is where. `synced` means every edit of this device is in the server's database. */
export type Status =
  | { readonly state: 'loading'; readonly from: 'device' | 'server' }
  | { readonly state: 'synced'; readonly at: number }
  /** Connected, and not yet acknowledged as durable. `since` is when the oldest of them was made. */
  | { readonly state: 'saving'; readonly pending: number; readonly since: number; readonly backlog: Backlog }
  /**
   * `stored` says whether every waiting edit is on this device's disk. `here` is false for a list of which nothing is on this device: there
   * is nothing to show of it before the server is reached.
   */
  | {
      readonly state: 'offline'
      readonly pending: number
      readonly stored: boolean
      readonly here: boolean
      readonly lastSyncedAt: number | null
      readonly backlog: Backlog
    }
  | AttentionStatus

export interface AttentionStatus {
  readonly state: 'attention'
  readonly reason: Attention
  /** One sentence for a person. */
  readonly message: string
  readonly pending: number
  /** Accepts the situation: drops refused edits, asks for a new token, or tries once more, whichever the reason calls for. */
  resolve(): Promise<void>
  /** Tries again without giving anything up. */
  retry(): Promise<void>
  /** Everything that is not on the server, as a JSON file. */
  exportPending(): Blob
}

export interface User {
  readonly id: Id
  readonly name: string
}

/** Where one list stands; what its status says, and what waits in it, in figures. */
export interface ListStanding {
  readonly title: string
  readonly state: Status['state']
  /** Why it needs a person; null in every state but `attention`. */
  readonly reason: Attention | null
  /** Edits the server has not confirmed. */
  readonly pending: number
  /** Edits the server refused, which wait for a decision. */
  readonly refused: number
  /** When everything of it was last known to be in the server's database; null: not yet. */
  readonly lastConfirmedAt: number | null
}

/** The state of all lists in one, the worst first. */
export interface ClientStatus {
  readonly summary: Status
  readonly lists: Readonly<Record<Id, Status['state']>>
  /** Of every list that is open or in which something waits, also where nobody looks at it. */
  readonly standing: Readonly<Record<Id, ListStanding>>
}

export interface ClientOptions {
  /** The server, for example `https://lists.example.org`. */
  readonly url: string
  /** A fixed token; use `getToken` when it can expire. */
  readonly token?: string
  /**
   * Called before the first connection (`start`), and shortly before the token ends or when the server says it is no good (`expired`).
   * Null means: not signed in. Rejecting means: not now; it is asked again.
   */
  readonly getToken?: (why: 'start' | 'expired') => Promise<string | null>
  /** Default `indexeddb` where there is one, else `memory`. */
  readonly storage?: StorageAdapter | 'indexeddb' | 'memory'
  readonly fetch?: typeof fetch
  readonly openSocket?: (url: string) => SocketLike
  /** How the tabs that share a storage hear of each other. Default: `BroadcastChannel` where the storage is IndexedDB. */
  readonly tabs?: TabRelay
  /**
   * How the tabs of one person in a browser come to share one socket. Default: by Web Locks, where the browser has them and the
   * storage is IndexedDB; `null`: each tab has a socket of its own.
   */
  readonly sharing?: TabSharing | null
  /** Time, chance and sockets; tests and simulations bring their own. */
  readonly environment?: Environment
  /**
   * Whether lists that nobody has open are brought here ahead of time, one after the other, so that all of them are there without a
   * network. Default: where the storage is IndexedDB.
   */
  readonly keepAhead?: boolean
  /**
   * Who tells whether anybody looks. Default: the browser's page. One that has been hidden for five minutes, with nothing left to send,
   * has no connection until it is seen again or edited in.
   */
  readonly page?: Page
  /** Every failure that also shows in a status, for logs. Never throws back into the SDK. */
  readonly onError?: (error: ClientError) => void
}

/** One person's lists on this device and on the server. */
export interface Client {
  /** Who is signed in; from this device's memory at once, from the token when there is one. Null: nobody yet. */
  readonly user: Readable<User | null>
  readonly status: Readable<ClientStatus>
  readonly lists: Lists
  /**
   * Joins a list by a link, or by the token in it. Rejects with `link-over`, `wrong-password`, `too-many-requests` (with
   * `retryAfterMs`) or `network`. Again by the same person: the same list, and no further use of the link.
   */
  redeem(link: string, options?: { readonly password?: string }): Promise<List>
  /** What a link leads to, before anybody joins by it. */
  lookAtLink(link: string): Promise<LinkPreview>
  /**
   * Items of all lists on this device, open or not, with a network or without, and kept up while somebody subscribes. The same readable
   * for the same view. Nothing of a list whose access has ended is in it.
   */
  items(view: AcrossView): Readable<Across>
  /** What the people of all lists are called, list by list, as far as this device knows: `List.names` without opening any. */
  readonly names: Readable<Readonly<Record<Id, Readonly<Record<Id, string>>>>>
  /** Tries to reach the server now rather than when the next try is due. Nothing to do while it is reached. */
  reconnect(): void
  /** Everything of all lists that is not on the server, as a JSON file. */
  exportPending(): Blob
  /** Waits until everything is confirmed. False: time ran out and edits still wait. */
  flush(options?: { timeoutMs?: number }): Promise<boolean>
  /** Forgets this person and everything of theirs on this device. Throws `pending` when edits would be lost, unless told to discard them. */
  signOut(options?: { discardPending?: boolean }): Promise<void>
  /** Stops all traffic and releases the device store. Edits stay on the device. */
  close(): Promise<void>
}

export interface Lists extends Readable<readonly ListInfo[]> {
  /** Works offline: the list is usable at once and reaches the server when there is one. */
  create(options: { title: string; id?: Id }): Write<List>
  /** Returns at once; `status` says `loading` until there is something to show. The same object for the same id until it is closed. */
  open(id: Id): List
  /** Arranges a list for this person on this device; `confirmed` is `stored`, because it goes nowhere else. Rejects `not-found` for a list that is not in the overview. */
  mine(id: Id, change: Partial<Mine>): Write
  /** Reads the server's account of this person's lists now; also done on every connection. */
  refresh(): Promise<void>
  /** Gives up this person's own access. What waits here unsaved is kept as after any end of access; else nothing of the list stays on this device. */
  leave(id: Id): Promise<void>
  /** For everybody; restorable for 30 days. This device keeps of it what `leave` keeps. */
  delete(id: Id): Promise<void>
  /** Brings a deleted list back, with everybody who had access. */
  restore(id: Id): Promise<void>
  /** Deleted lists that this person may restore. */
  deleted(): Promise<readonly DeletedList[]>
}

/** Which items of all lists. What is not named does not matter. */
export interface AcrossView {
  /** Words that must all occur in title or notes, whatever their case. */
  readonly text?: string
  /** Assigned to this person, under whichever id they go by in each list. */
  readonly assignee?: 'me'
  /** `YYYY-MM-DD`: due that day or before it, on the calendar of whoever wrote the date. */
  readonly dueUntil?: string
  readonly done?: boolean
  /** Those in the trash, the latest removed first, instead of the others. */
  readonly trash?: true
  /** No more rows than this. */
  readonly limit?: number
}

export interface AcrossRow {
  readonly listId: Id
  readonly listTitle: string
  /** Under which id this person's edits stand in that list; null: nobody is signed in. */
  readonly me: Id | null
  readonly item: Item
}

/**
 * With `dueUntil`, the earliest due comes first, else lists stand in the order of the overview, and items in that of their list.
 * `isComplete` is false while lists on this device are still being read. `missing` lists are not on this device yet: nothing of them is
 * found before they have been opened, or brought here, with a network.
 */
export interface Across {
  readonly rows: readonly AcrossRow[]
  readonly isComplete: boolean
  readonly missing: number
}

export type { DeviceIdentity, Environment, SocketLike, StorageAdapter, TabRelay }
