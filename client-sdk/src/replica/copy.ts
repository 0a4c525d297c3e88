import * as Y from 'yjs'
import type { Change } from '../model/changes.ts'
import { applyTracked, type Inverse } from '../model/tracked.ts'
import type { Unsubscribe } from '../types.ts'
import { tellAll } from './cell.ts'
import type { Edit } from './edit.ts'
import { ORIGIN, type Origin } from './origin.ts'
import { captured, placed, type Rebased, rebase } from './rebase.ts'

export interface Written {
  readonly update: Uint8Array
  readonly inverses: readonly Inverse[]
}

/**
 * The document on the screen, and during a repair the one that is being fetched to replace it.
 *
 *     showing ── beginFetch ──▶ fetching (the old one stays on the screen, and stays writable)
 *        ▲                          │
 *        └───────── swap ───────────┘  (the server's whole state is here: waiting edits are applied to it again)
 *
 * A repair never edits a document back into shape: what was refused can only be left behind.
 */
export class Copy {
  #shown = new Y.Doc()
  #incoming: Y.Doc | null = null
  readonly #swapListeners = new Set<() => void>()
  readonly #onServerUpdate: (update: Uint8Array) => void

  /** `onServerUpdate` gets everything new that came from the server for the shown document. */
  constructor(onServerUpdate: (update: Uint8Array) => void) {
    this.#onServerUpdate = onServerUpdate
    this.#listen()
  }

  get shown(): Y.Doc {
    return this.#shown
  }

  /** Nothing has ever been written to what is shown, as far as this device knows. */
  get isEmpty(): boolean {
    return this.#shown.store.clients.size === 0
  }

  /** The document a handshake is about: an empty one when everything is to be fetched. */
  get joining(): Y.Doc {
    return this.#incoming ?? this.#shown
  }

  get isFetching(): boolean {
    return this.#incoming !== null
  }

  onSwap(listener: () => void): Unsubscribe {
    this.#swapListeners.add(listener)
    return () => this.#swapListeners.delete(listener)
  }

  /** Also starts an unfinished fetch over. */
  beginFetch(): void {
    this.#incoming?.destroy()
    this.#incoming = new Y.Doc()
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.joining, update, ORIGIN.server)
  }

  /** From the device or another tab: always to the shown document, because a fetched one is the server's word alone. */
  apply(updates: readonly Uint8Array[], origin: Origin): void {
    this.#shown.transact(() => {
      for (const update of updates) Y.applyUpdate(this.#shown, update, origin)
    }, origin)
  }

  /** Puts one waiting edit into the shown document; see `placed`. */
  place(edit: Edit, mayRewrite: boolean): Uint8Array | null {
    return placed(this.#shown, edit, mayRewrite)
  }

  /** Applies changes, and says what it takes to undo them. */
  write(changes: readonly Change[]): Written {
    let inverses: readonly Inverse[] = []
    const update = captured(this.#shown, () => {
      inverses = applyTracked(this.#shown, changes, ORIGIN.here)
    })
    return { update, inverses }
  }

  /** Whatever `change` writes to the shown document, as one transaction and one update. */
  together(change: () => void): Uint8Array {
    return captured(this.#shown, () => this.#shown.transact(change, ORIGIN.here))
  }

  /** Whether what is being fetched has this edit already. */
  hasArrived(edit: Edit): boolean {
    return Y.snapshotContainsUpdate(Y.snapshot(this.joining), edit.update)
  }

  /** Puts the fetched document on the screen with these edits on top; see `rebase`. `truth` is the server's state without them. */
  swap(edits: readonly Edit[], isOurs: (edit: Edit) => boolean): Rebased & { readonly truth: Uint8Array } {
    const next = this.#incoming ?? new Y.Doc()
    const truth = Y.encodeStateAsUpdate(next)
    const result = rebase(next, edits, isOurs)
    const old = this.#shown
    this.#shown = next
    this.#incoming = null
    this.#listen()
    tellAll(this.#swapListeners)
    old.destroy()
    return { ...result, truth }
  }

  /** Nothing is on the screen any more, nor on its way there. */
  clear(): void {
    this.#incoming?.destroy()
    this.#incoming = null
    const old = this.#shown
    this.#shown = new Y.Doc()
    this.#listen()
    tellAll(this.#swapListeners)
    old.destroy()
  }

  destroy(): void {
    this.#swapListeners.clear()
    this.#incoming?.destroy()
    this.#shown.destroy()
  }

  #listen(): void {
    // What the document emits and not what came in: an echo of our own edit is nothing new, and is not stored twice.
    this.#shown.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === ORIGIN.server) this.#onServerUpdate(update)
    })
  }
}
