import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { Readable } from '../types.ts'

/**
 * The current value of a readable; renders again when it changes, and only then.
 *
 * With `select` it renders again only when the selected part changes by `equal` (default `Object.is`). Selecting makes no
 * promise about how often `select` runs, so it must be cheap and pure.
 */
export function useValue<T>(readable: Readable<T>): T
export function useValue<T, S>(
  readable: Readable<T>,
  select: (value: T) => S,
  equal?: (a: S, b: S) => boolean,
): S
export function useValue<T, S>(
  readable: Readable<T>,
  select?: (value: T) => S,
  equal: (a: S, b: S) => boolean = Object.is,
): T | S {
  const last = useRef<{ readonly of: S } | null>(null)
  const choose = (value: T): T | S => {
    if (select === undefined) return value
    const next = select(value)
    // The same object as before when it says the same, or React would render for ever.
    if (last.current !== null && equal(last.current.of, next)) return last.current.of
    last.current = { of: next }
    return next
  }
  const subscribe = useCallback((onChange: () => void) => readable.subscribe(onChange), [readable])
  return useSyncExternalStore(
    subscribe,
    () => choose(readable.getSnapshot()),
    () => choose(readable.getServerSnapshot()),
  )
}
