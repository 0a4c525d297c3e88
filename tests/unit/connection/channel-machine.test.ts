import { describe, expect, it } from 'vitest'
import {
  type ChannelEvent,
  type ChannelPhase,
  initialChannel,
  toChannelState,
  transition,
} from '../../../client-sdk/src/connection/channel-machine.ts'

const PHASES: { readonly [S in ChannelPhase['state']]: Extract<ChannelPhase, { state: S }> } = {
  detached: { state: 'detached', attempt: 0 },
  queued: { state: 'queued', attempt: 0, renewed: false },
  authenticating: { state: 'authenticating', attempt: 0, renewed: false },
  renewing: { state: 'renewing', attempt: 1 },
  syncing: { state: 'syncing', attempt: 0, readOnly: false, isSent: false, asked: 1 },
  live: { state: 'live', attempt: 0, readOnly: false },
  waiting: { state: 'waiting', attempt: 1 },
  denied: { state: 'denied', code: 4403, reason: 'no' },
  closed: { state: 'closed' },
}

const rejected = (code: number, retryAfterSeconds: number | null = null): ChannelEvent => ({
  type: 'rejected',
  code,
  reason: 'why',
  retryAfterSeconds,
  random: 0.5,
})

const EVENTS: { readonly [E in ChannelEvent['type']]: ChannelEvent } = {
  'link-open': { type: 'link-open' },
  'link-lost': { type: 'link-lost' },
  slot: { type: 'slot' },
  authenticated: { type: 'authenticated', readOnly: true },
  rejected: rejected(4503),
  sent: { type: 'sent' },
  received: { type: 'received' },
  answered: { type: 'answered' },
  'token-renewed': { type: 'token-renewed', random: 0.5 },
  'token-unavailable': { type: 'token-unavailable', random: 0.5 },
  'token-missing': { type: 'token-missing' },
  timer: { type: 'timer' },
  rejoin: { type: 'rejoin' },
  close: { type: 'close' },
}

const LOST = 'detached: clear-timer forget-sent'
const LEFT = 'closed: clear-timer leave'
const RETRY = 'waiting: forget-sent set-timer'

/** Everything that happens; what is not listed changes no state and does nothing. */
const TABLE: Record<string, string> = {
  'detached link-open': 'queued: queue-join',
  'detached close': LEFT,
  'queued link-lost': LOST,
  'queued slot': 'authenticating: authenticate set-timer',
  'queued close': LEFT,
  'authenticating link-lost': LOST,
  'authenticating authenticated': 'syncing: ask',
  'authenticating rejected': RETRY,
  'authenticating timer': 'authenticating: give-up',
  'authenticating close': LEFT,
  'renewing link-lost': LOST,
  'renewing token-renewed': 'queued: queue-join',
  'renewing token-unavailable': RETRY,
  'renewing token-missing': 'denied: clear-timer forget-sent report-unauthorized',
  'renewing close': LEFT,
  'syncing link-lost': LOST,
  'syncing rejected': RETRY,
  'syncing timer': 'syncing: give-up',
  'syncing rejoin': 'syncing: dismiss-sent ask set-timer',
  'syncing close': LEFT,
  'live link-lost': LOST,
  'live rejected': RETRY,
  'live rejoin': 'syncing: dismiss-sent ask set-timer',
  'live close': LEFT,
  'waiting link-lost': LOST,
  'waiting timer': 'queued: queue-join',
  'waiting rejoin': 'queued: clear-timer queue-join',
  'waiting close': LEFT,
  'denied rejoin': 'detached: attach-if-open',
  'denied close': LEFT,
}

