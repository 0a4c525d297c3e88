import { tellAll } from '../replica/cell.ts'
import type { Unsubscribe } from '../types.ts'

/** What can change about a list, as finely as a screen wants to know it. */
export type Topic =
  | 'ids'
  | 'items'
  | 'trash'
  | 'sections'
  | 'labels'
  | 'list'
  | 'away'
  | `item ${string}`
  | `comments ${string}`

/**
 * Who wants to hear of what. A tap on one of 5,000 rows wakes the one row and whoever watches the order, and nobody else.
 *
 * Inside `batch` nothing is told until its end, so that an edit and the mark that it waits are one rendering.
 */
export class Topics {
  readonly #listeners = new Map<Topic, Set<() => void>>()
  #due = new Set<Topic>()
  #depth = 0
  #version = 0

  /** Grows with every change, also inside a batch. */
  get version(): number {
    return this.#version
  }

  subscribe(topics: readonly Topic[], onChange: () => void): Unsubscribe {
    const listener = () => onChange()
    for (const topic of topics) {
      const listeners = this.#listeners.get(topic) ?? new Set()
      this.#listeners.set(topic, listeners.add(listener))
    }
    return () => {
      for (const topic of topics) {
        const listeners = this.#listeners.get(topic)
        listeners?.delete(listener)
        if (listeners?.size === 0) this.#listeners.delete(topic)
      }
    }
  }

  changed(topics: Iterable<Topic>): void {
    this.#version += 1
    for (const topic of topics) this.#due.add(topic)
    if (this.#depth === 0) this.#tell()
  }

  /** Another document is on the screen. */
  everythingChanged(): void {
    this.changed([...this.#listeners.keys()])
  }

  batch<T>(run: () => T): T {
    this.#depth += 1
    try {
      return run()
    } finally {
      this.#depth -= 1
      if (this.#depth === 0) this.#tell()
    }
  }

  #tell(): void {
    if (this.#due.size === 0) return
    const due = this.#due
    this.#due = new Set()
    const listeners = new Set<() => void>()
    for (const topic of due) for (const listener of this.#listeners.get(topic) ?? []) listeners.add(listener)
    tellAll(listeners)
  }
}
