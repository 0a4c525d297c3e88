import type { SyncClock } from '../room/deps.ts'

/** Runs `work` every `everyMs` until it is told to stop. `work` must be total. */
export function repeat(clock: SyncClock, everyMs: number, work: () => void): () => void {
  let cancel = clock.setTimer(tick, everyMs)
  function tick(): void {
    cancel = clock.setTimer(tick, everyMs)
    work()
  }
  return () => cancel()
}

// Beyond this, Node fires at once: a token that lives for a year must not end the moment it is used.
const LONGEST_TIMER_MS = 2_147_000_000

/** Runs `run` at a moment in milliseconds since 1970, however far away. */
export function atMoment(clock: SyncClock, whenMs: number, run: () => void): () => void {
  let cancel: () => void
  const arm = (): void => {
    const remaining = whenMs - clock.now()
    cancel =
      remaining <= LONGEST_TIMER_MS
        ? clock.setTimer(run, Math.max(0, remaining))
        : clock.setTimer(arm, LONGEST_TIMER_MS)
  }
  arm()
  return () => cancel()
}
