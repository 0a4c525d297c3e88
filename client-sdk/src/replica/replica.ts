import { ClientError } from '../errors.ts'
import type { InboxEdit, LoadedDocument } from '../local/port.ts'
import type { Change } from '../model/changes.ts'
import { Access } from './access.ts'
import { Conversation } from './conversation.ts'
import { Copy } from './copy.ts'
import { type Edit, newEdit } from './edit.ts'
import { Inbox } from './inbox.ts'
import { Keeper } from './keeper.ts'
import { Ledger } from './ledger.ts'
import { createMembership, type ListMembership } from './membership.ts'
import { Neighbours } from './neighbours.ts'
import { ORIGIN } from './origin.ts'
import { Repair } from './repair.ts'
import type { ReplicaDeps } from './replica-deps.ts'
import { Sender } from './sender.ts'

/**
 * One list's copy on this device, and everything that keeps it honest: what is applied, what is stored, what is on its
 * way, what was refused. It knows documents and edits, and nothing of items or screens.
 *
 *     write ──▶ document ──▶ keeper (device) ──▶ sender ──▶ conversation ──▶ acked  ──▶ confirmed
 *                                                                 └────────▶ refused ──▶ fetch all, apply the rest again; alone ──▶ inbox
 */
export class Replica {
  readonly copy: Copy
  readonly ledger: Ledger
  readonly inbox = new Inbox()
  readonly keeper: Keeper
  readonly membership: ListMembership = createMembership()
  readonly access: Access
  readonly conversation: Conversation
  readonly #deps: ReplicaDeps
  readonly #sender: Sender
  readonly #neighbours: Neighbours
  readonly #repair: Repair
  #isReady = false
  #syncedAt: number | null
  #editCount = 0

