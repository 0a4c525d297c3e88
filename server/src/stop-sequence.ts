import { type Clock, within } from './clock.ts'
import type { Logger } from './telemetry/logger.ts'

/** `close` is given what is left of the deadline, so that it can give up in order instead of being cut off. */
interface Step {
  readonly name: string
  close(remainingMs: number): Promise<void>
}

/**
 * What was opened, and closing it in the opposite order.
 *
 * INVARIANTS
 * - A step is closed only after everything that was opened after it, because that may still need it.
 * - A step that fails or takes too long is logged and does not keep the others from closing.
 * - `run` happens once, however often it is called, and never rejects.
 */
export interface StopSequence {
  opened(name: string, close: (remainingMs: number) => Promise<void>): void
  run(deadlineMs: number): Promise<'clean' | 'incomplete'>
}

export function createStopSequence(clock: Clock, logger: Logger): StopSequence {
  const steps: Step[] = []
  let running: Promise<'clean' | 'incomplete'> | null = null

  async function run(deadlineMs: number): Promise<'clean' | 'incomplete'> {
    const endsAt = clock.elapsedMs() + deadlineMs
    let outcome: 'clean' | 'incomplete' = 'clean'
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      const remainingMs = Math.max(1, endsAt - clock.elapsedMs())
      const result = await closeStep(step, remainingMs)
      if (result !== 'closed') outcome = 'incomplete'
    }
    return outcome
  }

  async function closeStep(step: Step, remainingMs: number): Promise<'closed' | 'failed'> {
    const startedAt = clock.elapsedMs()
    try {
      const result = await within(clock, remainingMs, step.close(remainingMs))
      const tookMs = Math.round(clock.elapsedMs() - startedAt)
      if (result !== 'late') {
        logger.debug({ step: step.name, tookMs }, 'server.step-closed')
        return 'closed'
      }
      logger.error({ step: step.name, tookMs }, 'server.step-failed')
    } catch (error) {
      logger.error({ step: step.name, error }, 'server.step-failed')
    }
    return 'failed'
  }

  return {
    opened: (name, close) => void steps.push({ name, close }),
    run(deadlineMs) {
      running ??= run(deadlineMs)
      return running
    },
  }
}
