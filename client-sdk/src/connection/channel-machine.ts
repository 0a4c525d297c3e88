import { bandOf, CLOSE } from '../protocol/close-codes.ts'
import { backoffMs, retryAfterMs } from './backoff.ts'
import type { ChannelState } from './port.ts'

/**
 *     detached ─▶ queued ─▶ authenticating ─▶ syncing ─▶ live
 *        ▲          ▲          │ 4401           │          │
 *        │          │          ▼                │          │      a close or denial: 44xx ends in `denied`, everything else
 *        │          ├───── renewing             │          │      in `waiting`, then again, on the same socket, while
 *        │          └───── waiting ◀────────────┴──────────┘      the other lists of the socket go on undisturbed.
 *        └─ link-lost from everywhere
 *
 * `attempt` counts joins since the server last answered a handshake.
 */
export type ChannelPhase =
  | { readonly state: 'detached'; readonly attempt: number }
  /** For a place among the joins that may be under way at once. */
  | { readonly state: 'queued'; readonly attempt: number; readonly renewed: boolean }
  | { readonly state: 'authenticating'; readonly attempt: number; readonly renewed: boolean }
  | { readonly state: 'renewing'; readonly attempt: number }
  | {
      readonly state: 'syncing'
      readonly attempt: number
      readonly readOnly: boolean
      /** Our answer to the server's step 1 is out: from here on edits are sent as they come. */
      readonly isSent: boolean
      /** Step 1s of ours without an answer. More than one after a rejoin; only the last answer completes our copy. */
      readonly asked: number
    }
  | { readonly state: 'live'; readonly attempt: number; readonly readOnly: boolean }
  | { readonly state: 'waiting'; readonly attempt: number }
  | { readonly state: 'denied'; readonly code: number; readonly reason: string }
  | { readonly state: 'closed' }

export type ChannelEvent =
  | { readonly type: 'link-open' }
  | { readonly type: 'link-lost' }
  | { readonly type: 'slot' }
  | { readonly type: 'authenticated'; readonly readOnly: boolean }
  /** Denied, or closed by the server: `code` decides whether to come back. */
  | {
      readonly type: 'rejected'
      readonly code: number
      readonly reason: string
      readonly retryAfterSeconds: number | null
      readonly random: number
    }
  | { readonly type: 'sent' }
  | { readonly type: 'received' }
  | { readonly type: 'answered' }
  | { readonly type: 'token-renewed'; readonly random: number }
  | { readonly type: 'token-unavailable'; readonly random: number }
  | { readonly type: 'token-missing' }
  | { readonly type: 'timer' }
  | { readonly type: 'rejoin' }
  | { readonly type: 'close' }

export type ChannelEffect =
  | { readonly type: 'queue-join' }
  | { readonly type: 'authenticate' }
  | { readonly type: 'ask' }
  /** What was sent on this join will not be answered any more, or the answers mean nothing. */
  | { readonly type: 'forget-sent' }
  | { readonly type: 'dismiss-sent' }
  | { readonly type: 'renew-token' }
  | { readonly type: 'announce' }
  | { readonly type: 'set-timer'; readonly ms: number }
  | { readonly type: 'clear-timer' }
  | { readonly type: 'leave' }
  | { readonly type: 'give-up' }
  | { readonly type: 'attach-if-open' }
  | { readonly type: 'report-unauthorized'; readonly reason: string }

export interface ChannelStep {
  readonly state: ChannelPhase
  readonly effects: readonly ChannelEffect[]
}

type In<S extends ChannelPhase['state']> = Extract<ChannelPhase, { state: S }>
type On<E extends ChannelEvent['type']> = Extract<ChannelEvent, { type: E }>
type Row<S extends ChannelPhase['state']> = {
  readonly [E in ChannelEvent['type']]: (state: In<S>, event: On<E>) => ChannelStep
}

/** A join takes as long as the server needs to load the list; past this it is given up and tried again. */
export const JOIN_TIMEOUT_MS = 60_000

export const initialChannel: ChannelPhase = { state: 'detached', attempt: 0 }

const step = (state: ChannelPhase, ...effects: ChannelEffect[]): ChannelStep => ({ state, effects })
const stay = (state: ChannelPhase): ChannelStep => step(state)
const queue = (attempt: number, renewed: boolean, ...before: ChannelEffect[]): ChannelStep =>
  step({ state: 'queued', attempt, renewed }, ...before, { type: 'queue-join' })
const joinTimer: ChannelEffect = { type: 'set-timer', ms: JOIN_TIMEOUT_MS }
const leave = (): ChannelStep => step({ state: 'closed' }, { type: 'clear-timer' }, { type: 'leave' })

const detach = (s: { readonly attempt: number }): ChannelStep =>
  step({ state: 'detached', attempt: s.attempt }, { type: 'clear-timer' }, { type: 'forget-sent' })

function reject(s: { readonly attempt: number; readonly renewed?: boolean }, e: On<'rejected'>): ChannelStep {
  const forget: ChannelEffect = { type: 'forget-sent' }
  if (e.code === CLOSE.unauthenticated && s.renewed !== true) {
    return step({ state: 'renewing', attempt: s.attempt + 1 }, { type: 'clear-timer' }, forget, {
      type: 'renew-token',
    })
  }
  if (bandOf(e.code) === 'stop') return deny(e.code, e.reason)
  return wait(s.attempt + 1, e)
}