  constructor(deps: ReplicaDeps) {
    const { environment, store, listId } = deps
    this.#deps = deps
    this.#syncedAt = deps.syncedAt
    this.ledger = new Ledger(deps.waiting)
    this.copy = new Copy((update) => this.keeper.base(update))
    this.keeper = new Keeper({
      store,
      listId,
      environment,
      changed: () => deps.changed(),
      kept: (edit) => edit.fate.state === 'waiting' && this.#neighbours.stored(edit),
      based: () => this.#neighbours.fresh(),
      failed: (error) => deps.onError(error),
    })
    this.#sender = new Sender({
      ledger: this.ledger,
      environment,
      canSend: () =>
        this.conversation.isLive && this.access.end === null && !this.copy.isFetching && deps.isReadable(),
      outgoing: (update, after, upTo) => this.conversation.outgoing(update, after, upTo),
    })
    this.#neighbours = new Neighbours({
      listId,
      ledger: this.ledger,
      copy: this.copy,
      environment,
      tabs: deps.tabs,
      pendingRows: async () => (await this.keeper.load()).pending,
      repair: () => this.#repair.begin(),
      rewrite: (old, now) => this.keeper.replace([old], [now]),
      isLocked: () => this.access.end !== null,
      ended: (end) => this.access.finish(end, false),
      readmitted: () => this.access.ask(),
      inboxChanged: () => this.#reloadInbox(),
      changed: () => this.#moved(),
      report: (cause) => this.#deviceFailed(cause),
    })
    this.#repair = new Repair({
      copy: this.copy,
      ledger: this.ledger,
      keeper: this.keeper,
      inbox: this.inbox,
      sender: this.#sender,
      now: () => environment.now(),
      mayWrite: () => this.membership.mayWrite(),
      rejoin: () => this.conversation.rejoin(),
      confirmed: (edits) => this.#confirmed(edits),
      tabs: this.#neighbours,
      changed: () => deps.changed(),
      onError: (error) => deps.onError(error),
    })
    this.access = new Access({
      copy: this.copy,
      ledger: this.ledger,
      inbox: this.inbox,
      keeper: this.keeper,
      tabs: this.#neighbours,
      now: () => environment.now(),
      atOnce: deps.atOnce,
      locking: () => deps.locking(),
      leave: () => this.conversation.leave(),
      join: () => this.conversation.join(),
      locked: (end) => {
        this.membership.clear()
        deps.locked(end)
      },
      unlocked: () => deps.unlocked(),
      changed: () => deps.changed(),
      onError: (error) => deps.onError(error),
    })
    this.conversation = new Conversation({
      listId,
      link: deps.link,
      environment,
      copy: this.copy,
      ledger: this.ledger,
      membership: this.membership,
      access: this.access,
      isReadable: deps.isReadable,
      collisionsUpTo: deps.collisionsUpTo,
      collided: deps.collided,
      askAgain: deps.askAgain,
      received: (update, complete) => this.#received(update, complete),
      saved: (edits) => this.#saved(edits),
      refused: (edits, why) => this.#repair.refused(edits, why),
      live: () => this.#moved(),
      diverged: () => this.#repair.begin(),
      changed: () => deps.changed(),
    })
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get syncedAt(): number | null {
    return this.#syncedAt
  }

  /** Reads the device's copy. Never rejects: a device that cannot be read is trouble, and the server has the list too. */
  async load(): Promise<void> {
    await this.keeper.read((list, refused) => this.#found(list, refused))
    this.#isReady = true
    this.#deps.changed()
  }

  /** It may have been readable only after the list had been joined. */
  #found({ base, pending, end }: LoadedDocument, refused: readonly InboxEdit[]): void {
    this.inbox.load(refused)
    // Once more, for what was written after the list was locked; what waits goes nowhere but to the inbox.
    const known = end ?? this.access.end
    if (known !== null) {
      this.access.found(known, this.conversation.isLive)
      this.#isReady = true
      return
    }
    this.copy.apply([...base, ...pending.map((edit) => edit.update)], ORIGIN.device)
    for (const { key, ...content } of pending) {
      const isKnown = this.ledger.byKey(key) !== undefined
      if (!isKnown) this.ledger.add(newEdit(content, { uid: `row-${key}`, origin: 'earlier', key }))
    }
    // Not before: a list that is ready and has nothing waiting may be shut.
    this.#isReady = true
    this.#sender.wake()
    this.#active()
  }

  /**
   * Takes an edit that is in the document already: stores it in this tick, sends it in the next. Null: it changes nothing.
   */
  record(label: string, changes: readonly Change[], update: Uint8Array): Edit | null {
    if (update.length <= 2) return null
    this.#editCount += 1
    const uid = `${this.#deps.tabId}-${this.#editCount}`
    const content = { update, changes, label, at: this.#deps.environment.now() }
    const edit = newEdit(content, { uid, origin: 'here' })
    this.ledger.add(edit)
    this.keeper.keep(edit)
    this.#sender.wake()
    this.#active()
    return edit
  }

  /** What may be sent has changed. Cheap. */
  wake(): void {
    this.#sender.wake()
  }

  /** Tells the other tabs that the person decided about refused edits. */
  inboxDecided(keys: readonly number[]): void {
    this.keeper.dropInbox(keys)
    this.#neighbours.inboxDecided()
    this.#deps.changed()
  }

  /** Tries whatever may be stuck: the channel when it was denied, the device when it failed. */
  async retry(): Promise<void> {
    this.conversation.retry()
    this.access.ask()
    this.#deps.link.resume()
    await this.keeper.retry()
  }

  /** Gives up everything of the list on this device. Rejects when the device does not do it; then everything is as it was. */
  async erase(): Promise<void> {
    this.access.leave()
    await this.keeper.erase()
    // Also what the device has not got yet.
    this.inbox.take()
  }

  async close(): Promise<void> {
    this.conversation.close()
    this.#sender.close()
    await this.keeper.close()
    this.#neighbours.close()
    for (const edit of this.ledger.edits()) edit.confirmed.reject(new ClientError('closed'))
    this.copy.destroy()
  }

  #received(update: Uint8Array, complete: boolean): void {
    this.copy.receive(update)
    if (complete) {
      // Now, not with the next window: a page closed the moment the list is there must find it again without a network.
      void this.keeper.settled()
      if (this.copy.isFetching) this.#repair.finish()
    }
    this.#active()
  }

  #saved(edits: readonly Edit[]): void {
    this.#repair.accepted()
    this.#confirmed(edits)
    this.#sender.accepted(this.ledger.size)
    this.#sender.wake()
    this.#active()
  }

  /** The list has gone live, or another tab has done something: more may go, or nothing may be left that waits. */
  #moved(): void {
    if (this.ledger.size === 0 && this.conversation.isLive) this.#syncedAt = this.#deps.environment.now()
    this.#sender.wake()
    this.#active()
  }

  async #reloadInbox(): Promise<void> {
    this.inbox.load(await this.keeper.inbox())
    this.#deps.changed()
  }

  #deviceFailed(cause: unknown): void {
    this.#deps.onError(new ClientError('storage-failed', undefined, { cause }))
  }

  #active(): void {
    this.conversation.activity()
    this.#deps.changed()
  }

  #confirmed(edits: readonly Edit[]): void {
    if (edits.length === 0) return
    for (const edit of edits) {
      edit.fate = { state: 'confirmed' }
      edit.confirmed.resolve()
    }
    this.keeper.confirm(edits)
    const keys = edits.flatMap((edit) => (edit.key === null ? [] : [edit.key]))
    this.#neighbours.confirmed(keys)
    if (this.ledger.size === 0) this.#syncedAt = this.#deps.environment.now()
  }
}
