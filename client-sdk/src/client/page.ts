import type { Unsubscribe } from '../types.ts'

/**
 * The page a client runs in, as far as people look at it.
 *
 * INVARIANTS
 * - `isHidden` is false where there is no page, and wherever somebody may be looking.
 * - `onHidden` is told each time the page goes out of sight, `onWakeUp` each time it is seen again; neither within the call.
 * - A callback whose unsubscribe was called is never called again.
 */
export interface Page {
  isHidden(): boolean
  /** A try is likely to succeed: the network is back, or a person looks at the page again. */
  onWakeUp(wake: () => void): Unsubscribe
  onHidden(hidden: () => void): Unsubscribe
}
