import type { Unsubscribe } from '../types.ts'
import type { Page } from './page.ts'

/** The browser's page; outside browsers one that is always seen and never wakes. */
export const browserPage: Page = { isHidden, onWakeUp, onHidden }

function isHidden(): boolean {
  return (globalThis as Partial<typeof globalThis>).document?.visibilityState === 'hidden'
}

function onWakeUp(wake: () => void): Unsubscribe {
  const { addEventListener, removeEventListener, document } = globalThis as Partial<typeof globalThis>
  if (addEventListener === undefined || removeEventListener === undefined) return () => {}
  const seen = () => {
    if (document?.visibilityState === 'visible') wake()
  }
  addEventListener('online', wake)
  addEventListener('pageshow', wake)
  document?.addEventListener('visibilitychange', seen)
  return () => {
    removeEventListener('online', wake)
    removeEventListener('pageshow', wake)
    document?.removeEventListener('visibilitychange', seen)
  }
}

function onHidden(hidden: () => void): Unsubscribe {
  const { document } = globalThis as Partial<typeof globalThis>
  const look = () => {
    if (isHidden()) hidden()
  }
  document?.addEventListener('visibilitychange', look)
  return () => document?.removeEventListener('visibilitychange', look)
}
