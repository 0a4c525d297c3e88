import { describe, expect, it } from 'vitest'
import {
  initialLink,
  type LinkEvent,
  type LinkPhase,
  toLinkState,
  transition,
} from '../../../client-sdk/src/connection/link-machine.ts'

const PHASES: { readonly [S in LinkPhase['state']]: Extract<LinkPhase, { state: S }> } = {
  idle: { state: 'idle', attempt: 2, notBeforeMs: 0 },
  authorizing: { state: 'authorizing', attempt: 2, renewed: false },
  connecting: { state: 'connecting', attempt: 2, renewed: false },
  open: { state: 'open', attempt: 2, renewed: false },
  waiting: { state: 'waiting', attempt: 2, untilMs: 9_000, notBeforeMs: 0 },
  resting: { state: 'resting', attempt: 2, notBeforeMs: 0 },
  stopped: { state: 'stopped', code: 4403, reason: 'no' },
  closed: { state: 'closed' },
}

const lost = (code: number, retryAfterSeconds: number | null = null): LinkEvent => ({
  type: 'lost',
  code,
  reason: 'why',
  retryAfterSeconds,
  nowMs: 5_000,
  random: 0.5,
})

const EVENTS: { readonly [E in LinkEvent['type']]: LinkEvent } = {
  wanted: { type: 'wanted', nowMs: 5_000 },
  unwanted: { type: 'unwanted' },
  token: { type: 'token' },
  'token-missing': { type: 'token-missing' },
  'token-failed': { type: 'token-failed', nowMs: 5_000, random: 0.5 },
  opened: { type: 'opened' },
  proven: { type: 'proven' },
  lost: lost(1006),
  unauthorized: { type: 'unauthorized', reason: 'no' },
  timer: { type: 'timer' },
  resume: { type: 'resume', nowMs: 5_000 },
  rest: { type: 'rest' },
  close: { type: 'close' },
}

/** Everything that happens; what is not listed changes nothing and does nothing. */
const TABLE: Record<string, string> = {
  'idle wanted': 'authorizing: fetch-token',
  'idle close': 'closed:',
  'authorizing unwanted': 'idle:',
  'authorizing token': 'connecting: open-socket',
  'authorizing token-missing': 'stopped:',
  'authorizing token-failed': 'waiting: set-timer',
  'authorizing rest': 'resting:',
  'authorizing close': 'closed:',
  'connecting unwanted': 'idle: drop-socket',
  'connecting opened': 'open: attach-lists',
  'connecting lost': 'waiting: set-timer',
  'connecting rest': 'resting: drop-socket',
  'connecting close': 'closed: drop-socket',
  'open unwanted': 'idle: detach-lists drop-socket',
  'open lost': 'waiting: detach-lists set-timer',
  'open unauthorized': 'stopped: detach-lists drop-socket',
  'open resume': 'open: probe',
  'open proven': 'open:',
  'open rest': 'resting: detach-lists drop-socket',
  'open close': 'closed: detach-lists drop-socket',
  'waiting unwanted': 'idle: clear-timer',
  'waiting timer': 'authorizing: fetch-token',
  'waiting resume': 'authorizing: clear-timer fetch-token',
  'waiting rest': 'resting: clear-timer',
  'waiting close': 'closed: clear-timer',
  'resting unwanted': 'idle:',
  'resting resume': 'authorizing: fetch-token',
  'resting close': 'closed:',
  'stopped resume': 'authorizing: fetch-token',
  'stopped close': 'closed:',
}

