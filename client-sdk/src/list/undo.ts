import type { Environment } from '../connection/port.ts'
import type { Change } from '../model/changes.ts'
import { type UndoMove, UndoStack } from '../model/undo.ts'
import { cell } from '../replica/cell.ts'
import type { Copy } from '../replica/copy.ts'
import type { Readable, Write } from '../types.ts'
import type { Desk, Done } from './desk.ts'
import type { UndoState } from './types.ts'

const NOTHING: UndoState = Object.freeze({
  canUndo: false,
  canRedo: false,
  undoLabel: null,
  redoLabel: null,
  step: 0,
})

/** Letters typed with no longer pause are one step, up to so much of it as is not missed much when it goes. */
const TYPING_PAUSE_MS = 1_000
const TYPING_MS = 10_000

/** This person's undo on this device: what they did here since the page was loaded, and nothing else. */
export class Undo {
  readonly #stack = new UndoStack()
  readonly #state = cell<UndoState>(NOTHING)
  readonly #desk: Desk
  readonly #copy: Copy
  readonly #environment: Environment
  readonly #me: () => string | null
  #typing: { readonly itemId: string; readonly since: number; readonly at: number } | null = null

  constructor(host: { desk: Desk; copy: Copy; environment: Environment; me: () => string | null }) {
    this.#desk = host.desk
    this.#copy = host.copy
    this.#environment = host.environment
    this.#me = host.me
  }

  get state(): Readable<UndoState> {
    return this.#state
  }

  did({ label, changes, inverses, joinsLast }: Done): void {
    this.#stack.push(label, inverses, this.#isTypedOn(changes) || joinsLast)
    this.#changed()
  }

  /** False: there was nothing (left) to take back. */
  undo(): Write<boolean> {
    return this.#move('undo', (stamp) => this.#stack.takeUndo(this.#copy.shown, stamp))
  }

  redo(): Write<boolean> {
    return this.#move('redo', (stamp) => this.#stack.takeRedo(this.#copy.shown, stamp))
  }

  /** The list is gone from the screen, and what was done to it with it. */
  clear(): void {
    this.#stack.clear()
    this.#typing = null
    this.#changed()
  }

  #move(
    direction: 'undo' | 'redo',
    take: (stamp: { by: string; now: number }) => UndoMove | null,
  ): Write<boolean> {
    const next = this.#stack.next(direction)
    this.#typing = null
    // Before anything is taken off the stack: what may not be undone now may be later.
    const forbidden = next.length === 0 ? this.#desk.isOver() : this.#desk.forbidsAny(next)
    if (forbidden !== null) return this.#desk.fail(false, forbidden)
    const move = take({ by: this.#me() ?? '', now: this.#environment.now() })
    if (move === null) {
      this.#changed()
      return { value: false, stored: Promise.resolve(), confirmed: Promise.resolve() }
    }
    const label = move.direction === 'undo' ? `Undo ${move.label}` : `Redo ${move.label}`
    const write = this.#desk.put(label, move.changes)
    this.#stack.finish(move, write.value)
    this.#changed()
    return { ...write, value: true }
  }

  /** Whether this goes on with what was typed a moment ago. */
  #isTypedOn(changes: readonly Change[]): boolean {
    const itemId = textOf(changes)
    const now = this.#environment.now()
    const typing = this.#typing
    const isTypedOn =
      typing !== null &&
      typing.itemId === itemId &&
      now - typing.at <= TYPING_PAUSE_MS &&
      now - typing.since <= TYPING_MS
    this.#typing = itemId === null ? null : { itemId, since: isTypedOn ? typing.since : now, at: now }
    return isTypedOn
  }

  #changed(): void {
    const { canUndo, canRedo, undoLabel = null, redoLabel = null, step } = this.#stack.state()
    const before = this.#state.getSnapshot()
    const next = Object.freeze({ canUndo, canRedo, undoLabel, redoLabel, step })
    if (JSON.stringify(before) !== JSON.stringify(next)) this.#state.set(next)
  }
}

/** The item whose notes were typed in; null for anything else. */
function textOf(changes: readonly Change[]): string | null {
  const [first] = changes
  if (first?.type !== 'text') return null
  return changes.every((change) => change.type === 'text' && change.itemId === first.itemId)
    ? first.itemId
    : null
}
