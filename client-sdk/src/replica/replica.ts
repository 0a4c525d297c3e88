import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Channel, ChannelHost, ChannelState } from '../connection/port.ts'
import { ClientError } from '../errors.ts'
import type { InboxEdit, LoadedDocument } from '../local/port.ts'
import type { Change } from '../model/changes.ts'
import { contentHash } from '../model/content-hash.ts'
import { encodeMessage, type ServerMessage } from '../protocol/messages.ts'
import type { Refusal } from '../protocol/refusal.ts'
import { Access } from './access.ts'
import { Checker } from './checker.ts'
import { Copy } from './copy.ts'
import { type Edit, newEdit } from './edit.ts'
import { NOTHING, whatServerLacks } from './handshake.ts'
import { Inbox } from './inbox.ts'
import { Keeper } from './keeper.ts'
import { Ledger } from './ledger.ts'
import { createMembership } from './membership.ts'
import { Missed } from './missed.ts'
import { Neighbours } from './neighbours.ts'
import { ORIGIN } from './origin.ts'
import { Repair } from './repair.ts'
import type { ReplicaDeps } from './replica-deps.ts'
import { Sender } from './sender.ts'
import { afterMessage, initialStanding, type Standing } from './standing.ts'

/**
 * One list's copy on this device, and everything that keeps it honest: what is applied, what is stored, what is on its
 * way, what was refused. It knows documents and edits, and nothing of items or screens.
 *
 *     write ──▶ document ──▶ keeper (device) ──▶ sender ──▶ channel ──▶ acked  ──▶ confirmed
 *                                                              └─────▶ refused ──▶ fetch all, apply the rest again; alone ──▶ inbox
 */
