import type { StoredEnd } from '../local/port.ts'

/**
 * Whether this person is let into a list, as far as this device has been told.
 *
 *     member ── ended ──▶ ended ── ask ──▶ asking ── admitted ──▶ member
 *                           ▲ ◀── ended, denied ──┘
 *                           └──▶ forgotten, from anywhere but member: the person has let go of the rest
 *
 * `ended` comes from the server, from another tab, or from the note on the device. Only the server's "welcome" ends it, and it is
 * asked for that only when a person or the server's own list of lists gives a reason to: never by a timer.
 */
export type AccessPhase =
  | { readonly state: 'member' }
  | { readonly state: 'ended'; readonly end: StoredEnd }
  /** Joins once, to see. The list stays locked. */
  | { readonly state: 'asking'; readonly end: StoredEnd }
  | { readonly state: 'forgotten'; readonly end: StoredEnd }

export type AccessEvent =
  | { readonly type: 'ended'; readonly end: StoredEnd }
  | { readonly type: 'ask' }
  | { readonly type: 'admitted' }
  /** Denied for a reason that ends nothing. */
  | { readonly type: 'denied' }
  | { readonly type: 'forget' }

export type AccessEffect =
  | { readonly type: 'lock'; readonly end: StoredEnd }
  | { readonly type: 'join' }
  | { readonly type: 'unlock' }

export interface AccessStep {
  readonly state: AccessPhase
  readonly effects: readonly AccessEffect[]
}

type In<S extends AccessPhase['state']> = Extract<AccessPhase, { state: S }>
type Row<S extends AccessPhase['state']> = {
  readonly [E in AccessEvent['type']]: (state: In<S>, event: Extract<AccessEvent, { type: E }>) => AccessStep
}

const stay = (state: AccessPhase): AccessStep => ({ state, effects: [] })
const admit = (): AccessStep => ({ state: { state: 'member' }, effects: [{ type: 'unlock' }] })
const forget = ({ end }: { readonly end: StoredEnd }): AccessStep => stay({ state: 'forgotten', end })
/** Locked again: for what was written meanwhile, in this tab or another. The newest words count, and the first time. */
const again = (s: { readonly end: StoredEnd }, e: { readonly end: StoredEnd }): AccessStep => {
  const end = { ...e.end, at: s.end.at }
  return { state: { state: 'ended', end }, effects: [{ type: 'lock', end }] }
}

const table: { readonly [S in AccessPhase['state']]: Row<S> } = {
  member: {
    ended: (_, { end }) => ({ state: { state: 'ended', end }, effects: [{ type: 'lock', end }] }),
    ask: stay,
    admitted: stay,
    denied: stay,
    forget: stay,
  },
  ended: {
    ended: again,
    ask: ({ end }) => ({ state: { state: 'asking', end }, effects: [{ type: 'join' }] }),
    // Nobody has asked: a frame that crossed the end on its way.
    admitted: stay,
    denied: stay,
    forget,
  },
  asking: {
    ended: again,
    ask: stay,
    admitted: admit,
    denied: ({ end }) => stay({ state: 'ended', end }),
    forget,
  },
  forgotten: { ended: stay, ask: stay, admitted: stay, denied: stay, forget: stay },
}

export function accessTransition(state: AccessPhase, event: AccessEvent): AccessStep {
  // The table pairs every state with every event; TypeScript cannot follow that pairing through two lookups.
  const row = table[state.state] as Record<
    AccessEvent['type'],
    (s: AccessPhase, e: AccessEvent) => AccessStep
  >
  return row[event.type](state, event)
}
