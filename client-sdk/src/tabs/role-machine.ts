/**
 *             wanted              granted
 *     idle ──────────▶ following ─────────▶ leading          rest, unwanted: idle;  close(): closed
 *      ▲                 │  ▲ nobody answers    │
 *      │                 ▼  │                   │ stolen
 *      │               taking ───granted──▶     │
 *      └────────────────────────────────────────┘
 *
 * `following` is also where every tab begins: it waits for the lock, and asks whoever has it meanwhile.
 */
export type Role =
  /** No socket is wanted here. */
  | { readonly state: 'idle' }
  /** In the queue for the lock; sockets of this tab go through whoever has it. */
  | { readonly state: 'following' }
  /** Whoever has it is silent, so it is being taken away from them. */
  | { readonly state: 'taking' }
  /** This tab has the socket, for itself and for the others. */
  | { readonly state: 'leading' }
  /** The browser gives no locks: a socket for this tab only. */
  | { readonly state: 'alone' }
  | { readonly state: 'closed' }

export type RoleEvent =
  | { readonly type: 'wanted' }
  | { readonly type: 'unwanted' }
  | { readonly type: 'granted' }
  | { readonly type: 'stolen' }
  | { readonly type: 'silent' }
  | { readonly type: 'refused' }
  /** The page is about to be frozen, or put away. */
  | { readonly type: 'rest' }
  | { readonly type: 'close' }

export type RoleEffect =
  | { readonly type: 'queue' }
  | { readonly type: 'steal' }
  /** Of the lock, or of the place in the queue. */
  | { readonly type: 'let-go' }
  /** Sockets of this tab that are still opening move to its own trunk; those that were open elsewhere are lost. */
  | { readonly type: 'move-sockets' }
  | { readonly type: 'announce' }
  /** Everything that is open here is over. */
  | { readonly type: 'lose'; readonly why: 'stolen' | 'rest' }

export interface RoleStep {
  readonly state: Role
  readonly effects: readonly RoleEffect[]
}

type Row = { readonly [E in RoleEvent['type']]: (state: Role) => RoleStep }

const idle: Role = { state: 'idle' }
const following: Role = { state: 'following' }
const taking: Role = { state: 'taking' }
const leading: Role = { state: 'leading' }
const alone: Role = { state: 'alone' }
const closed: Role = { state: 'closed' }

export const initialRole: Role = idle

const step = (state: Role, ...effects: RoleEffect[]): RoleStep => ({ state, effects })
const stay = (state: Role): RoleStep => step(state)
const lead = (): RoleStep => step(leading, { type: 'move-sockets' }, { type: 'announce' })
const quit = (state: Role): RoleStep => step(state, { type: 'lose', why: 'rest' }, { type: 'let-go' })

const table: { readonly [S in Role['state']]: Row } = {
  idle: {
    wanted: () => step(following, { type: 'queue' }),
    unwanted: stay,
    granted: stay,
    stolen: stay,
    silent: stay,
    refused: stay,
    rest: stay,
    close: () => step(closed),
  },
  following: {
    wanted: stay,
    unwanted: () => step(idle, { type: 'let-go' }),
    granted: lead,
    stolen: stay,
    silent: () => step(taking, { type: 'steal' }),
    refused: () => step(alone, { type: 'move-sockets' }),
    rest: () => quit(idle),
    close: () => quit(closed),
  },
  taking: {
    wanted: stay,
    unwanted: () => step(idle, { type: 'let-go' }),
    granted: lead,
    stolen: stay,
    silent: stay,
    refused: () => step(alone, { type: 'move-sockets' }),
    rest: () => quit(idle),
    close: () => quit(closed),
  },
  leading: {
    wanted: stay,
    unwanted: () => step(idle, { type: 'let-go' }),
    granted: stay,
    stolen: () => step(idle, { type: 'lose', why: 'stolen' }, { type: 'let-go' }),
    silent: stay,
    refused: stay,
    rest: () => quit(idle),
    close: () => quit(closed),
  },
  alone: {
    wanted: stay,
    unwanted: () => step(idle, { type: 'let-go' }),
    granted: stay,
    stolen: stay,
    silent: stay,
    refused: stay,
    rest: () => quit(idle),
    close: () => quit(closed),
  },
  closed: {
    wanted: stay,
    unwanted: stay,
    granted: stay,
    stolen: stay,
    silent: stay,
    refused: stay,
    rest: stay,
    close: stay,
  },
}

export function transition(state: Role, event: RoleEvent): RoleStep {
  return table[state.state][event.type](state)
}