export class Replica implements ChannelHost {
  readonly copy: Copy
  readonly ledger: Ledger
  readonly inbox = new Inbox()
  readonly keeper: Keeper
  readonly membership = createMembership()
  readonly access: Access
  readonly #deps: ReplicaDeps
  readonly #sender: Sender
  readonly #checker: Checker
  readonly #neighbours: Neighbours
  readonly #repair: Repair
  readonly #missed: Missed
  readonly #awareness = new Awareness(new Y.Doc())
  #channel: Channel | null = null
  #standing: Standing = initialStanding
  #isReady = false
  #syncedAt: number | null
  #editCount = 0
  #lastRefusal: Refusal | null = null
  #closed = false

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
      failed: (error) => deps.onError(error),
    })
    this.#sender = new Sender({
      ledger: this.ledger,
      environment,
      canSend: () => this.isLive && this.access.end === null && !this.copy.isFetching && deps.isReadable(),
      outgoing: (update, after, upTo) => this.#channel?.outgoing(update, after, upTo),
    })
    this.#checker = new Checker({
      environment,
      canCheck: () => this.isLive && !this.copy.isFetching && this.ledger.size === 0,
      ask: (id) => this.#askCheck(id),
      diverged: () => this.#repair.begin(),
      gaveUp: () => this.#setStanding({ damage: ['This copy keeps differing from the server.'] }),
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
      changed: () => this.#afterTab(),
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
      rejoin: () => this.#channel?.rejoin(),
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
      leave: () => this.#leave(),
      join: () => this.connect(),
      locked: (end) => {
        this.membership.clear()
        deps.locked(end)
      },
      unlocked: () => deps.unlocked(),
      changed: () => deps.changed(),
      onError: (error) => deps.onError(error),
    })
    this.#missed = new Missed({
      earlier: deps.collisionsUpTo,
      ask: (after) => this.#channel?.send(encodeMessage({ type: 'missed', after })),
      heard: (collisions, wereMissed) => deps.collided(collisions, wereMissed),
    })
    this.#awareness.setLocalState(null)
  }

  get standing(): Standing {
    return this.#standing
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get isLive(): boolean {
    return this.#standing.channel.state === 'live'
  }

  get syncedAt(): number | null {
    return this.#syncedAt
  }

  /** Up to which position of the log this device has been told of collisions. */
  get collisionsUpTo(): number | null {
    return this.#missed.position
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
      this.access.found(known, this.isLive)
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

  /** Joins the list on the server. Only after `load`, so that the handshake asks for no more than what is missing. */
  connect(): void {
    if (this.#closed || this.#channel !== null || !this.access.mayJoin) return
    this.#channel = this.#deps.link.open(this.#deps.listId, this)
    this.#deps.changed()
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
    if (this.#standing.channel.state === 'denied') this.#channel?.rejoin()
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

  linkChanged(): void {
    this.#setStanding({ link: this.#deps.link.state })
  }

  createRefused(message: string | null): void {
    this.#setStanding({ createRefused: message })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#leave()
    this.#sender.close()
    this.#checker.close()
    this.#awareness.destroy()
    await this.keeper.close()
    this.#neighbours.close()
    for (const edit of this.ledger.edits()) edit.confirmed.reject(new ClientError('closed'))
    this.copy.destroy()
  }

  // --- what the channel asks and tells ------------------------------------------------------------------------------

  document(): Y.Doc {
    return this.copy.joining
  }

  awareness(): Awareness {
    return this.#awareness
  }

  writtenUpTo(): number {
    if (this.isLive) return this.ledger.lastTicket
    return this.ledger.handshake(this.#carried()).upTo
  }

  lacking(stateVector: Uint8Array): Uint8Array {
    if (!this.#deps.isReadable()) return NOTHING
    return whatServerLacks(this.copy.joining, this.#carried(), stateVector)
  }

  received(update: Uint8Array, complete: boolean): void {
    this.access.admitted()
    this.copy.receive(update)
    if (complete) {
      // Now, not with the next window: a page closed the moment the list is there must find it again without a network.
      void this.keeper.settled()
      if (this.copy.isFetching) this.#repair.finish()
    }
    this.#active()
  }

  acked(upTo: number): void {
    const edits = this.ledger.acked(upTo)
    if (edits === null) return
    this.#repair.accepted()
    this.#confirmed(edits)
    this.#sender.accepted(this.ledger.size)
    this.#sender.wake()
    this.#active()
  }

  refused(_after: number, upTo: number): void {
    const why = this.#lastRefusal
    this.#lastRefusal = null
    const edits = this.ledger.refused(upTo)
    if (edits !== null) this.#repair.refused(edits, why)
  }

  message(message: ServerMessage): void {
    if (message.type === 'refused') this.#lastRefusal = message.refusal
    if (message.type === 'welcome') {
      this.access.admitted()
      this.membership.hear(message)
    }
    if (message.type === 'check-result') this.#checker.answered(message.id, message.verdict)
    if (message.type === 'resync') this.#repair.begin()
    if (message.type === 'changed') this.#deps.askAgain(message.what)
    this.#missed.hear(message)
    this.#setStanding(afterMessage(this.#standing, message))
  }

  stateChanged(state: ChannelState): void {
    const wasDown = this.#standing.channel.state === 'detached'
    if (state.state === 'detached' || state.state === 'denied') {
      this.ledger.lost()
      if (this.copy.isFetching) this.copy.beginFetch()
    }
    // First, so that nobody hears of a denial of which the words are still to come.
    if (state.state === 'denied') this.access.denied(state.code, state.reason)
    // What the server said about itself was said on a connection that is gone.
    const fresh = wasDown && state.state === 'joining' ? { isServerStorageFailing: false, damage: [] } : {}
    this.#setStanding({ channel: state, ...fresh })
    if (state.state === 'live') {
      if (this.ledger.size === 0) this.#syncedAt = this.#deps.environment.now()
      this.#missed.joined()
      this.#sender.wake()
      this.#active()
    }
  }

  // --- inside -------------------------------------------------------------------------------------------------------

  /** The edits that a handshake brings. While everything is being fetched the joining document is empty, and holds none of them. */
  #carried(): readonly Edit[] {
    if (this.copy.isFetching || !this.#deps.isReadable()) return []
    return this.ledger.edits().filter((edit) => edit.inDocument)
  }

  #leave(): void {
    const channel = this.#channel
    this.#channel = null
    channel?.close()
  }

  #setStanding(change: Partial<Standing>): void {
    this.#standing = { ...this.#standing, ...change }
    this.#deps.changed()
  }

  #afterTab(): void {
    if (this.ledger.size === 0 && this.isLive) this.#syncedAt = this.#deps.environment.now()
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
    this.#checker.activity()
    this.#deps.changed()
  }

  #askCheck(id: number): void {
    const doc = this.copy.shown
    const stateVector = Y.encodeStateVector(doc)
    const base64 = btoa(String.fromCharCode(...stateVector))
    this.#channel?.send(encodeMessage({ type: 'check', id, stateVector: base64, hash: contentHash(doc) }))
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
