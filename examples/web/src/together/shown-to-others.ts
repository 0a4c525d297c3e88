import { useSyncExternalStore } from 'react'

const KEY = 'tandem:hidden'
const listeners = new Set<() => void>()

/** Whether the others see that this person is here; for this device and all its lists. */
export function useShownToOthers(): boolean {
  return useSyncExternalStore(subscribe, isShownToOthers)
}

export function isShownToOthers(): boolean {
  return localStorage.getItem(KEY) === null
}

export function setShownToOthers(isShown: boolean): void {
  if (isShown) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, 'yes')
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // What is said in another tab holds in this one.
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}
