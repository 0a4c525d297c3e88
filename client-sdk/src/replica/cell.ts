import type { Readable, Unsubscribe } from '../types.ts'

/** A `Readable` that its owner can set. Subscribers are told after the value has changed, and only if it did. */
export interface Cell<T> extends Readable<T> {
  set(value: T): void
  /** How many listen; lets an owner stop work that nobody watches. */
  readonly watchers: number
}

/**
 * Subscribers may unsubscribe, subscribe and set while they are being told; a throwing subscriber harms nobody else,
 * and its error surfaces where errors without a handler go, because it is the app's own.
 */
export function cell<T>(initial: T, serverSnapshot: T = initial): Cell<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    getSnapshot: () => value,
    getServerSnapshot: () => serverSnapshot,
    subscribe(onChange) {
      // A wrapper per subscription, so that the same function subscribed twice is told twice and leaves once.
      const listener = () => onChange()
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    set(next) {
      if (Object.is(next, value)) return
      value = next
      tellAll(listeners)
    },
    get watchers() {
      return listeners.size
    },
  }
}

export function tellAll(listeners: Iterable<() => void>): void {
  for (const listener of [...listeners]) {
    try {
      listener()
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }
}

/**
 * A `Readable` computed on demand from something that announces changes. `equal` keeps the old snapshot when the new one says the same.
 *
 * It is computed at most once per announced change, also when nobody is subscribed, so snapshots keep their identity.
 */
export function derived<T>(source: {
  /** Grows whenever the inputs may have changed. */
  version(): number
  subscribe(onChange: () => void): Unsubscribe
  compute(): T
  equal(a: T, b: T): boolean
  serverSnapshot: T
}): Readable<T> {
  let at = -1
  let value: { readonly of: T } | null = null
  const read = (): T => {
    const version = source.version()
    if (value === null || at !== version) {
      const next = source.compute()
      if (value === null || !source.equal(value.of, next)) value = { of: next }
      at = version
    }
    return value.of
  }
  return {
    getSnapshot: read,
    getServerSnapshot: () => source.serverSnapshot,
    subscribe(onChange) {
      let seen = read()
      return source.subscribe(() => {
        const now = read()
        if (Object.is(now, seen)) return
        seen = now
        onChange()
      })
    },
  }
}
