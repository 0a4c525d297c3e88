import type { Environment } from '../connection/port.ts'
import { ClientError } from '../errors.ts'
import type { PendingEdit, StoredEnd } from '../local/port.ts'
import type { TabMessage, TabRelay } from '../tabs/port.ts'
import type { Copy } from './copy.ts'
import { type Edit, newEdit, rewritten } from './edit.ts'
import type { Ledger } from './ledger.ts'
import { ORIGIN } from './origin.ts'

/** Another tab's edit is sent by this one only if that tab has not managed to within this time: it may have been closed. */
const TAKE_OVER_MS = 3_000

export interface NeighboursHost {
  readonly listId: string
  readonly ledger: Ledger
  readonly copy: Copy
  readonly environment: Environment
  readonly tabs: TabRelay
  /** The pending rows on the device now. Rejects when the device does. */
  pendingRows(): Promise<readonly PendingEdit[]>
  repair(): void
  rewrite(old: Edit, now: Edit): void
  inboxChanged(): Promise<void>
  /** The list is locked here, so that nothing of another tab may be shown or sent. */
  isLocked(): boolean
  ended(end: StoredEnd): void
  readmitted(): void
  /** Something waits, or no longer waits. */
  changed(): void
  report(cause: unknown): void
}

/**
 * The other tabs of this browser, as far as one list is concerned: shows their edits at once, counts them as waiting,
 * and sends them if their own tab is gone. An edit is known to other tabs by its row on the device.
 */
export class Neighbours {
  readonly #host: NeighboursHost
  readonly #timers = new Set<() => void>()
  readonly #stop: () => void

  constructor(host: NeighboursHost) {
    this.#host = host
    this.#stop = host.tabs.subscribe((message) => {
      if (message.listId === host.listId) this.#hear(message)
    })
  }

  /** An edit of this tab has its row. */
  stored({ update, changes, label, key }: Edit): void {
    if (key === null) return
    this.#post({ type: 'update', listId: this.#host.listId, update, changes, label, pendingKey: key })
  }

  confirmed(keys: readonly number[]): void {
    if (keys.length > 0) this.#post({ type: 'confirmed', listId: this.#host.listId, keys })
  }

  /** Refused edits must leave the documents of the other tabs too. */
  refused(keys: readonly number[]): void {
    if (keys.length > 0) this.#post({ type: 'refused', listId: this.#host.listId, keys })
  }

  /** A repair has given waiting edits other rows and other bytes. */
  rebased(): void {
    this.#post({ type: 'rebased', listId: this.#host.listId })
  }

  /** What the server sent is on the device. */
  fresh(): void {
    this.#post({ type: 'fresh', listId: this.#host.listId })
  }

  inboxDecided(): void {
    this.#post({ type: 'inbox', listId: this.#host.listId })
  }

  ended(end: StoredEnd): void {
    this.#post({ type: 'ended', listId: this.#host.listId, end })
  }

  readmitted(): void {
    this.#post({ type: 'readmitted', listId: this.#host.listId })
  }

  close(): void {
    this.#stop()
    for (const cancel of this.#timers) cancel()
  }

  #post(message: TabMessage): void {
    this.#host.tabs.post(message)
  }

  #hear(message: TabMessage): void {
    switch (message.type) {
      case 'fresh':
        // An open list has its own connection, whose word counts.
        return
      case 'ended':
        this.#host.ended(message.end)
        return
      case 'readmitted':
        this.#host.readmitted()
        return
      case 'inbox':
        this.#supervise(this.#host.inboxChanged())
        this.#host.changed()
        return
    }
    if (this.#host.isLocked()) return
    switch (message.type) {
      case 'update':
        this.#made(message)
        break
      case 'confirmed':
        this.#confirmed(message.keys)
        break
      case 'refused':
        for (const edit of this.#byKeys(message.keys))
          edit.confirmed.reject(new ClientError('update-rejected'))
        this.#dropped(message.keys)
        this.#supervise(this.#host.inboxChanged())
        break
      case 'rebased':
        this.#supervise(this.#rebased())
        break
    }
    this.#host.changed()
  }

  #made(message: Extract<TabMessage, { type: 'update' }>): void {
    const { update, pendingKey: key, changes = [], label = '' } = message
    // From the server: our own connection brings it too, and is the one whose word counts.
    if (key === null || this.#host.ledger.byKey(key) !== undefined) return
    this.#host.copy.apply([update], ORIGIN.tab)
    this.#expect({ key, update, changes, label, at: this.#host.environment.now() })
  }

  #expect({ key, ...content }: PendingEdit): Edit {
    const { ledger, environment } = this.#host
    const uid = `row-${key}`
    const sendFrom = environment.now() + TAKE_OVER_MS
    const edit = newEdit(content, { uid, origin: 'tab', key, sendFrom })
    ledger.add(edit)
    const cancel = environment.setTimer(() => {
      this.#timers.delete(cancel)
      this.#takeOver(uid)
    }, TAKE_OVER_MS)
    this.#timers.add(cancel)
    return edit
  }

  #takeOver(uid: string): void {
    const { ledger, copy } = this.#host
    const edit = ledger.get(uid)
    if (edit === undefined) return
    // Its time has come, whatever a clock that was set back may say.
    edit.sendFrom = 0
    const update = edit.inDocument ? edit.update : copy.place(edit, true)
    edit.inDocument = true
    if (update !== null && update !== edit.update) {
      const fresh = rewritten(edit, update)
      ledger.add(fresh)
      this.#host.rewrite(edit, fresh)
    }
    this.#host.changed()
  }

  #confirmed(keys: readonly number[]): void {
    const { ledger } = this.#host
    const edits = this.#byKeys(keys)
    for (const edit of edits) {
      edit.fate = { state: 'confirmed' }
      edit.confirmed.resolve()
    }
    ledger.remove(edits)
  }

  /** If our document still holds one of them, our next handshake would offer it to the server again: fetch afresh. */
  #dropped(keys: readonly number[]): void {
    const edits = this.#byKeys(keys)
    for (const edit of edits) edit.fate = { state: 'discarded' }
    this.#host.ledger.remove(edits)
    if (edits.some((edit) => edit.inDocument)) this.#host.repair()
  }

  async #rebased(): Promise<void> {
    const { ledger, copy } = this.#host
    const rows = await this.#host.pendingRows()
    if (this.#host.isLocked()) return
    const keys = new Set(rows.map((row) => row.key))
    const isGone = (edit: Edit) => edit.origin !== 'here' && edit.key !== null && !keys.has(edit.key)
    this.#dropped(ledger.edits().flatMap((edit) => (isGone(edit) && edit.key !== null ? [edit.key] : [])))
    for (const row of rows) {
      if (ledger.byKey(row.key) !== undefined) continue
      const edit = this.#expect(row)
      // Beside what it replaces it would be on the screen twice; the end of our own repair puts it there.
      edit.inDocument = !copy.isFetching && copy.place(edit, false) !== null
    }
    this.#host.changed()
  }

  #byKeys(keys: readonly number[]): Edit[] {
    const wanted = new Set(keys)
    return this.#host.ledger.edits().filter((edit) => edit.key !== null && wanted.has(edit.key))
  }

  #supervise(work: Promise<void>): void {
    work.catch((cause: unknown) => this.#host.report(cause))
  }
}
