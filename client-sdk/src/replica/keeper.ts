import * as Y from 'yjs'
import type { Environment } from '../connection/port.ts'
import { ClientError } from '../errors.ts'
import type { DeviceStore, InboxEdit, LoadedDocument, Refused, StoredEnd } from '../local/port.ts'
import { StorageFailed } from '../local/storage-failed.ts'
import type { Edit } from './edit.ts'

const RETRY_MS = 5_000
/** A device that has not taken an edit after this long has failed, as far as the person is concerned. */
const STALL_MS = 5_000
const SIGNED_OUT =
  'You signed out in another tab, and nothing is kept here any more. Please reload to sign in again.'
/** Updates from the server are joined for this long before they are written: a lost one costs a download, never an edit. */
const BASE_WINDOW_MS = 100

export interface KeeperHost {
  readonly store: DeviceStore
  readonly listId: string
  readonly environment: Environment
  /** Something about durability changed: an edit got its row, a failure came or went. */
  changed(): void
  /** An edit has its row; other tabs want to know. */
  kept(edit: Edit): void
  /** More of what the server has is on the device. */
  based(): void
  failed(error: ClientError): void
}

/**
 * Writes one list to the device, and keeps owing what could not be written.
 *
 * Every task looks at the edit's fate when it runs, not when it was asked for: by the time a failed device works
 * again, the edit may be confirmed, refused or replaced, and must then not come back as pending.
 */
export class Keeper {
  readonly #host: KeeperHost
  #owed: (() => Promise<void>)[] = []
  #failure: 'storage-failed' | 'quota' | null = null
  #failureText: string | null = null
  #cancelRetry: (() => void) | null = null
  #baseBuffer: Uint8Array[] = []
  #cancelBase: (() => void) | null = null
  #running = new Set<Promise<void>>()
  #closed = false
  /** Nothing of the list's content is written; its inbox is. */
  #isLocked = false
  readonly #replacing = new Set<{ readonly old: readonly Edit[]; readonly now: readonly Edit[] }>()

  constructor(host: KeeperHost) {
    this.#host = host
  }

  get failure(): 'storage-failed' | 'quota' | null {
    return this.#failure
  }

