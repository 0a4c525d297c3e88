import { bandOf, CLOSE, IDLE_DISCONNECT } from '../protocol/close-codes.ts'
import { backoffMs, retryAfterMs } from './backoff.ts'
import { HANDED_ON } from './own-codes.ts'
import type { LinkState } from './port.ts'

/**
 *             wanted                token            opened
 *     idle ───────────▶ authorizing ──────▶ connecting ──────▶ open
 *                          ▲   │ failed        │ lost           │ lost
 *                    timer │   ▼               ▼                │
 *                        waiting ◀──────────────────────────────┘        44xx, no token: stopped;  close(): closed
 *                                                                  from all of these: rest ──▶ resting ── resume ──▶ authorizing
 *
 * `attempt` counts connections that proved nothing: it goes back to 0 when a list's handshake was answered, and not when the
 * socket opens, because a server that accepts and at once closes would otherwise be hammered every second.
 */
export type LinkPhase =
  | { readonly state: 'idle'; readonly attempt: number; readonly notBeforeMs: number }
  | { readonly state: 'authorizing'; readonly attempt: number; readonly renewed: boolean }
  | { readonly state: 'connecting'; readonly attempt: number; readonly renewed: boolean }
  | { readonly state: 'open'; readonly attempt: number; readonly renewed: boolean }
  | {
      readonly state: 'waiting'
      readonly attempt: number
      readonly untilMs: number
      /** The server asked not to be tried earlier, so not even `resume()` does. */
      readonly notBeforeMs: number
    }
  /** Nobody looks, and nothing waits to be sent. */
  | { readonly state: 'resting'; readonly attempt: number; readonly notBeforeMs: number }
  | { readonly state: 'stopped'; readonly code: number; readonly reason: string }
  | { readonly state: 'closed' }

export type LinkEvent =
  | { readonly type: 'wanted'; readonly nowMs: number }
  | { readonly type: 'unwanted' }
  | { readonly type: 'token' }
  | { readonly type: 'token-missing' }
  | { readonly type: 'token-failed'; readonly nowMs: number; readonly random: number }
  | { readonly type: 'opened' }
  | { readonly type: 'proven' }
  | {
      readonly type: 'lost'
      readonly code: number
      readonly reason: string
      readonly retryAfterSeconds: number | null
      readonly nowMs: number
      readonly random: number
    }
  /** A list was denied with 4401 although its token was fresh. */
  | { readonly type: 'unauthorized'; readonly reason: string }
  | { readonly type: 'timer' }
  | { readonly type: 'resume'; readonly nowMs: number }
  | { readonly type: 'rest' }
  | { readonly type: 'close' }

export type LinkEffect =
  | { readonly type: 'fetch-token'; readonly why: 'start' | 'expired' }
  | { readonly type: 'open-socket' }
  | { readonly type: 'drop-socket'; readonly reason?: string }
  | { readonly type: 'attach-lists' }
  | { readonly type: 'detach-lists' }
  | { readonly type: 'set-timer'; readonly ms: number }
  | { readonly type: 'clear-timer' }
  | { readonly type: 'probe' }

export interface LinkStep {
  readonly state: LinkPhase
  readonly effects: readonly LinkEffect[]
}

type In<S extends LinkPhase['state']> = Extract<LinkPhase, { state: S }>
type On<E extends LinkEvent['type']> = Extract<LinkEvent, { type: E }>
type Table = {
  readonly [S in LinkPhase['state']]: {
    readonly [E in LinkEvent['type']]: (state: In<S>, event: On<E>) => LinkStep
  }
}

const LONG_AGO = 0
export const initialLink: LinkPhase = { state: 'idle', attempt: 0, notBeforeMs: LONG_AGO }

