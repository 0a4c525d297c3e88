import type { Environment } from '../connection/port.ts'
import type { Copy } from './copy.ts'
import { type Edit, type EditContent, newEdit, rewritten } from './edit.ts'
import type { Ledger } from './ledger.ts'
import { ORIGIN } from './origin.ts'
import type { TabLine, TabMessage } from './tab-talk.ts'

/** Another tab's edit is sent by this one only if that tab has not managed to within this time: it may have been closed. */
const TAKE_OVER_MS = 3_000

export interface NeighboursHost {
  readonly ledger: Ledger
  readonly copy: Copy
  readonly environment: Environment
  openTabLine(onMessage: (message: TabMessage) => void): TabLine
  repair(): void
  rewrite(old: Edit, now: Edit): void
  inboxChanged(): Promise<void>
  /** Something waits, or no longer waits. */
  changed(): void
}

/**
 * The other tabs of this browser, as far as one list is concerned: shows their edits at once, counts them as waiting,
 * and sends them if their own tab is gone.
 */
export class Neighbours {
  readonly #host: NeighboursHost
  readonly #line: TabLine
  readonly #timers = new Set<() => void>()
  #closed = false

  constructor(host: NeighboursHost) {
    this.#host = host
    this.#line = host.openTabLine((message) => {
      if (!this.#closed) this.#hear(message)
    })
  }

  post(message: TabMessage): void {
    this.#line.post(message)
  }

  close(): void {
    this.#closed = true
    for (const cancel of this.#timers) cancel()
    this.#line.close()
  }

  #hear(message: TabMessage): void {
    switch (message.type) {
      case 'edit':
        this.#made(message.uid, message.edit)
        break
      case 'stored':
        this.#stored(message.uid, message.key)
        break
      case 'confirmed':
        this.#confirmed(message.uids, message.keys)
        break
      case 'repaired':
        this.#repaired(message)
        break
      case 'inbox':
        void this.#host.inboxChanged()
    }
    this.#host.changed()
  }

  #made(uid: string, content: EditContent): void {
    const { ledger, copy, environment } = this.#host
    if (ledger.get(uid) !== undefined) return
    copy.apply([content.update], ORIGIN.tab)
    const edit = newEdit(content, { uid, origin: 'tab', sendFrom: environment.now() + TAKE_OVER_MS })
    // Storing it is its own tab's business, and so is saying that it failed.
    edit.device = 'stored'
    ledger.add(edit)
    const cancel = environment.setTimer(() => {
      this.#timers.delete(cancel)
      this.#takeOver(uid)
    }, TAKE_OVER_MS)
    this.#timers.add(cancel)
  }

  #takeOver(uid: string): void {
    const { ledger, copy } = this.#host
    const edit = ledger.get(uid)
    if (edit === undefined) return
    if (!edit.inDocument) {
      const fresh = rewritten(edit, copy.write(edit.changes, ORIGIN.repair))
      ledger.add(fresh)
      this.#host.rewrite(edit, fresh)
    }
    this.#host.changed()
  }

  #stored(uid: string, key: number): void {
    const { ledger } = this.#host
    const edit = ledger.get(uid)
    if (edit === undefined || edit.origin !== 'tab') return
    // This page may have read the same row when it was opened, a moment before the message about it.
    const twin = ledger.byKey(key)
    if (twin !== undefined && twin !== edit) ledger.remove([twin])
    edit.key = key
  }

  #confirmed(uids: readonly string[], keys: readonly number[]): void {
    const { ledger } = this.#host
    const edits = [...uids.map((uid) => ledger.get(uid)), ...keys.map((key) => ledger.byKey(key))]
    const known = edits.filter((edit) => edit !== undefined)
    for (const edit of known) {
      edit.fate = { state: 'confirmed' }
      edit.confirmed.resolve()
    }
    ledger.remove(known)
  }

  /**
   * Another tab has left refused edits behind, and given others new bytes. If our document still holds one of them, our
   * next handshake would offer it to the server again, so our copy is fetched afresh as well.
   */
  #repaired(message: Extract<TabMessage, { type: 'repaired' }>): void {
    const { ledger } = this.#host
    const refused = message.refused.flatMap((uid) => ledger.get(uid) ?? [])
    const moved = message.moved.flatMap(({ uid, edit }) => {
      const old = ledger.get(uid)
      return old === undefined ? [] : [{ old, edit }]
    })
    const mustRepair = [...refused, ...moved.map(({ old }) => old)].some((edit) => edit.inDocument)
    for (const edit of refused) edit.fate = { state: 'discarded' }
    ledger.remove(refused)
    for (const { old, edit } of moved) {
      const fresh = { ...rewritten(old, edit.update), origin: 'tab' as const, device: 'stored' as const }
      fresh.inDocument = false
      ledger.add({ ...fresh, sendFrom: this.#host.environment.now() + TAKE_OVER_MS })
    }
    void this.#host.inboxChanged()
    if (mustRepair) this.#host.repair()
  }
}
