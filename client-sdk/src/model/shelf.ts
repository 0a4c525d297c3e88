import type { RawRecord } from './raw-record.ts'
import { shareParts } from './same.ts'
import { compare } from './sorting.ts'
import type { Comment } from './types.ts'

interface Shelved {
  readonly id: string
  readonly deleted: unknown
}

/** The records of one small kind (sections, labels, comments) as people see them, live ones in order. */
export class Shelf<T extends Shelved> {
  readonly #all = new Map<string, T>()
  readonly #read: (id: string, raw: RawRecord) => T | null
  readonly #order: (a: T, b: T) => number
  #live: readonly T[] | null = null

  constructor(read: (id: string, raw: RawRecord) => T | null, order: (a: T, b: T) => number) {
    this.#read = read
    this.#order = order
  }

  get(id: string): T | undefined {
    return this.#all.get(id)
  }

  /** Those not in the trash. The same array until one of them changes. */
  live(): readonly T[] {
    this.#live ??= Object.freeze(
      [...this.#all.values()].filter((one) => one.deleted === null).sort(this.#order),
    )
    return this.#live
  }

  /** Reads a record again. Says what it was and is, or null when that is the same. */
  refresh(id: string, raw: RawRecord | undefined): { before: T | undefined; after: T | undefined } | null {
    const before = this.#all.get(id)
    const read = raw === undefined ? null : this.#read(id, raw)
    const after = read === null ? undefined : shareParts(before, read)
    if (after === before) return null
    if (after === undefined) this.#all.delete(id)
    else this.#all.set(id, after)
    this.#live = null
    return { before, after }
  }
}

/** Which comments hang on which item. */
export class CommentGroups {
  readonly #idsByItem = new Map<string, Set<string>>()
  readonly #sorted = new Map<string, readonly Comment[]>()

  /** Adds a comment to its item's or takes it out. */
  change(before: Comment | undefined, after: Comment | undefined): void {
    if (before !== undefined) {
      this.#idsByItem.get(before.item)?.delete(before.id)
      this.#sorted.delete(before.item)
    }
    if (after === undefined || after.deleted !== null) return
    const ids = this.#idsByItem.get(after.item) ?? new Set()
    this.#idsByItem.set(after.item, ids.add(after.id))
    this.#sorted.delete(after.item)
  }

  /** The item's comments, oldest first by their writers' clocks. The same array until one of them changes. */
  of(itemId: string, comment: (id: string) => Comment | undefined): readonly Comment[] {
    const known = this.#sorted.get(itemId)
    if (known !== undefined) return known
    const ids = this.#idsByItem.get(itemId)
    if (ids === undefined || ids.size === 0) return NO_COMMENTS
    const comments = [...ids].map(comment).filter((one) => one !== undefined)
    comments.sort((a, b) => a.created.at - b.created.at || compare(a.id, b.id))
    this.#sorted.set(itemId, Object.freeze(comments))
    return comments
  }
}

const NO_COMMENTS: readonly Comment[] = Object.freeze([])
