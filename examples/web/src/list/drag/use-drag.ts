import { type RefObject, useEffect } from 'react'
import { type Board, rowElement } from '../board/board.ts'
import { itemOf, moveTo, targetsOf, titleOf, topsOf } from '../commands/item-commands.ts'
import { inLane, laneOf } from '../order/order.ts'
import { type Aim, aimAt } from './aim.ts'
import { type DragEvent, type DragState, IDLE, type Point, transition } from './machine.ts'
import { drawMarks, type Marks } from './marks.ts'
import { scrollSpeed } from './scroll-speed.ts'
import { slotsIn } from './slots.ts'

/** How far to the side makes a subtask; also how far subtasks stand in. */
const INDENT_PX = 28

/** Dragging rows by their handles, with mouse, pen and finger. The listeners are those of the page: rows come and go under the pointer. */
export function useDrag(board: Board, list: RefObject<HTMLUListElement | null>): void {
  useEffect(() => {
    const drag = new Drag(board, list)
    const onPress = (event: PointerEvent) => drag.press(event)
    const onMove = ({ pointerId, clientX: x, clientY: y }: PointerEvent) =>
      drag.send({ type: 'move', pointer: pointerId, at: { x, y } })
    const onRelease = ({ pointerId }: PointerEvent) => drag.send({ type: 'release', pointer: pointerId })
    const onCancel = () => drag.send({ type: 'cancel' })
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !drag.isDragging) return
      // It ends the drag and nothing else.
      event.preventDefault()
      event.stopPropagation()
      onCancel()
    }
    document.addEventListener('pointerdown', onPress)
    document.addEventListener('pointermove', onMove)
    document.addEventListener('pointerup', onRelease)
    document.addEventListener('pointercancel', onCancel)
    addEventListener('blur', onCancel)
    addEventListener('keydown', onKey, { capture: true })
    return () => {
      onCancel()
      document.removeEventListener('pointerdown', onPress)
      document.removeEventListener('pointermove', onMove)
      document.removeEventListener('pointerup', onRelease)
      document.removeEventListener('pointercancel', onCancel)
      removeEventListener('blur', onCancel)
      removeEventListener('keydown', onKey, { capture: true })
    }
  }, [board, list])
}

/** The shell around the drag's machine: it reads the screen, draws the marks and scrolls. React renders nothing meanwhile. */
class Drag {
  readonly #board: Board
  readonly #list: RefObject<HTMLUListElement | null>
  #state: DragState = IDLE
  #ids: readonly string[] = []
  #marks: Marks | null = null
  #aim: Aim | null = null
  #frame = 0

  constructor(board: Board, list: RefObject<HTMLUListElement | null>) {
    this.#board = board
    this.#list = list
  }

  get isDragging(): boolean {
    return this.#state.state === 'dragging'
  }

  press(event: PointerEvent): void {
    const handle = event.target instanceof Element ? event.target.closest('[data-handle]') : null
    const id = handle?.closest<HTMLElement>('[data-id]')?.dataset['id']
    if (handle === null || id === undefined || event.button !== 0) return
    if (this.#board.list.info.getSnapshot().mine.sort !== 'manual') return
    handle.setPointerCapture(event.pointerId)
    // Neither selects text nor takes the focus from where it is.
    event.preventDefault()
    this.send({ type: 'press', id, pointer: event.pointerId, at: { x: event.clientX, y: event.clientY } })
  }

  send(event: DragEvent): void {
    const { next, effect } = transition(this.#state, event)
    this.#state = next
    if (effect === 'start' && next.state === 'dragging') this.#start(next.id)
    else if (effect === 'aim') this.#draw()
    else if (effect === 'drop') this.#stop(this.#aim)
    else if (effect === 'takeBack') this.#stop(null)
  }

  #start(id: string): void {
    this.#ids = topsOf(this.#board, targetsOf(this.#board, id))
    this.#board.order.touch({ isDragging: true })
    this.#board.dragging.set(id)
    for (const one of this.#ids) rowElement(one)?.toggleAttribute('data-dragged', true)
    this.#marks = drawMarks(titleOf(this.#board, id), this.#ids.length)
    const tick = (): void => {
      this.#frame = requestAnimationFrame(tick)
      if (this.#state.state !== 'dragging') return
      const speed = scrollSpeed(this.#state.at.y, innerHeight)
      if (speed === 0) return
      scrollBy(0, speed)
      this.#draw()
    }
    tick()
    this.#draw()
  }

  #draw(): void {
    const list = this.#list.current
    if (this.#state.state !== 'dragging' || list === null) return
    const { id, from, at } = this.#state
    const { order } = this.#board.order.getSnapshot()
    this.#aim = aimAt(slotsIn(list), {
      ids: new Set(this.#ids),
      canNest: this.#ids.every((one) => inLane(order, laneOf(one)).length === 0),
      y: at.y,
      depth: this.#depth(id, from, at),
    })
    const area = list.getBoundingClientRect()
    const indent = this.#aim?.line.depth === 1 ? INDENT_PX : 0
    const isRtl = getComputedStyle(list).direction === 'rtl'
    this.#marks?.follow(at)
    this.#marks?.show(
      this.#aim === null
        ? null
        : { y: this.#aim.line.y, start: area.left + (isRtl ? 0 : indent), width: area.width - indent },
    )
  }

  /** A subtask stays one until it is pulled out; an item becomes one when it is pushed in. */
  #depth(id: string, from: Point, at: Point): 0 | 1 {
    const isRtl = document.documentElement.dir === 'rtl'
    const inwards = (at.x - from.x) * (isRtl ? -1 : 1)
    const wasSubtask = rowElement(id)?.dataset['parent'] !== undefined
    if (wasSubtask) return inwards > -INDENT_PX ? 1 : 0
    return inwards >= INDENT_PX ? 1 : 0
  }

  #stop(aim: Aim | null): void {
    cancelAnimationFrame(this.#frame)
    this.#marks?.remove()
    this.#marks = null
    this.#aim = null
    for (const one of document.querySelectorAll('[data-dragged]')) one.removeAttribute('data-dragged')
    this.#board.dragging.set(null)
    const ids = this.#ids.filter((id) => itemOf(this.#board, id)?.deleted === null)
    // While nothing may move yet: what was dropped goes where it was dropped, and what waited comes after.
    if (aim !== null && ids.length > 0) moveTo(this.#board, ids, aim.place)
    this.#board.order.touch({ isDragging: false })
  }
}
