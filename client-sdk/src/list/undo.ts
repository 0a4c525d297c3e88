import type { Environment } from '../connection/port.ts'
import { type UndoMove, UndoStack } from '../model/undo.ts'
import { cell } from '../replica/cell.ts'
import type { Copy } from '../replica/copy.ts'
import type { Readable, Write } from '../types.ts'
import type { Desk, Done } from './desk.ts'
import type { UndoState } from './types.ts'

const NOTHING: UndoState = Object.freeze({ canUndo: false, canRedo: false, undoLabel: null, redoLabel: null })

/** This person's undo on this device: what they did here since the page was loaded, and nothing else. */
export class Undo {
  readonly #stack = new UndoStack()
  readonly #state = cell<UndoState>(NOTHING)
  readonly #desk: Desk
  readonly #copy: Copy
  readonly #environment: Environment
  readonly #userId: () => string | null

  constructor(host: { desk: Desk; copy: Copy; environment: Environment; userId: () => string | null }) {
    this.#desk = host.desk
    this.#copy = host.copy
    this.#environment = host.environment
    this.#userId = host.userId
  }

  get state(): Readable<UndoState> {
    return this.#state
  }

  did({ label, inverses }: Done): void {
    this.#stack.push(label, inverses)
    this.#changed()
  }

  /** False: there was nothing (left) to take back. */
  undo(): Write<boolean> {
    return this.#move((stamp) => this.#stack.takeUndo(this.#copy.shown, stamp))
  }

  redo(): Write<boolean> {
    return this.#move((stamp) => this.#stack.takeRedo(this.#copy.shown, stamp))
  }

  #move(take: (stamp: { by: string; now: number }) => UndoMove | null): Write<boolean> {
    // Before anything is taken off the stack: what may not be undone now may be later.
    if (this.#desk.forbids('edit') !== null) return { ...this.#desk.put('', []), value: false }
    const move = take({ by: this.#userId() ?? '', now: this.#environment.now() })
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

  #changed(): void {
    const { canUndo, canRedo, undoLabel = null, redoLabel = null } = this.#stack.state()
    const before = this.#state.getSnapshot()
    const next = Object.freeze({ canUndo, canRedo, undoLabel, redoLabel })
    if (JSON.stringify(before) !== JSON.stringify(next)) this.#state.set(next)
  }
}
