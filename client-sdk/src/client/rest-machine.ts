/**
 *              hidden             timer         settled
 *     watched ────────▶ unwatched ──────▶ due ──────────▶ resting
 *        ▲                 ▲ │ acted       │ acted          │ acted
 *        │ looked at       └─┴─────────────┴────────────────┘
 *        └── from everywhere
 *
 * `due`: nobody has looked for long enough, and something still waits to be sent.
 */
export type RestPhase =
  | { readonly state: 'watched' }
  | { readonly state: 'unwatched' }
  | { readonly state: 'due' }
  | { readonly state: 'resting' }
  | { readonly state: 'closed' }

export type RestEvent =
  | { readonly type: 'hidden' }
  /** The page is seen, perhaps again, or has a network again while it is. */
  | { readonly type: 'looked-at' }
  /** A network is back and nobody looks. */
  | { readonly type: 'network' }
  /** The app edits, or asks for a connection. */
  | { readonly type: 'acted' }
  | { readonly type: 'timer' }
  /** Nothing waits to be sent. */
  | { readonly type: 'settled' }
  | { readonly type: 'close' }

export type RestEffect = 'set-timer' | 'clear-timer' | 'look' | 'rest' | 'wake'

export interface RestStep {
  readonly state: RestPhase
  readonly effects: readonly RestEffect[]
}

type Row = { readonly [E in RestEvent['type']]: RestStep }

const step = (state: RestPhase['state'], ...effects: RestEffect[]): RestStep => ({
  state: { state },
  effects,
})

const table: { readonly [S in RestPhase['state']]: Row } = {
  watched: {
    hidden: step('unwatched', 'set-timer'),
    'looked-at': step('watched', 'wake'),
    network: step('watched', 'wake'),
    acted: step('watched', 'wake'),
    timer: step('watched'),
    settled: step('watched'),
    close: step('closed'),
  },
  unwatched: {
    hidden: step('unwatched'),
    'looked-at': step('watched', 'clear-timer', 'wake'),
    network: step('unwatched', 'wake'),
    acted: step('unwatched', 'clear-timer', 'set-timer', 'wake'),
    timer: step('due', 'look'),
    settled: step('unwatched'),
    close: step('closed', 'clear-timer'),
  },
  due: {
    hidden: step('due'),
    'looked-at': step('watched', 'wake'),
    network: step('due', 'wake'),
    acted: step('unwatched', 'set-timer', 'wake'),
    timer: step('due'),
    settled: step('resting', 'rest'),
    close: step('closed'),
  },
  resting: {
    hidden: step('resting'),
    'looked-at': step('watched', 'wake'),
    network: step('resting'),
    acted: step('unwatched', 'set-timer', 'wake'),
    timer: step('resting'),
    settled: step('resting'),
    close: step('closed'),
  },
  closed: {
    hidden: step('closed'),
    'looked-at': step('closed'),
    network: step('closed'),
    acted: step('closed'),
    timer: step('closed'),
    settled: step('closed'),
    close: step('closed'),
  },
}

export function transition({ state }: RestPhase, { type }: RestEvent): RestStep {
  return table[state][type]
}
