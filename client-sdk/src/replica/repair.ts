import { ClientError } from '../errors.ts'
import type { Refused } from '../local/port.ts'
import type { Refusal } from '../protocol/refusal.ts'
import type { Copy } from './copy.ts'
import { type Edit, rewritten } from './edit.ts'
import type { Inbox } from './inbox.ts'
import type { Keeper } from './keeper.ts'
import type { Ledger } from './ledger.ts'
import type { Neighbours } from './neighbours.ts'
import type { Sender } from './sender.ts'

/** A gap is healed by a plain handshake; when that does not help, by a repair; only then is an edit at fault. */
const MAX_GAP_REJOINS = 3

export interface RepairHost {
  readonly copy: Copy
  readonly ledger: Ledger
  readonly keeper: Keeper
  readonly inbox: Inbox
  readonly sender: Sender
  now(): number
  /** False for a person who may write nothing at all. */
  mayWrite(): boolean
  /** Handshake again, with `copy.joining`. */
  rejoin(): void
  confirmed(edits: readonly Edit[]): void
  /** The other tabs must not keep what was refused, nor bytes that were replaced. */
  readonly tabs: Pick<Neighbours, 'refused' | 'rebased'>
  changed(): void
  onError(error: ClientError): void
}

/**
 * Brings the copy back to the server's truth, with every edit that may still be saved on top.
 *
 * There is one way, whatever went wrong: fetch the whole list into a fresh document, and apply to it what waits. A Yjs
 * document cannot forget, so an edit that was refused, or content that should not be there, stays behind with the old one.
 */
export class Repair {
  readonly #host: RepairHost
  #gaps = 0
  /** Refused together: what of it the server has all the same shows in its state, which is on its way. */
  #refused: { readonly edits: readonly Edit[]; readonly why: Refused } | null = null

  constructor(host: RepairHost) {
    this.#host = host
  }

  accepted(): void {
    this.#gaps = 0
  }

  refused(edits: readonly Edit[], why: Refusal | null): void {
    const code = why?.code ?? 'malformed'
    if (code === 'gap' && this.#gaps <= MAX_GAP_REJOINS) {
      this.#gaps += 1
      if (this.#gaps <= MAX_GAP_REJOINS) this.#host.rejoin()
      // The edit builds on something that is nowhere any more. New bytes, made of what it does, build on nothing.
      else this.begin()
      return
    }
    // Who may not write may write none of them; everything else is the fault of one edit, to be found.
    const isNone = code === 'read-only' && !this.#host.mayWrite()
    if (edits.length === 1) this.#toInbox(edits, refusedFor(code, why))
    // Some may have been saved on a connection that was lost with the answer; those are not to be called unsaved.
    else if (isNone) this.#refused = { edits, why: refusedFor(code, why) }
    else if (edits.length > 1) this.#host.sender.narrow(edits.length)
    this.begin()
  }

  /** The old document stays on the screen, and writable, until the new one is here, however long that takes. */
  begin(): void {
    this.#host.copy.beginFetch()
    this.#host.ledger.lost()
    this.#host.rejoin()
    this.#host.changed()
  }

  /** The server's whole state is in the fetched document. */
  finish(): void {
    const { copy, ledger, keeper, sender } = this.#host
    const now = this.#host.now()
    this.#dropRefused()
    const all = ledger.edits()
    const { known, rest, truth } = copy.swap(all, (edit) => edit.sendFrom <= now)
    keeper.replaceBase(truth)
    ledger.lost()
    // They leave for another document, and not because they were saved.
    for (const { edit } of rest) edit.fate = { state: 'replaced' }
    ledger.remove(all)
    const old: Edit[] = []
    const fresh: Edit[] = []
    for (const { edit, update } of rest) {
      if (update === null || update === edit.update) {
        edit.fate = { state: 'waiting' }
        edit.inDocument = update !== null
        ledger.add(edit)
        continue
      }
      const now = rewritten(edit, update)
      old.push(edit)
      fresh.push(now)
      ledger.add(now)
    }
    if (fresh.length > 0) keeper.replace(old, fresh, () => this.#host.tabs.rebased())
    this.#host.confirmed(known)
    sender.wake()
  }

  #dropRefused(): void {
    const { copy, ledger } = this.#host
    const refused = this.#refused
    this.#refused = null
    const unsaved =
      refused?.edits.filter((edit) => ledger.get(edit.uid) === edit && !copy.hasArrived(edit)) ?? []
    if (refused !== null && unsaved.length > 0) this.#toInbox(unsaved, refused.why)
  }

  #toInbox(edits: readonly Edit[], why: Refused): void {
    const { ledger, keeper, inbox } = this.#host
    const error = new ClientError('update-rejected', why.message)
    for (const edit of edits) {
      edit.fate = { state: 'refused', ...why }
      edit.confirmed.reject(error)
    }
    ledger.remove(edits)
    keeper.refuse(edits, why)
    inbox.add(edits, why)
    this.#host.tabs.refused(edits.flatMap((edit) => (edit.key === null ? [] : [edit.key])))
    this.#host.onError(error)
  }
}

function refusedFor(code: string, why: Refusal | null): Refused {
  const { message = 'The server refused this change.', keys: places = [] } = why ?? {}
  return places.length === 0 ? { code, message } : { code, message, places }
}
