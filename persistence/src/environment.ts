/** The one place where persistence touches time, chance and the process environment. */

export interface Environment {
  now(): Date
  /** Milliseconds that never jump back. */
  monotonicMs(): number
  /** [0, 1) */
  random(): number
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `work` every `ms` until the returned function is called; does not keep the process alive. */
  every(ms: number, work: () => void): () => void
  /** Calls `work` once, about `ms` from now. */
  later(ms: number, work: () => void): void
  /** Calls `work` once this turn of the event loop has handled what already arrived. */
  soon(work: () => void): void
}

export const systemEnvironment: Environment = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve()
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal?.addEventListener('abort', done)
    }),
  every: (ms, work) => {
    const timer = setInterval(work, ms).unref()
    return () => clearInterval(timer)
  },
  later: (ms, work) => {
    setTimeout(work, ms)
  },
  soon: (work) => {
    setImmediate(work)
  },
}

/** What a PostgreSQL program needs from our environment, and nothing that could change how it behaves (PGDATA, PGPORT …). */
export function childEnvironment(): Record<string, string> {
  const kept: Record<string, string> = { LC_ALL: 'C', TZ: 'UTC' }
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot']) {
    // biome-ignore lint/style/noProcessEnv: the adapter for the environment
    const value = process.env[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}
