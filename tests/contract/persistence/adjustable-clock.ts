import { type Environment, systemEnvironment } from '../../../persistence/src/environment.ts'

/** The real clock and timers, except that the time of day can be put forward. */
export function adjustableClock(): { environment: Environment; pass(ms: number): void } {
  let aheadMs = 0
  return {
    environment: {
      ...systemEnvironment,
      now: () => new Date(systemEnvironment.now().getTime() + aheadMs),
    },
    pass: (ms) => {
      aheadMs += ms
    },
  }
}
