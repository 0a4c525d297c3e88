/**
 * Locks that all tabs of one browser see, as Web Locks are.
 *
 * INVARIANTS
 * - A name is held by one tab at a time, or by any number that share it; who waits gets it in the order of asking, unless somebody
 *   steals it.
 * - A tab that is closed, or crashes, holds and waits for nothing any more. A frozen one keeps what it holds.
 * - `granted`, `lost` and `refused` come later than the call, never within it; each at most once, `lost` only after `granted`, and
 *   neither after the returned function was called.
 * - Never throws; where the browser refuses, `refused` is called in the place of `granted`.
 */
export interface TabLocks {
  /** Asks for a name; the returned function lets go of it, or stops waiting. */
  hold(name: string, holder: LockHolder, how?: 'steal' | 'share'): () => void
}

export interface LockHolder {
  granted(): void
  /** Somebody stole it. */
  lost?(): void
  /** The browser gives no locks here. */
  refused?(): void
}

/**
 * A line between tabs, as BroadcastChannel is.
 *
 * INVARIANTS
 * - Every other end of the same name that is open hears a message once, in the sender's order, and later than the call; the
 *   sender itself never does.
 * - Nothing is stored: who opens the name later has missed it.
 * - Messages can be structured-cloned; what is posted may be changed by the sender afterwards. Never throws.
 */
export interface TabChannel {
  post(message: unknown): void
  close(): void
}

/** What tabs need of a browser to share one socket. */
export interface TabSharing {
  readonly locks: TabLocks
  channel(name: string, hear: (message: unknown) => void): TabChannel
  /** The page is about to be frozen or put away: what it holds should be let go of. Returns the way to stop listening. */
  onRest(rest: () => void): () => void
}

/** Asks to be told when nobody holds the name any more: somebody who held it is gone. */
export function whenFree(locks: TabLocks, name: string, gone: () => void): () => void {
  const granted = (): void => {
    stop()
    gone()
  }
  // Shared: others who wait for the same may be frozen, and would keep it.
  const stop = locks.hold(name, { granted }, 'share')
  return stop
}
