import type { Environment } from '../../../client-sdk/src/connection/port.ts'

export interface ManualEnvironment extends Environment {
  /** Moves time on, running timers in order. */
  advance(ms: number): void
  /** As when somebody sets the clock right; timers stay as far off as they were. */
  setBack(ms: number): void
}

/** Time that stands still until the test moves it. */
export function manualEnvironment(startMs = 1_700_000_000_000): ManualEnvironment {
  let now = startMs
  let behindMs = 0
  let seed = 1
  const timers = new Set<{ at: number; run: () => void }>()
  return {
    now: () => now - behindMs,
    random: () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    },
    setTimer: (run, ms) => {
      const timer = { at: now + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    setBack: (ms) => {
      behindMs += ms
    },
    openSocket: () => {
      throw new Error('There is no network here.')
    },
    advance: (ms) => {
      const end = now + ms
      for (;;) {
        const due = [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        timers.delete(due)
        now = Math.max(now, due.at)
        due.run()
      }
      now = end
    },
  }
}