const step = (state: LinkPhase, ...effects: LinkEffect[]): LinkStep => ({ state, effects })
const stay = (state: LinkPhase): LinkStep => step(state)
const idle = (attempt: number, notBeforeMs = LONG_AGO): LinkPhase => ({ state: 'idle', attempt, notBeforeMs })
const rests = (attempt: number, notBeforeMs = LONG_AGO): LinkPhase => ({
  state: 'resting',
  attempt,
  notBeforeMs,
})
const restingDrop: LinkEffect = { type: 'drop-socket', reason: IDLE_DISCONNECT }
const closed: LinkPhase = { state: 'closed' }

const authorize = (attempt: number, why: 'start' | 'expired' = 'start'): LinkStep =>
  step({ state: 'authorizing', attempt, renewed: why === 'expired' }, { type: 'fetch-token', why })

/** Not before the server wants it. */
const begin = (s: In<'idle' | 'resting'>, nowMs: number): LinkStep =>
  nowMs >= s.notBeforeMs
    ? authorize(s.attempt)
    : waitUntil(s.attempt, s.notBeforeMs - nowMs, nowMs, s.notBeforeMs)

function waitUntil(attempt: number, delayMs: number, nowMs: number, notBeforeMs = LONG_AGO): LinkStep {
  return step(
    { state: 'waiting', attempt, untilMs: nowMs + delayMs, notBeforeMs },
    { type: 'set-timer', ms: delayMs },
  )
}

const noToken = (): LinkPhase => ({
  state: 'stopped',
  code: CLOSE.unauthenticated,
  reason: 'There is no token.',
})

function afterLoss(state: In<'connecting' | 'open'>, event: On<'lost'>): LinkStep {
  if (event.code === CLOSE.unauthenticated && !state.renewed) return authorize(state.attempt, 'expired')
  if (bandOf(event.code) === 'stop') return step({ state: 'stopped', code: event.code, reason: event.reason })
  const attempt = state.attempt + 1
  // Once: a socket that goes from tab to tab without ever proving anything is one that does not work.
  if (event.code === HANDED_ON && state.attempt === 0) return authorize(attempt)
  const delayMs = backoffMs(attempt, event.random)
  if (event.retryAfterSeconds === null) return waitUntil(attempt, delayMs, event.nowMs)
  const askedMs = retryAfterMs(event.retryAfterSeconds, event.random)
  const notBeforeMs = event.nowMs + event.retryAfterSeconds * 1_000
  return waitUntil(attempt, Math.max(askedMs, delayMs), event.nowMs, notBeforeMs)
}