describe('the life of the socket', () => {
  it('[LINK-2] every state answers every event as the table says', () => {
    let seen = 0
    for (const phase of Object.values(PHASES)) {
      for (const event of Object.values(EVENTS)) {
        const name = `${phase.state} ${event.type}`
        const { state, effects } = transition(Object.freeze({ ...phase }), Object.freeze({ ...event }))
        const said = `${state.state}: ${effects.map((effect) => effect.type).join(' ')}`.trimEnd()
        expect({ name, said }).toEqual({ name, said: TABLE[name] ?? `${phase.state}:` })
        if (TABLE[name] === undefined) expect(state).toEqual(phase)
        seen += 1
      }
    }
    expect(seen).toBe(8 * 13)
  })

  it('[LINK-10] 44xx stops with its reason, everything else comes back', () => {
    for (const code of [4400, 4403, 4413, 4426]) {
      expect(transition(PHASES.open, lost(code)).state).toEqual({ state: 'stopped', code, reason: 'why' })
    }
    for (const code of [1000, 1001, 1006, 1009, 1012, 4205, 4408, 4501, 4529]) {
      expect(transition(PHASES.open, lost(code)).state.state).toBe('waiting')
    }
  })

  it('[LINK-5] a token that is no longer taken is renewed once, and then the link stops', () => {
    const first = transition(PHASES.open, lost(4401))
    expect(first.state).toEqual({ state: 'authorizing', attempt: 2, renewed: true })
    expect(first.effects).toContainEqual({ type: 'fetch-token', why: 'expired' })
    const connecting = transition(first.state, EVENTS.token).state
    expect(transition(connecting, lost(4401)).state).toMatchObject({ state: 'stopped', code: 4401 })
    const open = transition(connecting, EVENTS.opened).state
    expect(transition(open, lost(4401)).state).toMatchObject({ state: 'stopped', code: 4401 })
    const proven = transition(open, EVENTS.proven).state
    expect(transition(proven, lost(4401)).state).toMatchObject({ state: 'authorizing', renewed: true })
  })

  it('[LINK-3][X-01] waits grow until a handshake was answered, not merely until a socket opened', () => {
    let phase: LinkPhase = { ...PHASES.open, attempt: 0 }
    const delays: number[] = []
    for (let i = 0; i < 9; i++) {
      const next = transition(phase, lost(1006))
      delays.push(...next.effects.flatMap((effect) => (effect.type === 'set-timer' ? [effect.ms] : [])))
      const connecting = transition(transition(next.state, EVENTS.timer).state, EVENTS.token).state
      phase = transition(connecting, EVENTS.opened).state
    }
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((s) => s * 1_000))
    const proven = transition(phase, EVENTS.proven).state
    expect(transition(proven, lost(1006)).state).toMatchObject({ attempt: 1, untilMs: 6_000 })
  })

  it('[LINK-4][X-02] a delay the server asked for is not undercut by resume, nor by closing and opening a list', () => {
    const { state } = transition({ ...PHASES.open, attempt: 0 }, lost(4501, 20))
    expect(state).toMatchObject({ state: 'waiting', notBeforeMs: 25_000 })
    expect(state.state === 'waiting' && state.untilMs).toBeGreaterThanOrEqual(25_000)
    expect(transition(state, { type: 'resume', nowMs: 24_999 }).state).toBe(state)
    expect(transition(state, { type: 'resume', nowMs: 25_000 }).state.state).toBe('authorizing')
    const resting = transition(state, EVENTS.rest).state
    expect(transition(resting, { type: 'resume', nowMs: 10_000 }).state).toMatchObject({
      state: 'waiting',
      untilMs: 25_000,
    })
    const idle = transition(state, EVENTS.unwanted).state
    expect(transition(idle, { type: 'wanted', nowMs: 10_000 }).state).toMatchObject({
      state: 'waiting',
      untilMs: 25_000,
    })
    expect(transition(idle, { type: 'wanted', nowMs: 25_000 }).state.state).toBe('authorizing')
  })

  it('[LINK-2] what the SDK sees of each state', () => {
    expect(Object.values(PHASES).map((phase) => toLinkState(phase).state)).toEqual([
      'idle',
      'connecting',
      'connecting',
      'open',
      'waiting',
      'resting',
      'stopped',
      'stopped',
    ])
    expect(toLinkState(initialLink)).toEqual({ state: 'idle' })
  })
})
