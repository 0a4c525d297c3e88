/**
 *               failed 3 times, HTTP answers         timer, wake
 *     sockets ──────────────────────────▶ polling ─────────────▶ trying
 *        ▲                                   ▲   trial failed      │
 *        │                                   └─────────────────────┤
 *        └──────────────────────── trial answered ─────────────────┘
 *
 * A server that is down fails both ways and is not mistaken for a blocked one: only failures beside which HTTP answered count.
 */
export type FallbackPhase =
  | { readonly state: 'sockets'; readonly failures: number }
  | { readonly state: 'polling'; readonly trials: number }
  /** Still polling, with a socket open beside it to see whether anything comes through. */
  | { readonly state: 'trying'; readonly trials: number }
  | { readonly state: 'closed' }

export type FallbackEvent =
  /** A socket ended before the server had said anything on it. */
  | { readonly type: 'failed'; readonly answersHttp: boolean }
  /** The server spoke on a socket. */
  | { readonly type: 'worked' }
  /** A link has begun to poll. */
  | { readonly type: 'opened'; readonly random: number }
  /** It has ended. */
  | { readonly type: 'ended' }
  | { readonly type: 'timer' }
  /** The network may be another one. */
  | { readonly type: 'wake' }
  | { readonly type: 'trial'; readonly isAnswered: boolean; readonly random: number }
  | { readonly type: 'close' }

export type FallbackEffect =
  | { readonly type: 'open-trial' }
  | { readonly type: 'close-trial' }
  /** End the polling connection, so that the link opens another. */
  | { readonly type: 'move' }
  | { readonly type: 'set-timer'; readonly ms: number }
  | { readonly type: 'clear-timer' }

export interface FallbackStep {
  readonly state: FallbackPhase
  readonly effects: readonly FallbackEffect[]
}

type In<S extends FallbackPhase['state']> = Extract<FallbackPhase, { state: S }>
type On<E extends FallbackEvent['type']> = Extract<FallbackEvent, { type: E }>
type Row<S extends FallbackPhase['state']> = {
  readonly [E in FallbackEvent['type']]: (state: In<S>, event: On<E>) => FallbackStep
}

const MAX_FAILURES = 3
const FIRST_TRIAL_MS = 30_000
const LONGEST_TRIAL_MS = 300_000

export const initialFallback: FallbackPhase = { state: 'sockets', failures: 0 }

const step = (state: FallbackPhase, ...effects: FallbackEffect[]): FallbackStep => ({ state, effects })
const stay = (state: FallbackPhase): FallbackStep => step(state)
const trialTimer = (trials: number, random: number): FallbackEffect => {
  const ms = Math.min(FIRST_TRIAL_MS * 2 ** trials, LONGEST_TRIAL_MS) * (0.75 + random / 2)
  return { type: 'set-timer', ms }
}

const table: { readonly [S in FallbackPhase['state']]: Row<S> } = {
  sockets: {
    failed: (s, e) => {
      const failures = e.answersHttp ? s.failures + 1 : 0
      return step(failures < MAX_FAILURES ? { ...s, failures } : { state: 'polling', trials: 0 })
    },
    worked: (s) => step({ ...s, failures: 0 }),
    opened: stay,
    ended: stay,
    timer: stay,
    wake: stay,
    trial: stay,
    close: () => step({ state: 'closed' }),
  },
  polling: {
    // Of sockets that were opened before.
    failed: stay,
    worked: stay,
    opened: (s, e) => step(s, trialTimer(s.trials, e.random)),
    ended: (s) => step(s, { type: 'clear-timer' }),
    timer: (s) => step({ ...s, state: 'trying' }, { type: 'open-trial' }),
    wake: (s) => step({ state: 'trying', trials: s.trials }, { type: 'clear-timer' }, { type: 'open-trial' }),
    trial: stay,
    close: () => step({ state: 'closed' }, { type: 'clear-timer' }),
  },
  trying: {
    failed: stay,
    worked: stay,
    opened: stay,
    ended: (s) => step({ ...s, state: 'polling' }, { type: 'close-trial' }),
    timer: stay,
    wake: stay,
    trial: (s, e) => {
      if (e.isAnswered) return step(initialFallback, { type: 'close-trial' }, { type: 'move' })
      const trials = s.trials + 1
      return step({ state: 'polling', trials }, { type: 'close-trial' }, trialTimer(trials, e.random))
    },
    close: () => step({ state: 'closed' }, { type: 'close-trial' }),
  },
  closed: {
    failed: stay,
    worked: stay,
    opened: stay,
    ended: stay,
    timer: stay,
    wake: stay,
    trial: stay,
    close: stay,
  },
}

export function transition(state: FallbackPhase, event: FallbackEvent): FallbackStep {
  // The table pairs every state with every event; TypeScript cannot follow that pairing through two lookups.
  const row = table[state.state] as Record<
    FallbackEvent['type'],
    (s: FallbackPhase, e: FallbackEvent) => FallbackStep
  >
  return row[event.type](state, event)
}
