import type { Environment, Link } from '../connection/port.ts'
import { ClientError } from '../errors.ts'
import { type OpenList, openList } from '../list/list.ts'
import type { Names } from '../list/names.ts'
import type { List } from '../list/types.ts'
import type { DeviceStore, StoredEnd } from '../local/port.ts'
import type { TabRelay } from '../tabs/port.ts'
import type { Id } from '../types.ts'
import type { Catalog } from './catalog.ts'
import type { Face } from './faces.ts'
import { Overview } from './overview.ts'
import type { Request } from './request.ts'

const NOTE_MS = 1_000
/** A list that was let go of stays for a moment: who goes back and forth between two pages gets the same one again. */
const LINGER_MS = 5_000

export interface ShelfHost {
  readonly environment: Environment
  readonly store: DeviceStore
  readonly link: Link
  readonly request: Request
  readonly tabs: TabRelay
  readonly tabId: string
  readonly userId: () => Id | null
  readonly catalog: Catalog
  /** The server says that this person's lists are others than before. */
  readonly listsChanged: () => void
  /** What is known of a list that is not open; null: nothing. */
  readonly face: (id: Id) => Face | null
  readonly named: (id: Id, names: Names) => void
  /** What an open list shows is to be remembered. */
  readonly noted: (id: Id, open: OpenList) => void
  /** A list is about to be closed; what is on its screen can still be read. */
  readonly closing: (id: Id, open: OpenList) => void
  readonly onError: (error: ClientError) => void
}

interface Slot {
  readonly open: OpenList
  /** The app holds it. Otherwise it is only here until its edits are confirmed. */
  isHeld: boolean
  /** It is here to learn from the server whether this person is let in. */
  isInDoubt: boolean
  cancelNote: (() => void) | null
  cancelLinger: (() => void) | null
}

/** The lists of this client that are open: for the app, for what waits in them to be sent, or to learn whether this person is let in. */
export class Shelf {
  readonly overview: Overview
  readonly #host: ShelfHost
  readonly #slots = new Map<Id, Slot>()
  #isFirstAttempt = true
  #closed = false

  constructor(host: ShelfHost) {
    this.#host = host
    this.overview = new Overview({
      environment: host.environment,
      catalog: host.catalog,
      slots: this.#slots,
      isCreating: () => this.#isCreating(),
      face: host.face,
    })
  }

  /** For good: lists that are opened now are closed ones, and take no edits. */
  get isClosed(): boolean {
    return this.#closed
  }

  open(id: Id): List {
    const slot = this.#slots.get(id) ?? this.#place(id)
    // Once for each time it is taken up, however often it is asked for: a screen that opens it with each rendering would ask for ever.
    if (!slot.isHeld) slot.open.ask()
    slot.isHeld = true
    slot.open.appear(true)
    slot.cancelLinger?.()
    slot.cancelLinger = null
    return slot.open.list
  }

  /** Undefined: it is not open here. */
  opened(id: Id): OpenList | undefined {
    return this.#slots.get(id)?.open
  }

  /** Undefined: it is not open here. */
  endOf(id: Id): StoredEnd | null | undefined {
    return this.#slots.get(id)?.open.replica.access.end
  }

  titleOf(id: Id): string | null {
    return this.#slots.get(id)?.open.title() ?? null
  }

