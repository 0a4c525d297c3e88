import type { Unsubscribe } from '../types.ts'

/** Whether this page is one that nobody sees at the moment. False outside browsers. */
export function isHidden(): boolean {
  return (globalThis as Partial<typeof globalThis>).document?.visibilityState === 'hidden'
}

/** Calls back when a try is likely to succeed: the network is back, or a person looks at the page again. No-op outside browsers. */
export function onWakeUp(wake: () => void): Unsubscribe {
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