describe('the life of one list on the socket', () => {
  it('[LINK-2] every state answers every event as the table says', () => {
    let seen = 0
    for (const phase of Object.values(PHASES)) {
      for (const event of Object.values(EVENTS)) {
        const name = `${phase.state} ${event.type}`
        const { state, effects } = transition(Object.freeze({ ...phase }), Object.freeze({ ...event }))
        const said = `${state.state}: ${effects.map((effect) => effect.type).join(' ')}`.trimEnd()
        expect({ name, said }).toEqual({ name, said: TABLE[name] ?? `${phase.state}:` })
        seen += 1
      }
    }
    expect(seen).toBe(9 * 14)
  })

  it('[LINK-1][E-12] live needs both directions, in either order', () => {
    const sent = transition(PHASES.syncing, EVENTS.sent).state
    const received = transition(PHASES.syncing, EVENTS.received).state
    expect([sent.state, received.state]).toEqual(['syncing', 'syncing'])
    expect(transition(sent, EVENTS.received).state.state).toBe('live')
    expect(transition(received, EVENTS.sent).state.state).toBe('live')
  })

  it('[LINK-1] after a rejoin only the answer to the last question completes the copy', () => {
    let phase = transition(PHASES.syncing, EVENTS.rejoin).state
    expect(phase).toMatchObject({ state: 'syncing', asked: 2, isSent: false })
    for (const event of [EVENTS.sent, EVENTS.received]) phase = transition(phase, event).state
    expect(phase.state).toBe('syncing')
    for (const event of [EVENTS.sent, EVENTS.received]) phase = transition(phase, event).state
    expect(phase.state).toBe('live')
  })

  it('[LINK-10][E-29] a list is denied for good with 44xx only', () => {
    for (const from of [PHASES.authenticating, PHASES.syncing, PHASES.live]) {
      expect(transition(from, rejected(4403)).state).toEqual({ state: 'denied', code: 4403, reason: 'why' })
      for (const code of [4500, 4501, 4503, 4529]) {
        expect(transition(from, rejected(code)).state.state).toBe('waiting')
      }
    }
    expect(transition(PHASES.denied, EVENTS['link-open']).state).toBe(PHASES.denied)
  })

  it('[LINK-6][X-02] a list waits longer each time, and as long as it was told to', () => {
    const delay = (phase: ChannelPhase, event: ChannelEvent): number | undefined => {
      const timer = transition(phase, event).effects.find((effect) => effect.type === 'set-timer')
      return timer?.type === 'set-timer' ? timer.ms : undefined
    }
    expect(delay({ ...PHASES.live, attempt: 0 }, rejected(4503))).toBe(1_000)
    expect(delay({ ...PHASES.live, attempt: 3 }, rejected(4503))).toBe(8_000)
    expect(delay({ ...PHASES.live, attempt: 3 }, rejected(4501, 20))).toBeGreaterThanOrEqual(20_000)
    expect(transition({ ...PHASES.live, attempt: 3 }, EVENTS.answered).state).toMatchObject({ attempt: 0 })
  })

  it('[LINK-5] 4401 asks for a new token, once per join, and then stops the whole link', () => {
    expect(transition(PHASES.live, rejected(4401)).state.state).toBe('renewing')
    const renewed = { ...PHASES.authenticating, renewed: true }
    const refused = transition(renewed, rejected(4401))
    expect(refused.state).toMatchObject({ state: 'denied', code: 4401 })
    expect(refused.effects).toContainEqual({ type: 'report-unauthorized', reason: 'why' })
    expect(transition(refused.state, EVENTS['link-open']).state.state).toBe('queued')
  })

  it('[LINK-5] a server that dislikes each new token is not asked without pause', () => {
    let phase: ChannelPhase = PHASES.live
    const states: string[] = []
    for (let i = 0; i < 6; i++) {
      phase = transition(phase, rejected(4401)).state
      phase = transition(phase, EVENTS['token-renewed']).state
      states.push(phase.state)
      phase = { ...PHASES.live, attempt: 'attempt' in phase ? phase.attempt : 0 }
    }
    expect(states).toEqual(['queued', 'queued', 'queued', 'waiting', 'waiting', 'waiting'])
  })

  it('[LINK-2] what the SDK sees of each state', () => {
    const seen = Object.values(PHASES).map((phase) => toChannelState(phase).state)
    expect(seen).toEqual([
      'detached',
      'joining',
      'joining',
      'joining',
      'joining',
      'live',
      'detached',
      'denied',
      'detached',
    ])
    expect(toChannelState(initialChannel)).toEqual({ state: 'detached' })
  })
})