  /**
   * Reads the list, and hands it to `found`. Never rejects: a device that cannot be read has failed like one that cannot be
   * written, and is read when it works again, because what waits on it is nowhere else.
   */
  read(found: (list: LoadedDocument, refused: readonly InboxEdit[]) => void): Promise<void> {
    return this.#run(async () => {
      const [list, refused] = await Promise.all([this.load(), this.inbox()])
      if (!this.#closed) found(list, refused)
    })
  }

  /** More about the failure, for a person, where there is more to say. */
  get failureText(): string | null {
    return this.#failure === null ? null : this.#failureText
  }

  load(): Promise<LoadedDocument> {
    return this.#host.store.load(this.#host.listId)
  }

  inbox(): Promise<InboxEdit[]> {
    return this.#host.store.inbox(this.#host.listId)
  }

  /** Issues the write in this very tick: a page killed right after still has the edit. */
  keep(edit: Edit): void {
    this.#flushBase()
    this.#run(() => this.#append(edit), [edit])
  }

  confirm(edits: readonly Edit[]): void {
    const { store, listId } = this.#host
    const keys = keysOf(edits)
    // Those without a row yet are looked after by their own append.
    if (keys.length > 0) this.#run(() => store.confirm(listId, keys))
  }

  base(update: Uint8Array): void {
    if (this.#isLocked) return
    this.#baseBuffer.push(update)
    this.#cancelBase ??= this.#host.environment.setTimer(() => this.#flushBase(), BASE_WINDOW_MS)
  }

  replaceBase(update: Uint8Array): void {
    this.#dropBaseBuffer()
    this.#run(async () => {
      if (this.#isLocked) return
      await this.#host.store.replaceBase(this.#host.listId, update)
      this.#host.based()
    })
  }

  /** Access has ended while these edits waited: see `DeviceStore.endList`. `then` gets the inbox after that, whenever the device comes to it. */
  end(end: StoredEnd, waiting: readonly Edit[], then: (inbox: readonly InboxEdit[]) => void): void {
    const { store, listId } = this.#host
    this.#isLocked = true
    this.#dropBaseBuffer()
    // The rows they had go to the inbox, and are the same edits: they are not to be there twice.
    for (const { old, now } of this.#replacing) {
      for (const [index, edit] of now.entries()) edit.key ??= old[index]?.key ?? null
    }
    this.#run(async () => {
      // Given again before the device came to it: what is written since is the list's.
      if (this.#isLocked) await store.endList(listId, end)
      else await store.refuse(listId, keysOf(waiting), { code: end.why, message: end.message })
      const inbox = await this.inbox()
      if (!this.#closed) then(inbox)
    })
  }

  /** Access was given again. What of the list was still to be purged has been, before anything new is written. */
  readmit(): void {
    this.#isLocked = false
    this.#run(() => this.#host.store.readmitList(this.#host.listId))
  }

  /** Removes the list from this device with all it holds. Rejects when the device does not; then everything is as it was. */
  async erase(): Promise<void> {
    // What is being written is erased with the rest, and what is still owed is never written.
    await Promise.allSettled([...this.#running])
    await this.#host.store.dropList(this.#host.listId)
    this.#owed = []
  }

  refuse(edits: readonly Edit[], why: Refused): void {
    const keys = keysOf(edits)
    if (keys.length > 0) this.#run(() => this.#host.store.refuse(this.#host.listId, keys, why))
  }

  dropInbox(keys: readonly number[]): void {
    if (keys.length > 0) this.#run(() => this.#host.store.dropInbox(this.#host.listId, keys))
  }

  /** The same edits with other bytes: old rows out, new rows in, in one step; `then` when that is on disk. */
  replace(old: readonly Edit[], now: readonly Edit[], then: () => void = () => {}): void {
    const { store, listId } = this.#host
    const swap = { old, now }
    this.#replacing.add(swap)
    this.#run(async () => {
      // A row that is only just being written has no name yet, and would stay beside its successor.
      await Promise.allSettled([...this.#running])
      const written = now.filter((edit) => isOwedARow(edit) && edit.key === null)
      const settledMeanwhile = now.filter((edit) => edit.fate.state === 'confirmed')
      const keys = await store.replacePending(listId, keysOf(old), written)
      this.#replacing.delete(swap)
      for (const [index, edit] of written.entries()) this.#arrived(edit, keys[index] ?? null)
      for (const edit of settledMeanwhile) this.base(edit.update)
      then()
    }, now)
  }

  /** Tries everything owed again, now. */
  retry(): Promise<void> {
    this.#cancelRetry?.()
    this.#cancelRetry = null
    const owed = this.#owed
    this.#owed = []
    for (const task of owed) this.#run(task)
    return this.settled()
  }

  async settled(): Promise<void> {
    this.#flushBase()
    while (this.#running.size > 0) await Promise.allSettled([...this.#running])
  }

  async close(): Promise<void> {
    await this.settled()
    this.#closed = true
    this.#cancelRetry?.()
    this.#cancelBase?.()
  }

  async #append(edit: Edit): Promise<void> {
    const { store, listId } = this.#host
    if (edit.fate.state === 'confirmed')
      return this.#isLocked ? undefined : store.appendBase(listId, edit.update)
    if (!isOwedARow(edit)) return
    const { update, changes, label, at } = edit
    this.#arrived(edit, await store.appendPending(listId, { update, changes, label, at }))
  }

  #arrived(edit: Edit, key: number | null): void {
    edit.key = key
    edit.device = 'stored'
    edit.stored.resolve()
    this.#host.kept(edit)
    const { store, listId } = this.#host
    const { fate } = edit
    if (key === null || fate.state === 'waiting') return
    if (fate.state === 'confirmed') this.#run(() => this.#confirmLate(key))
    else if (fate.state === 'refused') this.#run(() => store.refuse(listId, [key], fate))
    // A replaced one goes in the moment its successor comes: see `replace`.
    else if (fate.state === 'discarded')
      this.#run(async () => void (await store.replacePending(listId, [key], [])))
  }

  /** Confirmed before it had its row. If the list was locked in between, the lock took it for an unsaved one. */
  async #confirmLate(key: number): Promise<void> {
    const { store, listId } = this.#host
    if (!this.#isLocked) return store.confirm(listId, [key])
    await store.replacePending(listId, [key], [])
    await store.dropInbox(listId, [key])
  }

  #flushBase(): void {
    const updates = this.#baseBuffer
    this.#dropBaseBuffer()
    const [first] = updates
    if (first === undefined) return
    const update = updates.length === 1 ? first : Y.mergeUpdates(updates)
    this.#run(async () => {
      // Also when it is tried again: by then the list may be locked.
      if (this.#isLocked) return
      await this.#host.store.appendBase(this.#host.listId, update)
      this.#host.based()
    })
  }

  #dropBaseBuffer(): void {
    this.#cancelBase?.()
    this.#cancelBase = null
    this.#baseBuffer = []
  }

  #run(task: () => Promise<void>, edits: readonly Edit[] = []): Promise<void> {
    const stopWatch = edits.length === 0 ? () => {} : this.#watch(edits)
    const running: Promise<void> = task().then(
      () => {
        stopWatch()
        this.#running.delete(running)
        this.#worked()
      },
      (cause: unknown) => {
        stopWatch()
        this.#running.delete(running)
        this.#broke(task, edits, cause)
      },
    )
    this.#running.add(running)
    return running
  }

  /**
   * A write without an answer is said to have failed, and is waited for all the same: writing it again would store it twice if it
   * happens after all.
   */
  #watch(edits: readonly Edit[]): () => void {
    return this.#host.environment.setTimer(() => {
      this.#failed(edits, new StorageFailed('The device does not answer.'))
    }, STALL_MS)
  }

  #worked(): void {
    // The device works again: whatever it owes goes in now, oldest first.
    if (this.#owed.length > 0) void this.retry()
    else if (this.#running.size === 0) this.#failure = null
    this.#host.changed()
  }

  #broke(task: () => Promise<void>, edits: readonly Edit[], cause: unknown): void {
    if (this.#closed) return
    this.#owed.push(task)
    this.#cancelRetry ??= this.#host.environment.setTimer(() => void this.retry(), RETRY_MS)
    this.#failed(edits, cause)
  }

  #failed(edits: readonly Edit[], cause: unknown): void {
    if (this.#closed) return
    const isNews = this.#failure === null
    this.#failure = cause instanceof StorageFailed && cause.quota ? 'quota' : 'storage-failed'
    this.#failureText = cause instanceof StorageFailed && cause.gone ? SIGNED_OUT : null
    const error = new ClientError(this.#failure, this.#failureText ?? undefined, { cause })
    for (const edit of edits) markFailed(edit, error)
    if (isNews) this.#host.failed(error)
    this.#host.changed()
  }
}

/** Also a refused one: its way to the inbox on the device goes through a row. A replaced one only if its first try is under way. */
function isOwedARow({ fate, device }: Edit): boolean {
  return (
    fate.state === 'waiting' ||
    fate.state === 'refused' ||
    (fate.state === 'replaced' && device === 'writing')
  )
}

function markFailed(edit: Edit, error: ClientError): void {
  if (edit.device === 'stored') return
  edit.device = 'failed'
  edit.stored.reject(error)
}

function keysOf(edits: readonly Edit[]): number[] {
  return edits.flatMap((edit) => (edit.key === null ? [] : [edit.key]))
}
