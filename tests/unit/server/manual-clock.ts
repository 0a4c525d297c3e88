import type { Clock } from '../../../server/src/clock.ts'

/** Time that passes only when the test says so. */
export function manualClock(): Clock & { pass(ms: number): Promise<void> } {
  let now = 0
  const timers = new Set<{ at: number; run: () => void }>()
  return {
    now: () => now,
    elapsedMs: () => now,
    setTimer(run, delayMs) {
      const timer = { at: now + delayMs, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async pass(ms) {
      now += ms
      for (const timer of [...timers]) {
        if (timer.at > now) continue
        timers.delete(timer)
        timer.run()
      }
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    },
  }
}
