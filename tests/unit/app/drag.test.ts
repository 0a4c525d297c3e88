import { expect, it } from 'vitest'
import { type Aim, aimAt, type Slot } from '../../../examples/web/src/list/drag/aim.ts'
import {
  type DragEvent,
  type DragState,
  IDLE,
  transition,
} from '../../../examples/web/src/list/drag/machine.ts'
import { scrollSpeed } from '../../../examples/web/src/list/drag/scroll-speed.ts'

const at = (x: number, y: number) => ({ x, y })
const pressed: DragState = { state: 'pressed', id: 'a', pointer: 1, from: at(0, 0) }
const dragging: DragState = { state: 'dragging', id: 'a', pointer: 1, from: at(0, 0), at: at(0, 9) }

/** Every cell of the table: what an event leads to, and what is done about it. */
const TABLE: readonly [DragState, DragEvent, DragState['state'], string | null][] = [
  [IDLE, { type: 'press', id: 'a', pointer: 1, at: at(0, 0) }, 'pressed', null],
  [IDLE, { type: 'move', pointer: 1, at: at(0, 50) }, 'idle', null],
  [IDLE, { type: 'release', pointer: 1 }, 'idle', null],
  [IDLE, { type: 'cancel' }, 'idle', null],
  [pressed, { type: 'press', id: 'b', pointer: 2, at: at(0, 0) }, 'idle', null],
  [pressed, { type: 'move', pointer: 1, at: at(2, 2) }, 'pressed', null],
  [pressed, { type: 'move', pointer: 2, at: at(50, 50) }, 'pressed', null],
  [pressed, { type: 'move', pointer: 1, at: at(0, 6) }, 'dragging', 'start'],
  [pressed, { type: 'release', pointer: 1 }, 'idle', null],
  [pressed, { type: 'release', pointer: 2 }, 'pressed', null],
  [pressed, { type: 'cancel' }, 'idle', null],
  [dragging, { type: 'press', id: 'b', pointer: 2, at: at(0, 0) }, 'dragging', null],
  [dragging, { type: 'move', pointer: 1, at: at(0, 50) }, 'dragging', 'aim'],
  [dragging, { type: 'move', pointer: 2, at: at(0, 50) }, 'dragging', null],
  [dragging, { type: 'release', pointer: 1 }, 'idle', 'drop'],
  [dragging, { type: 'release', pointer: 2 }, 'dragging', null],
  [dragging, { type: 'cancel' }, 'idle', 'takeBack'],
]

it('[APP-22] a drag is taken up by the finger that pressed, once it has moved far enough, and ends by its release or is taken back', () => {
  for (const [state, event, next, effect] of TABLE) {
    const step = transition(state, event)
    expect([state.state, event.type, step.next.state, step.effect]).toEqual([
      state.state,
      event.type,
      next,
      effect,
    ])
  }
  const moved = transition(dragging, { type: 'move', pointer: 1, at: at(3, 70) }).next
  expect(moved).toEqual({ ...dragging, at: at(3, 70) })
})

/** Lines of 40 px each: `a`, `a.1` a subtask of it, `#s1` a section, `#done` what is done. */
function slotsOf(lines: string): Slot[] {
  let group = ''
  return lines.split(' ').map((line, index): Slot => {
    const place = { top: index * 40, bottom: index * 40 + 40 }
    if (line.startsWith('#')) {
      group = line.slice(1)
      return { kind: 'head', group, ...place }
    }
    const parent = line.includes('.') ? (line.split('.')[0] ?? null) : null
    return { kind: 'row', id: line, group, parent, ...place }
  })
}
const aim = (
  lines: string,
  id: string,
  y: number,
  more: { depth?: 0 | 1; canNest?: boolean } = {},
): Aim | null =>
  aimAt(slotsOf(lines), { ids: new Set([id]), y, depth: more.depth ?? 0, canNest: more.canNest ?? true })

it('[APP-22] a dropped row goes between the rows it is dropped between, within its section', () => {
  expect(aim('a b c', 'c', 5)?.place).toEqual({ before: 'a' })
  expect(aim('a b c', 'c', 45)).toEqual({ place: { after: 'a' }, line: { y: 40, depth: 0 } })
  expect(aim('a b c', 'a', 500)?.place).toEqual({ after: 'c' })
  expect(aim('a #s1 b', 'a', 90)?.place).toEqual({ before: 'b' })
  expect(aim('a #s1 #s2 b', 'a', 80)?.place).toEqual({ at: 'start', section: 's1', parent: null })
  expect(aim('#s1 a b', 'b', 5)?.place).toEqual({ at: 'start', section: null, parent: null })
})

it('[APP-22] below what is done nothing is dropped: it goes to the end of what is open', () => {
  expect(aim('a b #done c d', 'a', 190)?.place).toEqual({ after: 'b' })
  expect(aim('#done c d', 'c', 60)).toBeNull()
})

it('[APP-22] to the side it becomes a subtask, of the item above, where it may; else it goes behind the whole family', () => {
  expect(aim('a b c', 'c', 45, { depth: 1 })).toEqual({
    place: { at: 'end', parent: 'a' },
    line: { y: 40, depth: 1 },
  })
  expect(aim('a a.1 b', 'b', 85, { depth: 1 })?.place).toEqual({ after: 'a.1' })
  expect(aim('a a.1 b', 'b', 45)?.place).toEqual({ before: 'a.1' })
  expect(aim('a a.1 a.2 b', 'b', 85)).toEqual({ place: { after: 'a.1' }, line: { y: 80, depth: 1 } })
  expect(aim('a a.1 a.2 b', 'b', 85, { canNest: false })).toEqual({
    place: { after: 'a' },
    line: { y: 120, depth: 0 },
  })
  expect(aim('a b b.1', 'b', 5, { depth: 1, canNest: false })?.place).toEqual({ before: 'a' })
  // The dragged item's own subtasks are no neighbours.
  expect(aim('a b b.1 c', 'b', 110)?.place).toEqual({ after: 'a' })
})

it('[APP-22] near the edges of the window the page scrolls, the faster the nearer', () => {
  expect([400, 72, 728].map((y) => scrollSpeed(y, 800))).toEqual([0, 0, 0])
  expect(scrollSpeed(36, 800)).toBeLessThan(0)
  expect(scrollSpeed(0, 800)).toBeLessThan(scrollSpeed(36, 800))
  expect(scrollSpeed(-500, 800)).toBe(scrollSpeed(0, 800))
  expect(scrollSpeed(800, 800)).toBe(-scrollSpeed(0, 800))
})
