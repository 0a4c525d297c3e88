import type { InboxEdit, Refused } from '../local/port.ts'
import type { Change } from '../model/changes.ts'
import type { Readable } from '../types.ts'
import { cell } from './cell.ts'
import type { Edit } from './edit.ts'

/** An edit the server refused: out of the list, and kept until the person decides. */
export interface RefusedEdit {
  readonly id: string
  readonly label: string
  readonly at: number
  readonly code: string
  /** One sentence for a person. */
  readonly message: string
  /** What of it the server would not have, as `items/<id>/title`; empty when it did not say, or when it was all of it. */
  readonly keys: readonly string[]
  readonly changes: readonly Change[]
}

interface Entry extends RefusedEdit {
  /** Its row in the device store; null for one that had none when it was refused. */
  readonly key: number | null
}

/** The "could not be saved" inbox of one list. What is in it is never sent again unless somebody asks for that. */
export class Inbox {
  readonly #cell = cell<readonly Entry[]>(Object.freeze([]))
  /** By entry, the edits that were refused before the device had them. */
  readonly #unwritten = new Map<string, Edit>()

  get refused(): Readable<readonly RefusedEdit[]> {
    return this.#cell
  }

  get size(): number {
    return this.#cell.getSnapshot().length
  }

  /** What the device store holds, beside what is not there yet. */
  load(stored: readonly InboxEdit[]): void {
    const rows = new Set(stored.map(({ key }) => key))
    const unwritten = this.#cell.getSnapshot().filter(({ id }) => {
      const edit = this.#unwritten.get(id)
      if (edit?.key == null || !rows.has(edit.key)) return edit !== undefined
      this.#unwritten.delete(id)
      return false
    })
    this.#set([...stored.map(entryOf), ...unwritten])
  }

  add(edits: readonly Edit[], { code, message, places: keys = [] }: Refused): void {
    const entries = edits.map((edit): Entry => {
      const { uid, key, label, at, changes } = edit
      if (key === null) this.#unwritten.set(uid, edit)
      return { id: key === null ? uid : `row-${key}`, key, label, at, changes, code, message, keys }
    })
    const added = new Set(entries.map(({ id }) => id))
    this.#set([...this.#cell.getSnapshot().filter(({ id }) => !added.has(id)), ...entries])
  }

  /** Takes entries out, all of them by default, and returns them with the keys of their rows. */
  take(ids?: readonly string[]): { entries: readonly RefusedEdit[]; keys: number[] } {
    const isTaken = (entry: Entry) => ids === undefined || ids.includes(entry.id)
    const entries = this.#cell.getSnapshot().filter(isTaken)
    this.#set(this.#cell.getSnapshot().filter((entry) => !isTaken(entry)))
    return { entries, keys: entries.flatMap((entry) => this.#rowOf(entry) ?? []) }
  }

  /** Null: it has none. If it is just being written, it will not stay there. */
  #rowOf({ id, key }: Entry): number | null {
    const edit = this.#unwritten.get(id)
    if (edit === undefined) return key
    this.#unwritten.delete(id)
    if (edit.key === null) edit.fate = { state: 'discarded' }
    return edit.key
  }

  #set(entries: readonly Entry[]): void {
    this.#cell.set(Object.freeze(entries.map((entry) => Object.freeze(entry))))
  }
}

function entryOf({ key, label, at, code, message, places = [], changes }: InboxEdit): Entry {
  return { id: `row-${key}`, key, label, at, code, message, keys: places, changes }
}
