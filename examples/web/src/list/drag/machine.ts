/** Where a pointer is, from the top left of the window. */
export interface Point {
  readonly x: number
  readonly y: number
}

/**
 *        press            moved far enough              release
 *  idle ───────▶ pressed ──────────────────▶ dragging ──────────▶ idle, dropped
 *                   │ release, cancel            │ cancel
 *                   ▼                            ▼
 *                 idle                         idle, taken back
 */
export type DragState =
  | { readonly state: 'idle' }
  | { readonly state: 'pressed'; readonly id: string; readonly pointer: number; readonly from: Point }
  | {
      readonly state: 'dragging'
      readonly id: string
      readonly pointer: number
      readonly from: Point
      readonly at: Point
    }

export type DragEvent =
  | { readonly type: 'press'; readonly id: string; readonly pointer: number; readonly at: Point }
  | { readonly type: 'move'; readonly pointer: number; readonly at: Point }
  | { readonly type: 'release'; readonly pointer: number }
  /** Escape, a phone call, a second thought of the system: nothing has happened. */
  | { readonly type: 'cancel' }

/** `start`: a row is taken up. `aim`: it is somewhere else now. `drop`: it stays there. `takeBack`: it goes back. */
export type DragEffect = 'start' | 'aim' | 'drop' | 'takeBack'

export interface DragStep {
  readonly next: DragState
  readonly effect: DragEffect | null
}

export const IDLE: DragState = { state: 'idle' }

/** A press that moves less is a press: hands tremble. */
const SLOP_PX = 5

type Of<T extends DragState['state']> = Extract<DragState, { state: T }>
type On<T extends DragEvent['type']> = Extract<DragEvent, { type: T }>
type Table = {
  readonly [S in DragState['state']]: {
    readonly [E in DragEvent['type']]: (state: Of<S>, event: On<E>) => DragStep
  }
}

const stay = (state: DragState): DragStep => ({ next: state, effect: null })
const rest = (): DragStep => ({ next: IDLE, effect: null })

const TABLE: Table = {
  idle: {
    press: (_, { id, pointer, at }) => ({ next: { state: 'pressed', id, pointer, from: at }, effect: null }),
    move: stay,
    release: stay,
    cancel: stay,
  },
  pressed: {
    // A second finger: this is no drag.
    press: rest,
    move: (state, { pointer, at }) => {
      if (pointer !== state.pointer) return stay(state)
      if (Math.hypot(at.x - state.from.x, at.y - state.from.y) < SLOP_PX) return stay(state)
      const { id, from } = state
      return { next: { state: 'dragging', id, pointer, from, at }, effect: 'start' }
    },
    release: (state, { pointer }) => (pointer === state.pointer ? rest() : stay(state)),
    cancel: rest,
  },
  dragging: {
    press: stay,
    move: (state, { pointer, at }) =>
      pointer === state.pointer ? { next: { ...state, at }, effect: 'aim' } : stay(state),
    release: (state, { pointer }) =>
      pointer === state.pointer ? { next: IDLE, effect: 'drop' } : stay(state),
    cancel: () => ({ next: IDLE, effect: 'takeBack' }),
  },
}

export function transition(state: DragState, event: DragEvent): DragStep {
  const row = TABLE[state.state] as Record<
    DragEvent['type'],
    (state: DragState, event: DragEvent) => DragStep
  >
  return row[event.type](state, event)
}
