import { setTimeout as pause } from 'node:timers/promises'

export interface UntilOptions {
  /** Default 20,000. */
  readonly timeoutMs?: number
  /** What is awaited, in words, for the message of the failure. */
  readonly what?: string
}

/**
 * Waits until `condition` holds; rejects with `what` when it does not within `timeoutMs`.
 *
 * Tests wait for conditions and never for a length of time: a sleep is either too short on a busy machine or wasted on
 * an idle one. A condition that throws counts as "not yet", and its last error is part of the failure message.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  o: UntilOptions = {},
): Promise<void> {
  const timeoutMs = o.timeoutMs ?? 20_000
  const deadline = performance.now() + timeoutMs
  let intervalMs = 2
  let lastError: unknown
  for (;;) {
    try {
      if (await condition()) return
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (performance.now() >= deadline) break
    await pause(intervalMs)
    intervalMs = Math.min(intervalMs * 1.5, 50)
  }
  const what = o.what ?? condition.toString().slice(0, 200)
  const because = lastError instanceof Error ? `; it threw: ${lastError.message}` : ''
  throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}${because}`, { cause: lastError })
}
