/**
 * The server's life, and what may happen when:
 *
 *     starting ──opened──▶ ready ──stop──▶ draining ──closed──▶ stopped
 *         └───────────────stop──────────────▲
 *
 * Readiness, new requests and new sockets ask this one state, so that they cannot disagree.
 */
export type LifeState = 'starting' | 'ready' | 'draining' | 'stopped'
export type LifeEvent = 'opened' | 'stop' | 'closed'

const TABLE: Record<LifeState, Record<LifeEvent, LifeState>> = {
  starting: { opened: 'ready', stop: 'draining', closed: 'stopped' },
  ready: { opened: 'ready', stop: 'draining', closed: 'stopped' },
  draining: { opened: 'draining', stop: 'draining', closed: 'stopped' },
  stopped: { opened: 'stopped', stop: 'stopped', closed: 'stopped' },
}

export function transition(state: LifeState, event: LifeEvent): LifeState {
  return TABLE[state][event]
}

export interface LifeCycle {
  state(): LifeState
  send(event: LifeEvent): void
}

export function createLifeCycle(): LifeCycle {
  let state: LifeState = 'starting'
  return {
    state: () => state,
    send(event) {
      state = transition(state, event)
    },
  }
}
