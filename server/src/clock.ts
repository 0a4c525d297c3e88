/**
 * Time, as the server is given it; nothing else in this package reads a clock or sets a timer.
 *
 * INVARIANTS
 * - `elapsedMs` never goes backwards, whatever happens to the wall clock.
 * - A timer whose cancel function was called never runs. Timers do not keep the process alive.
 * - A timer's body must be total: what it throws ends the process.
 */
export interface Clock {
  /** Milliseconds since 1970, for showing and storing; never for measuring. */
  now(): number
  /** Milliseconds since some fixed moment, for measuring. */
  elapsedMs(): number
  setTimer(run: () => void, delayMs: number): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  setTimer(run, delayMs) {
    const timer = setTimeout(run, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(resolve, delayMs))
}

/** Resolves with the work's value, or with `'late'` when it takes longer; the work itself goes on. */
export async function within<T>(clock: Clock, limitMs: number, work: Promise<T>): Promise<T | 'late'> {
  let cancel = () => {}
  const limit = new Promise<'late'>((resolve) => {
    cancel = clock.setTimer(() => resolve('late'), limitMs)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    cancel()
  }
}
