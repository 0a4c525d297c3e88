import type * as Y from 'yjs'
import type { Change } from './changes.ts'
import { noteRoot, parsePlace } from './keys.ts'
import { isRegister, type Register } from './register.ts'
import { sameValue } from './same.ts'
import { checkEntry } from './schema.ts'
import { type TextRun, unitsOf } from './text-runs.ts'
import { RestoredNames, type TextInverse, undoText } from './text-undo.ts'
import type { Inverse, PutInverse } from './tracked.ts'

export interface UndoState {
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly undoLabel?: string
  readonly redoLabel?: string
  /** Names the step that undo takes back next; 0: there is none. */
  readonly step: number
}

/** One undo or redo, ready to be applied. Apply `changes` with `applyTracked` and hand the result to `finish`, in the same turn. */
export interface UndoMove {
  readonly direction: 'undo' | 'redo'
  readonly label: string
  readonly changes: readonly Change[]
  /** For `finish`: which registers are written anew, and which text is typed again. */
  readonly rewritten: readonly { readonly key: string; readonly old: unknown; readonly now: unknown }[]
  readonly retyped: ReadonlyMap<string, readonly TextRun[]>
}

interface Step {
  readonly id: number
  readonly label: string
  readonly inverses: Inverse[]
}

/**
 * The undo history of one user on one device.
 *
 * Undo takes back what this user did and nothing else: a key goes back only while it still holds what was written here, so
 * what others wrote since stays; a removed item returns with the edits others made meanwhile; a new item goes to the trash
 * and not out of the document. Undoing is itself an edit, seen by everyone. Steps of which nothing is left to undo are passed over.
 */
export class UndoStack {
  readonly #limit: number
  readonly #names = new RestoredNames()
  #undo: Step[] = []
  #redo: Step[] = []
  #lastId = 0

  constructor(limit = 200) {
    this.#limit = limit
  }

  state(): UndoState {
    const undo = this.#undo.at(-1)
    const redo = this.#redo.at(-1)
    return Object.freeze({
      canUndo: undo !== undefined,
      canRedo: redo !== undefined,
      step: undo?.id ?? 0,
      ...(undo === undefined ? {} : { undoLabel: undo.label }),
      ...(redo === undefined ? {} : { redoLabel: redo.label }),
    })
  }

  /** What the next undo or redo is about, as far as can be said before it is taken; nothing when there is none. */
  next(direction: 'undo' | 'redo'): readonly Inverse[] {
    return (direction === 'undo' ? this.#undo : this.#redo).at(-1)?.inverses ?? []
  }

  /**
   * Records a new edit of this user as one step, however many changes it has. Whatever could be redone no longer can.
   * With `joinsLast` it becomes part of the latest step, if that has the same label.
   */
  push(label: string, inverses: readonly Inverse[], joinsLast = false): void {
    if (inverses.length === 0) return
    const last = this.#undo.at(-1)
    const joined = joinsLast && last?.label === label ? this.#undo.pop() : undefined
    const id = joined?.id ?? this.#nextId()
    this.#undo.push({ id, label, inverses: chained([...(joined?.inverses ?? []), ...inverses]) })
    if (this.#undo.length > this.#limit) this.#undo.shift()
    this.#redo = []
  }

  clear(): void {
    this.#undo = []
    this.#redo = []
  }

  /** Takes the latest step that still has something to undo off the stack; null when there is none. Applies nothing. */
  takeUndo(doc: Y.Doc, stamp: { readonly by: string; readonly now: number }): UndoMove | null {
    return this.#take('undo', this.#undo, doc, stamp)
  }

  takeRedo(doc: Y.Doc, stamp: { readonly by: string; readonly now: number }): UndoMove | null {
    return this.#take('redo', this.#redo, doc, stamp)
  }

  /** Records a move that was applied, so that it can be taken back in turn. */
  finish(move: UndoMove, inverses: readonly Inverse[]): void {
    for (const { key, old, now } of move.rewritten) this.#rename(key, old, now)
    for (const inverse of inverses) {
      if (inverse.type !== 'text') continue
      const runs = move.retyped.get(inverse.itemId) ?? []
      for (const [index, run] of inverse.inserted.entries()) {
        const old = runs[index]
        if (old !== undefined) this.#names.add(old, run)
      }
    }
    const step = { id: this.#nextId(), label: move.label, inverses: chained(inverses) }
    if (move.direction === 'undo') this.#redo.push(step)
    else this.#undo.push(step)
  }

  #take(
    direction: 'undo' | 'redo',
    stack: Step[],
    doc: Y.Doc,
    stamp: { readonly by: string; readonly now: number },
  ): UndoMove | null {
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      const puts = standing(doc, step.inverses)
      const changes: Change[] = []
      const rewritten: { key: string; old: unknown; now: unknown }[] = []
      for (const { root, key, before, value } of puts) {
        const now: Register = [value, stamp.by, stamp.now]
        const place = parsePlace(root, key)
        // What stood there before may be what a later version of the schema allows and this one does not.
        if (place === null || checkEntry(place, now) !== null) continue
        changes.push({ type: 'put', root, key, value: now })
        rewritten.push({ key: `${root}/${key}`, old: before, now })
      }
      const retyped = new Map<string, readonly TextRun[]>()
      for (const [itemId, inverses] of textsOf(step.inverses)) {
        const undone = undoText(unitsOf(doc.getText(noteRoot(itemId))), inverses, this.#names)
        if (undone.delta.length === 0) continue
        changes.push({ type: 'text', itemId, delta: undone.delta })
        retyped.set(itemId, undone.restored)
      }
      if (changes.length > 0) return { direction, label: step.label, changes, rewritten, retyped }
    }
    return null
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  /** An earlier step knows its value as `old`; after a later step was undone, the same value stands there as `now`. */
  #rename(key: string, old: unknown, now: unknown): void {
    for (const { inverses } of [...this.#undo, ...this.#redo]) {
      for (const [index, inverse] of inverses.entries()) {
        if (inverse.type !== 'put' || `${inverse.root}/${inverse.key}` !== key) continue
        if (sameValue(inverse.mine, old)) inverses[index] = { ...inverse, mine: now }
      }
    }
  }
}

/** Two writes of one key in one step are one: from what stood before the first to what the second wrote. */
function chained(inverses: readonly Inverse[]): Inverse[] {
  const puts = new Map<string, PutInverse>()
  const texts: TextInverse[] = []
  for (const inverse of inverses) {
    if (inverse.type === 'text') {
      texts.push(inverse)
      continue
    }
    const key = `${inverse.root}/${inverse.key}`
    const first = puts.get(key)
    puts.set(key, first === undefined ? inverse : { ...first, mine: inverse.mine })
  }
  return [...puts.values(), ...texts]
}

/** Those that still hold what I wrote, of records that still exist, and that would become something else. */
function standing(doc: Y.Doc, inverses: readonly Inverse[]): PutInverse[] {
  return inverses.filter((inverse): inverse is PutInverse => {
    if (inverse.type !== 'put') return false
    const map = doc.getMap(inverse.root)
    if (inverse.record !== null && !map.has(inverse.record.id)) return false
    const current = map.get(inverse.key)
    if (!sameValue(current, inverse.mine)) return false
    return !isRegister(current) || !sameValue(current[0], inverse.value)
  })
}

function textsOf(inverses: readonly Inverse[]): Map<string, TextInverse[]> {
  const texts = new Map<string, TextInverse[]>()
  for (const inverse of inverses) {
    if (inverse.type !== 'text') continue
    texts.set(inverse.itemId, [...(texts.get(inverse.itemId) ?? []), inverse])
  }
  return texts
}
