import { compare } from './sorting.ts'

/**
 * Who names whom as parent, and where that closes a circle.
 *
 * Two people who concurrently put A under B and B under A make a circle that nobody wrote. Every reader
 * opens it at the same place: the smallest id of the circle has no parent.
 */
export class ParentIndex {
  readonly #parentOf = new Map<string, string>()
  readonly #childrenOf = new Map<string, Set<string>>()
  readonly #openedAt = new Set<string>()

  /** Records what an item names now. Returns the other items that must be read again because of it. */
  set(id: string, parent: string | null): Iterable<string> {
    const before = this.#parentOf.get(id) ?? null
    if (before === parent) return []
    if (before !== null) {
      const siblings = this.#childrenOf.get(before)
      siblings?.delete(id)
      if (siblings?.size === 0) this.#childrenOf.delete(before)
    }
    if (parent === null) {
      this.#parentOf.delete(id)
    } else {
      this.#parentOf.set(id, parent)
      const siblings = this.#childrenOf.get(parent)
      if (siblings === undefined) this.#childrenOf.set(parent, new Set([id]))
      else siblings.add(id)
    }
    return [...this.#openedAt, ...this.#circleThrough(id)]
  }

  children(id: string): Iterable<string> {
    return this.#childrenOf.get(id) ?? []
  }

  /** True when the item's parent must be read as none because of a circle. */
  isOpenedAt(id: string): boolean {
    const circle = this.#circleThrough(id)
    const isSmallest = circle.length > 0 && circle.every((other) => compare(id, other) <= 0)
    if (isSmallest) this.#openedAt.add(id)
    else this.#openedAt.delete(id)
    return isSmallest
  }

  /** The items of the circle that `id` is on, or nothing. */
  #circleThrough(id: string): string[] {
    const path: string[] = []
    const seen = new Set<string>()
    let current: string | undefined = id
    while (current !== undefined && !seen.has(current)) {
      seen.add(current)
      path.push(current)
      current = this.#parentOf.get(current)
    }
    return current === id ? path : []
  }
}
