import { Machine } from '../connection/machine.ts'
import { ClientError } from '../errors.ts'
import type { StoredEnd } from '../local/port.ts'
import { CLOSE } from '../protocol/close-codes.ts'
import { type AccessEffect, type AccessEvent, type AccessPhase, accessTransition } from './access-machine.ts'
import type { Copy } from './copy.ts'
import type { Inbox } from './inbox.ts'
import type { Keeper } from './keeper.ts'
import type { Ledger } from './ledger.ts'
import type { Neighbours } from './neighbours.ts'

export interface AccessHost {
  readonly copy: Copy
  readonly ledger: Ledger
  readonly inbox: Inbox
  readonly keeper: Keeper
  readonly tabs: Pick<Neighbours, 'ended' | 'readmitted' | 'inboxDecided'>
  now(): number
  /** Nobody hears of what `work` changes on the screen before its end. */
  atOnce(work: () => void): void
  /** Off the wire, for good. */
  leave(): void
  join(): void
  /** The list is about to go: whoever is to remember its name looks now. */
  locking(): void
  /** Everything of the list has been taken off the screen: whoever keeps values of it drops them. */
  locked(end: StoredEnd): void
  unlocked(): void
  changed(): void
  onError(error: ClientError): void
}

/**
 * What happens to a list whose person is let in no more: edits that wait go to its inbox, unsent for good; then nothing of the
 * list is on the screen, and nothing on the device but that inbox and the note that says so.
 */
export class Access {
  readonly #host: AccessHost
  readonly #machine: Machine<AccessPhase, AccessEvent, AccessEffect>
  #isWished = false

  constructor(host: AccessHost) {
    this.#host = host
    this.#machine = new Machine<AccessPhase, AccessEvent, AccessEffect>(
      { state: 'member' },
      accessTransition,
      { run: (effect) => this.#run(effect), changed: () => host.changed() },
    )
  }

  /** How it ended; null while this person is let in. */
  get end(): StoredEnd | null {
    const phase = this.#machine.state
    return phase.state === 'member' ? null : phase.end
  }

  get isForgotten(): boolean {
    return this.#machine.state.state === 'forgotten'
  }

  get isAsking(): boolean {
    return this.#machine.state.state === 'asking'
  }

  /** Whether the list may be on the wire: locked lists are not, but for the one time they ask. */
  get mayJoin(): boolean {
    const { state } = this.#machine.state
    return state === 'member' || state === 'asking'
  }

  /** The server denied the list, or closed it. Only the codes that say so end anything: a server restored from an old backup says 4403. */
  denied(code: number, reason: string): void {
    const why = whyOf(code)
    if (why === null) {
      // Signed out: whether this person is let in has not been said.
      if (code !== CLOSE.unauthenticated) this.#machine.dispatch({ type: 'denied' })
      return
    }
    const message = reason === '' ? WORDS[why] : reason
    this.finish({ why, message, at: this.#host.now() })
  }

  /** Ends it, also for what was written since it ended: said by the server, another tab, or the note on this device. */
  finish(end: StoredEnd, isNews = true): void {
    this.#machine.dispatch({ type: 'ended', end })
    if (isNews && this.end !== null) this.#host.tabs.ended(this.end)
  }

  /** The note was found on this device. `isLive`: the server has let this person in again before it could be read. */
  found(end: StoredEnd, isLive: boolean): void {
    this.finish(end, false)
    if (isLive || this.#isWished) this.ask()
    this.#isWished = false
  }

  /** Asks the server once more. Before the device has been read: as soon as it says that the list is locked. */
  ask(): void {
    this.#isWished = true
    this.#machine.dispatch({ type: 'ask' })
    if (this.end !== null) this.#isWished = false
  }

  /** The person goes by themselves, and wants nothing of the list to stay. */
  leave(): void {
    if (this.end !== null) return
    this.finish({ why: 'access-ended', message: LEFT, at: this.#host.now() }, false)
  }

  admitted(): void {
    this.#machine.dispatch({ type: 'admitted' })
  }

  forget(): void {
    this.#machine.dispatch({ type: 'forget' })
  }

  #run(effect: AccessEffect): void {
    switch (effect.type) {
      case 'lock':
        this.#lock(effect.end)
        return
      case 'join':
        this.#host.leave()
        this.#host.join()
        return
      case 'unlock':
        this.#host.keeper.readmit()
        this.#host.tabs.readmitted()
        this.#host.unlocked()
    }
  }

  #lock(end: StoredEnd): void {
    const { copy, ledger, inbox, keeper } = this.#host
    this.#host.locking()
    const error = new ClientError('access-revoked', end.message)
    const why = { code: end.why, message: end.message }
    const edits = ledger.edits()
    for (const edit of edits) {
      edit.fate = { state: 'refused', ...why }
      edit.confirmed.reject(error)
    }
    this.#host.atOnce(() => {
      // First, so that whoever hears of the edits finds the list off the screen already.
      copy.clear()
      ledger.lost()
      ledger.remove(edits)
      inbox.add(edits, why)
      this.#host.locked(end)
    })
    // In this tick: a page that dies now finds at its next start what it has to finish.
    keeper.end(end, edits, (stored) => {
      inbox.load(stored)
      if (edits.length > 0) this.#host.tabs.inboxDecided()
      this.#host.changed()
    })
    this.#host.leave()
    if (edits.length > 0) this.#host.onError(error)
  }
}

const LEFT = 'You left this list.'
const WORDS: Readonly<Record<StoredEnd['why'], string>> = {
  'access-ended': 'You no longer have access to this list.',
  'list-deleted': 'This list was deleted.',
}

function whyOf(code: number): StoredEnd['why'] | null {
  if (code === CLOSE.accessEnded) return 'access-ended'
  return code === CLOSE.listDeleted ? 'list-deleted' : null
}