  /** What an open list has learned about itself goes to the catalog and the device, for the next cold start. */
  note(id: Id): void {
    const slot = this.#slots.get(id)
    if (slot === undefined) return
    slot.cancelNote?.()
    slot.cancelNote = null
    const { open } = slot
    // What of it is to be kept was noted when it ended.
    if (open.replica.access.end !== null) return
    this.#note(id, open)
    if (!open.replica.copy.isEmpty && this.#host.catalog.has(id)) this.#host.noted(id, open)
  }

  #note(id: Id, open: OpenList): void {
    const isOurs = this.#host.catalog.ids().includes(id)
    // A list that nobody has given us access to is not remembered.
    if (!isOurs && open.replica.membership.getSnapshot().role === null) return
    this.#host.catalog.note(id, {
      title: open.title(),
      role: open.role(),
      syncedAt: open.replica.syncedAt,
      collisionsUpTo: open.replica.conversation.collisionsUpTo,
      authorId: open.authorId(),
    })
  }

  /** Asks the list itself whether this person is let in, opening it in the background for that. */
  doubt(id: Id): void {
    if (this.#closed) return
    const slot = this.#slots.get(id) ?? this.#place(id)
    slot.isInDoubt = true
    slot.open.ask()
  }

  /**
   * Leaves nothing of a list on this device, its refused edits included, and takes it out of the overview: for one that has ended, or that
   * this person has just left. Rejects with `storage-failed`, having changed nothing, when the device does not let go of it.
   */
  async forget(id: Id): Promise<void> {
    const { store, tabs } = this.#host
    try {
      await (this.#slots.get(id)?.open.erase() ?? store.dropList(id))
    } catch (cause) {
      throw new ClientError('storage-failed', undefined, { cause })
    }
    tabs.post({ type: 'forgotten', listId: id })
    this.forgotten(id)
  }

  /** As `forget`, done by another tab. */
  forgotten(id: Id): void {
    this.#host.catalog.forget(id)
    this.overview.forget(id)
    this.#slots.get(id)?.open.replica.access.forget()
    void this.#shut(id)
  }

  /**
   * Lists with edits from an earlier session, or that the server does not have yet, are opened in the background: nothing must wait
   * for somebody to look at it, and the status must count it.
   */
  async sendLeftovers(): Promise<void> {
    const { catalog, store } = this.#host
    const waiting = await store.pendingLists()
    for (const id of new Set([...catalog.ids().filter((one) => catalog.known(one).creating), ...waiting])) {
      if (!this.#closed && !this.#slots.has(id)) this.#place(id)
    }
  }

  /** Whether anything waits on the device: also of lists that only another tab has open. Rejects when it cannot be read. */
  async waitsOnDevice(): Promise<boolean> {
    const { store } = this.#host
    if ((await store.lists()).some(({ creating }) => creating)) return true
    return (await store.pendingLists()).length > 0
  }

  /** Null: the lists themselves. */
  knownChanged(id: Id | null): void {
    this.overview.known()
    for (const [listId, slot] of this.#slots) {
      if (id !== null && id !== listId) continue
      slot.open.replica.conversation.createRefused(this.#host.catalog.createRefused(listId))
      slot.open.knownChanged()
    }
    this.overview.changed()
  }

  linkChanged(): void {
    const { state } = this.#host.link
    if (state.state === 'open' || state.state === 'waiting' || state.state === 'stopped')
      this.#isFirstAttempt = false
    // Whoever looks again is to be told that it is being looked after, and not that nobody is there.
    if (state.state === 'resting') this.#isFirstAttempt = true
    for (const { open } of this.#slots.values()) open.linkChanged()
    this.overview.changed()
  }

  hasPending(): boolean {
    return [...this.#slots.values()].some(({ open }) => open.replica.ledger.size > 0) || this.#isCreating()
  }

  /** Whether anything waits that this tab is to send: what another tab has made it sends itself, if it can. */
  mustSend(): boolean {
    const now = this.#host.environment.now()
    const isDue = ({ open }: Slot): boolean =>
      open.replica.ledger.edits().some(({ sendFrom }) => sendFrom <= now)
    return this.#isCreating() || [...this.#slots.values()].some(isDue)
  }

  /** What is not on the server, list by list, as it stands in an exported file. */
  waiting(): readonly object[] {
    const slots = [...this.#slots.values()]
    return slots.filter(({ open }) => hasUnsaved(open)).map(({ open }) => open.waiting())
  }

  hasUnsaved(id: Id): boolean {
    const open = this.#slots.get(id)?.open
    return open !== undefined && hasUnsaved(open)
  }

  flush(timeoutMs: number): Promise<boolean> {
    if (!this.hasPending()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const finish = (): void => {
        cancel()
        stopLooking()
        resolve(!this.hasPending())
      }
      const look = (): void => {
        if (!this.hasPending()) finish()
      }
      const cancel = this.#host.environment.setTimer(finish, timeoutMs)
      const stopLooking = this.overview.onChange(look)
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#slots.keys()].map((id) => this.#shut(id)))
  }

  #place(id: Id): Slot {
    const { catalog, ...host } = this.#host
    const open: OpenList = openList({
      ...host,
      id,
      known: () => catalog.known(id),
      isFirstAttempt: () => this.#isFirstAttempt,
      retryCreate: () => catalog.createAll(),
      changed: () => this.#listChanged(id),
      locking: (list) => this.#note(id, list),
      ended: (_, end) => this.#ended(id, end),
      readmitted: () => catalog.readmitted(id),
      forget: () => this.#tryForget(id),
      named: (names) => host.named(id, names),
      closed: () => this.#release(id),
    })
    const slot: Slot = { open, isHeld: false, isInDoubt: false, cancelNote: null, cancelLinger: null }
    if (this.#closed) {
      // Never rejects: nothing was read, and nothing is to be written.
      void open.shut()
      return slot
    }
    this.#slots.set(id, slot)
    // Never rejects; see `Replica.load`.
    void open.start()
    this.overview.changed()
    return slot
  }

  #listChanged(id: Id): void {
    const slot = this.#slots.get(id)
    if (slot === undefined) return
    slot.cancelNote ??= this.#host.environment.setTimer(() => this.note(id), NOTE_MS)
    this.#shutIfDone(id, slot)
    this.overview.changed()
  }

  async #release(id: Id): Promise<void> {
    const slot = this.#slots.get(id)
    if (slot === undefined || this.#closed) return
    slot.isHeld = false
    slot.cancelLinger ??= this.#host.environment.setTimer(() => {
      slot.cancelLinger = null
      slot.open.appear(false)
      this.#shutIfDone(id, slot)
    }, LINGER_MS)
  }

  /** Nobody holds it, and nothing waits. */
  #shutIfDone(id: Id, slot: Slot): void {
    const { replica } = slot.open
    if (slot.isHeld || slot.cancelLinger !== null || this.#closed) return
    if (!replica.isReady || this.#host.catalog.known(id).creating) return
    const { state } = replica.conversation.standing.channel
    const isAnswered =
      replica.access.end === null ? state === 'live' || state === 'denied' : !replica.access.isAsking
    if (isAnswered) slot.isInDoubt = false
    if (!slot.isInDoubt && replica.ledger.size === 0) void this.#shut(id)
  }

  /** One of which nothing was ever here is not remembered: somebody followed a link that leads nowhere any more. */
  #ended(id: Id, end: StoredEnd): void {
    const { catalog } = this.#host
    const isLeft = (this.#slots.get(id)?.open.replica.inbox.size ?? 0) > 0
    if (isLeft || catalog.ids().includes(id)) catalog.ended(id, end)
  }

  async #tryForget(id: Id): Promise<void> {
    await this.forget(id).catch((error: ClientError) => this.#host.onError(error))
  }

  async #shut(id: Id): Promise<void> {
    const slot = this.#slots.get(id)
    if (slot === undefined) return
    this.note(id)
    slot.cancelLinger?.()
    this.#host.closing(id, slot.open)
    this.#slots.delete(id)
    await slot.open.shut()
    this.overview.changed()
  }

  #isCreating(): boolean {
    const { catalog } = this.#host
    return catalog.ids().some((id) => catalog.known(id).creating)
  }
}

function hasUnsaved({ replica }: OpenList): boolean {
  return replica.ledger.size > 0 || replica.inbox.size > 0
}
