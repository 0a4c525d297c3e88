import type { Change } from '../model/changes.ts'
import type { Sort } from '../model/query.ts'

/** An edit made on this device that the server has not confirmed. */
export interface PendingEdit {
  /** Grows with every edit of this list on this device, over all tabs; assigned by the store. */
  readonly key: number
  readonly update: Uint8Array
  /** What it does, so that it can be applied to another copy of the document. */
  readonly changes: readonly Change[]
  readonly label: string
  readonly at: number
}

/** An edit the server refused. It is out of the document, and kept until the person decides. */
export interface InboxEdit {
  readonly key: number
  readonly changes: readonly Change[]
  readonly label: string
  readonly at: number
  readonly code: string
  readonly message: string
  /** What of it was refused, as `formatPlace` spells places; absent: all of it, or the server did not say. */
  readonly places?: readonly string[]
}

/** Access to a list has ended: since when, and in whose words. */
export interface StoredEnd {
  readonly why: 'access-ended' | 'list-deleted'
  /** One sentence for a person, as the server said it. */
  readonly message: string
  readonly at: number
}

export interface StoredList {
  readonly id: string
  readonly title: string
  readonly role: string
  /** True while `POST /lists` has not been confirmed: the list was made offline. */
  readonly creating: boolean
  /** When everything local was last confirmed, or null. */
  readonly syncedAt: number | null
  /** How this person keeps the list on this device; absent: as any other. */
  readonly mine?: StoredView
  /** Up to which position of the server's log this device was told of collisions; absent: it never asked. */
  readonly collisionsUpTo?: number
  /** Under which id this person's edits stand in this list; absent: their user id. */
  readonly authorId?: string
}

/** One person's own arrangement of a list; no part of the list. */
export interface StoredView {
  readonly pinned: boolean
  readonly folder: string | null
  readonly sort: Sort
  readonly muted: boolean
}

/** Why an edit is in the inbox. */
export type Refused = Pick<InboxEdit, 'code' | 'message' | 'places'>

export interface LoadedDocument {
  /** Confirmed or remote updates; applying all of them in any order gives the server's state as last seen. */
  readonly base: readonly Uint8Array[]
  readonly pending: readonly PendingEdit[]
  /** Set from `endList` until `readmitList`. */
  readonly end: StoredEnd | null
}

/**
 * One person's copy of their lists on one device.
 *
 * INVARIANTS
 * - A promise resolves only when the data is durable (IndexedDB: transaction complete, durability strict); it rejects
 *   with `StorageFailed` (quota says whether the device is full) when it is not. A failed write leaves what was there.
 * - The write is issued in the same tick as the call, so that a page killed right after still has it.
 * - `confirm` moves an edit from pending to base in one transaction: it is never in neither, however the page dies.
 * - Several tabs may use the same store at once.
 */
export interface DeviceStore {
  lists(): Promise<StoredList[]>
  putList(list: StoredList): Promise<void>
  /** Forgets the list with everything in it. */
  dropList(id: string): Promise<void>

  /**
   * Access to the list has ended. In one transaction its pending edits go to the inbox, what is known of its content goes, and the end
   * is noted, so that a page that dies finds either nothing done or all of it. Done again, it does the same for what was
   * written meanwhile. A list of which nothing is on this device leaves no note.
   */
  endList(listId: string, end: StoredEnd): Promise<void>
  /** The lists whose end is noted. */
  ends(): Promise<{ readonly id: string; readonly end: StoredEnd }[]>
  /** Access was given again: takes the note away. The inbox stays. */
  readmitList(listId: string): Promise<void>

  /** Ids of the lists with pending edits: also of one that was never granted, and so was never put. In no order. */
  pendingLists(): Promise<string[]>
  load(listId: string): Promise<LoadedDocument>
  appendPending(listId: string, edit: Omit<PendingEdit, 'key'>): Promise<number>
  appendBase(listId: string, update: Uint8Array): Promise<void>
  /** Unknown keys are ignored: another tab may have confirmed them first. */
  confirm(listId: string, keys: readonly number[]): Promise<void>
  /**
   * Swaps pending edits for others in one transaction and returns the new keys, in order: after a repair the same
   * changes have other bytes, and a page that dies in between must find the old ones or the new, never both.
   */
  replacePending(
    listId: string,
    drop: readonly number[],
    add: readonly Omit<PendingEdit, 'key'>[],
  ): Promise<number[]>
  /** Replaces all of base (compaction, repair); pending edits stay unless named. */
  replaceBase(listId: string, base: Uint8Array, dropPending?: readonly number[]): Promise<void>

  inbox(listId: string): Promise<InboxEdit[]>
  /** Moves pending edits to the inbox in one transaction. */
  refuse(listId: string, keys: readonly number[], why: Refused): Promise<void>
  dropInbox(listId: string, keys: readonly number[]): Promise<void>

  /** What this device remembers of a list beside its content; undefined: nothing of that name. */
  fact(listId: string, name: string): Promise<unknown>
  /** The same of all lists. */
  facts(name: string): Promise<{ readonly id: string; readonly value: unknown }[]>
  /**
   * Remembers a structured-cloneable value of at most 64 kB; undefined forgets it. It goes with the list, or when its access ends: of a list
   * that is locked, or of which nothing is on this device, nothing is remembered, whoever comes late.
   */
  putFact(listId: string, name: string, value: unknown): Promise<void>
  /**
   * Appends what the server sent, null for nothing, and remembers a fact that goes with it, in one transaction. False: nothing was written,
   * because nothing may be remembered of this list (any more); see `putFact`.
   */
  appendBaseWith(
    listId: string,
    update: Uint8Array | null,
    fact: { readonly name: string; readonly value: unknown },
  ): Promise<boolean>

  close(): Promise<void>
  /** Deletes everything of this person on this device. */
  destroy(): Promise<void>
}

/** Remembers who used this device last, so that the app opens without a network. Holds no token. */
export interface DeviceIdentity {
  readonly userId: string
  readonly name: string
}

/** One per server URL. `open` never rejects for a damaged device: it rejects with `StorageFailed` and the app shows why. */
export interface StorageAdapter {
  open(userId: string): Promise<DeviceStore>
  lastIdentity(): Promise<DeviceIdentity | null>
  setLastIdentity(identity: DeviceIdentity | null): Promise<void>
}