function deny(code: number, reason: string): ChannelStep {
  const denied: ChannelPhase = { state: 'denied', code, reason }
  const effects: ChannelEffect[] = [{ type: 'clear-timer' }, { type: 'forget-sent' }]
  // No list of this socket can be opened with that token: one stop for all instead of one denial for each.
  if (code === CLOSE.unauthenticated) effects.push({ type: 'report-unauthorized', reason })
  return step(denied, ...effects)
}

function wait(
  attempt: number,
  e: { readonly random: number; readonly retryAfterSeconds?: number | null },
): ChannelStep {
  const asked = retryAfterMs(e.retryAfterSeconds ?? 0, e.random)
  const ms = Math.max(asked, backoffMs(attempt, e.random))
  return step({ state: 'waiting', attempt }, { type: 'forget-sent' }, { type: 'set-timer', ms })
}

/** Nothing came back. The server may still come to it, so this socket cannot carry another try. */
const hang = (s: In<'authenticating' | 'syncing'>): ChannelStep =>
  step({ ...s, attempt: s.attempt + 1 }, { type: 'give-up' })

function synced(s: In<'syncing'>): ChannelStep {
  if (!s.isSent || s.asked > 0) return stay(s)
  return step(
    { state: 'live', attempt: s.attempt, readOnly: s.readOnly },
    { type: 'clear-timer' },
    { type: 'announce' },
  )
}

const askAgain = (s: In<'syncing' | 'live'>): ChannelStep => {
  const asked = s.state === 'syncing' ? s.asked + 1 : 1
  const next: ChannelPhase = {
    state: 'syncing',
    attempt: s.attempt,
    readOnly: s.readOnly,
    isSent: false,
    asked,
  }
  return step(next, { type: 'dismiss-sent' }, { type: 'ask' }, joinTimer)
}

/** For states in which no frame of ours is out, most events cannot happen or are late. */
const quiet = {
  'link-open': stay,
  'link-lost': stay,
  slot: stay,
  authenticated: stay,
  rejected: stay,
  sent: stay,
  received: stay,
  answered: stay,
  'token-renewed': stay,
  'token-unavailable': stay,
  'token-missing': stay,
  timer: stay,
  rejoin: stay,
  close: leave,
} satisfies Row<ChannelPhase['state']>

const table: { readonly [S in ChannelPhase['state']]: Row<S> } = {
  detached: { ...quiet, 'link-open': (s) => queue(s.attempt, false) },
  queued: {
    ...quiet,
    'link-lost': detach,
    slot: (s) => step({ ...s, state: 'authenticating' }, { type: 'authenticate' }, joinTimer),
  },
  authenticating: {
    ...quiet,
    'link-lost': detach,
    authenticated: (s, e) =>
      step(
        { state: 'syncing', attempt: s.attempt, readOnly: e.readOnly, isSent: false, asked: 1 },
        { type: 'ask' },
      ),
    rejected: reject,
    timer: hang,
  },
  renewing: {
    ...quiet,
    'link-lost': detach,
    // A server that takes each new token and then finds fault with it must not be asked without pause.
    'token-renewed': (s, e) => (s.attempt > 3 ? wait(s.attempt, e) : queue(s.attempt, true)),
    'token-unavailable': (s, e) => wait(s.attempt, e),
    'token-missing': () => deny(CLOSE.unauthenticated, 'There is no token.'),
  },
  syncing: {
    ...quiet,
    'link-lost': detach,
    authenticated: (s, e) => step({ ...s, readOnly: e.readOnly }),
    rejected: reject,
    sent: (s) => synced({ ...s, isSent: true }),
    received: (s) => synced({ ...s, asked: Math.max(0, s.asked - 1) }),
    answered: (s) => step({ ...s, attempt: 0 }),
    timer: hang,
    rejoin: askAgain,
  },
  live: {
    ...quiet,
    'link-lost': detach,
    authenticated: (s, e) => step({ ...s, readOnly: e.readOnly }),
    rejected: reject,
    answered: (s) => step({ ...s, attempt: 0 }),
    rejoin: askAgain,
  },
  waiting: {
    ...quiet,
    'link-lost': detach,
    timer: (s) => queue(s.attempt, false),
    rejoin: (s) => queue(s.attempt, false, { type: 'clear-timer' }),
  },
  denied: {
    ...quiet,
    // A new socket has a new token, so "unauthenticated" may be over; "no access" is about the person.
    'link-open': (s) => (s.code === CLOSE.unauthenticated ? queue(0, false) : stay(s)),
    // Not queued at once: the link may have no socket now.
    rejoin: () => step({ state: 'detached', attempt: 0 }, { type: 'attach-if-open' }),
  },
  closed: { ...quiet, close: stay },
}

export function transition(state: ChannelPhase, event: ChannelEvent): ChannelStep {
  // The table pairs every state with every event; TypeScript cannot follow that pairing through two lookups.
  const row = table[state.state] as Record<
    ChannelEvent['type'],
    (s: ChannelPhase, e: ChannelEvent) => ChannelStep
  >
  return row[event.type](state, event)
}

/** What the rest of the SDK sees of it. */
export function toChannelState(phase: ChannelPhase): ChannelState {
  switch (phase.state) {
    case 'live':
      return { state: 'live', readOnly: phase.readOnly }
    case 'denied':
      return { state: 'denied', code: phase.code, reason: phase.reason }
    case 'queued':
    case 'authenticating':
    case 'renewing':
    case 'syncing':
      return { state: 'joining' }
    case 'detached':
    case 'waiting':
    case 'closed':
      return { state: 'detached' }
  }
}
