import { useSyncExternalStore } from 'react'
import { clockOf } from './moments.ts'

const MINUTE_MS = 60_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | null = null
let now = clockOf(Date.now())

/** What the device's clock says, to the minute: `2026-11-18T10:03`. One timer for everybody who shows something that depends on it. */
export function useNow(): string {
  return useSyncExternalStore(subscribe, () => now)
}

/** The day alone: what shows only days does not render every minute. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, () => now.slice(0, 10))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === null) tick()
  document.addEventListener('visibilitychange', tick)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', tick)
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
}

/** Also when the page is looked at again: timers sleep with the device. */
function tick(): void {
  if (timer !== null) clearTimeout(timer)
  timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS))
  const next = clockOf(Date.now())
  if (next === now) return
  now = next
  for (const listener of listeners) listener()
}
