import { useSyncExternalStore } from 'react'

/** Which folders are closed, on this device. */
const KEY = 'tandem:closed-folders'
const listeners = new Set<() => void>()
let closed: ReadonlySet<string> | null = null

function closedNow(): ReadonlySet<string> {
  closed ??= new Set(remembered())
  return closed
}

export function useIsFolded(folder: string): boolean {
  return useSyncExternalStore(subscribe, () => closedNow().has(folder))
}

export function fold(folder: string, isFolded: boolean): void {
  const next = new Set(closedNow())
  if (isFolded) next.add(folder)
  else next.delete(folder)
  closed = next
  localStorage.setItem(KEY, JSON.stringify([...next]))
  for (const listener of listeners) listener()
}

function remembered(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : []
  } catch {
    // Written by something else; all folders are open then.
    return []
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
