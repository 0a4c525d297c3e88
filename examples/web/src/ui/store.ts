import { useSyncExternalStore } from 'react'

/** A value of the page that components choose parts of, so that each renders only when its own part changes. */
export interface Store<T> {
  get(): T
  set(value: T): void
  subscribe(listener: () => void): () => void
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useWhole<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}

/** The chosen part must keep its identity as long as it says the same. */
export function useStore<T, S>(store: Store<T>, choose: (value: T) => S): S {
  return useSyncExternalStore(store.subscribe, () => choose(store.get()))
}
