const FIRST_MS = 1_000
const MAX_MS = 60_000
const JITTER = 0.25

/**
 * How long to wait before attempt number `attempt` (1 is the first after a loss): 1 s, 2 s, 4 s … 60 s, each ± 25 %.
 *
 * The first wait is spread too, and so is the longest: all clients of a server that restarts lose it in the same
 * moment, and without jitter they would come back in the same moment, again and again.
 */
export function backoffMs(attempt: number, random: number): number {
  const base = Math.min(FIRST_MS * 2 ** Math.min(attempt - 1, 16), MAX_MS)
  return base * (1 - JITTER + 2 * JITTER * random)
}

/** When the server named a delay: never earlier, and up to 25 % later, so that those it sent away do not return as one. */
export function retryAfterMs(seconds: number, random: number): number {
  return seconds * 1_000 * (1 + JITTER * random)
}