const table: Table = {
  idle: {
    wanted: (s, e) => begin(s, e.nowMs),
    unwanted: stay,
    token: stay,
    'token-missing': stay,
    'token-failed': stay,
    opened: stay,
    proven: stay,
    lost: stay,
    unauthorized: stay,
    timer: stay,
    resume: stay,
    rest: stay,
    close: () => step(closed),
  },
  authorizing: {
    wanted: stay,
    unwanted: (s) => step(idle(s.attempt)),
    token: (s) => step({ ...s, state: 'connecting' }, { type: 'open-socket' }),
    'token-missing': () => step(noToken()),
    'token-failed': (s, e) => waitUntil(s.attempt + 1, backoffMs(s.attempt + 1, e.random), e.nowMs),
    opened: stay,
    proven: stay,
    lost: stay,
    unauthorized: stay,
    timer: stay,
    resume: stay,
    rest: (s) => step(rests(s.attempt)),
    close: () => step(closed),
  },
  connecting: {
    wanted: stay,
    unwanted: (s) => step(idle(s.attempt), { type: 'drop-socket' }),
    token: stay,
    'token-missing': stay,
    'token-failed': stay,
    opened: (s) => step({ ...s, state: 'open' }, { type: 'attach-lists' }),
    proven: stay,
    lost: (s, e) => afterLoss(s, e),
    unauthorized: stay,
    timer: stay,
    resume: stay,
    rest: (s) => step(rests(s.attempt), restingDrop),
    close: () => step(closed, { type: 'drop-socket' }),
  },
  open: {
    wanted: stay,
    unwanted: (s) => step(idle(s.attempt), { type: 'detach-lists' }, { type: 'drop-socket' }),
    token: stay,
    'token-missing': stay,
    'token-failed': stay,
    opened: stay,
    proven: (s) => step({ ...s, attempt: 0, renewed: false }),
    lost: (s, e) => {
      const next = afterLoss(s, e)
      return step(next.state, { type: 'detach-lists' }, ...next.effects)
    },
    unauthorized: (_s, e) =>
      step(
        { state: 'stopped', code: CLOSE.unauthenticated, reason: e.reason },
        { type: 'detach-lists' },
        { type: 'drop-socket' },
      ),
    timer: stay,
    resume: (s) => step(s, { type: 'probe' }),
    rest: (s) => step(rests(s.attempt), { type: 'detach-lists' }, restingDrop),
    close: () => step(closed, { type: 'detach-lists' }, { type: 'drop-socket' }),
  },
  waiting: {
    wanted: stay,
    unwanted: (s) => step(idle(s.attempt, s.notBeforeMs), { type: 'clear-timer' }),
    token: stay,
    'token-missing': stay,
    'token-failed': stay,
    opened: stay,
    proven: stay,
    lost: stay,
    unauthorized: stay,
    timer: (s) => authorize(s.attempt),
    resume: (s, e) => {
      if (e.nowMs < s.notBeforeMs) return stay(s)
      const next = authorize(s.attempt)
      return step(next.state, { type: 'clear-timer' }, ...next.effects)
    },
    rest: (s) => step(rests(s.attempt, s.notBeforeMs), { type: 'clear-timer' }),
    close: () => step(closed, { type: 'clear-timer' }),
  },
  resting: {
    wanted: stay,
    unwanted: (s) => step(idle(s.attempt, s.notBeforeMs)),
    token: stay,
    'token-missing': stay,
    'token-failed': stay,
    opened: stay,
    proven: stay,
    lost: stay,
    unauthorized: stay,
    timer: stay,
    resume: (s, e) => begin(s, e.nowMs),
    rest: stay,
    close: () => step(closed),
  },
  stopped: {
    wanted: stay,
    unwanted: stay,
    token: stay,
    'token-missing': stay,
    'token-failed': stay,
    opened: stay,
    proven: stay,
    lost: stay,
    unauthorized: stay,
    timer: stay,
    resume: () => authorize(0),
    rest: stay,
    close: () => step(closed),
  },
  closed: {
    wanted: stay,
    unwanted: stay,
    token: stay,
    'token-missing': stay,
    'token-failed': stay,
    opened: stay,
    proven: stay,
    lost: stay,
    unauthorized: stay,
    timer: stay,
    resume: stay,
    rest: stay,
    close: stay,
  },
}

export function transition(state: LinkPhase, event: LinkEvent): LinkStep {
  // The table pairs every state with every event; TypeScript cannot follow that pairing through two lookups.
  const row = table[state.state] as Record<LinkEvent['type'], (s: LinkPhase, e: LinkEvent) => LinkStep>
  return row[event.type](state, event)
}

/** What the rest of the SDK sees of it. */
export function toLinkState(phase: LinkPhase): LinkState {
  switch (phase.state) {
    case 'idle':
      return { state: 'idle' }
    case 'authorizing':
    case 'connecting':
      return { state: 'connecting', attempt: phase.attempt }
    case 'open':
      return { state: 'open' }
    case 'resting':
      return { state: 'resting' }
    case 'waiting':
      return { state: 'waiting', untilMs: phase.untilMs, attempt: phase.attempt }
    case 'stopped':
      return { state: 'stopped', code: phase.code, reason: phase.reason }
    case 'closed':
      return { state: 'stopped', code: 1000, reason: 'closed' }
  }
}
