import type { ItemEvent, List, Sort } from '@tandem/client-sdk'
import { DONE, laneOf, lanesById, NOTHING, type Order, parentOf, sameOrder } from './order.ts'
import { type Filter, NO_FILTER, type Outline, outlineOf, sameOutline, withSections } from './outline.ts'
import { steady } from './steady.ts'

/** How long an item that was just ticked stays where it is: time enough to see it, and to take it back. */
const LINGER_MS = 3_000

/** How the list is looked at. */
export interface Look {
  readonly sort: Sort
  readonly filter: Filter
}

/** What a person is busy with. */
export interface Touch {
  readonly isPointerDown: boolean
  readonly isDragging: boolean
  readonly editing: string | null
  readonly focused: string | null
  readonly hovered: string | null
}

export const UNTOUCHED: Touch = {
  isPointerDown: false,
  isDragging: false,
  editing: null,
  focused: null,
  hovered: null,
}

/**
 * The order on the screen: the list's own, except where somebody is busy (`steady`). The shell around that pure piece: it hears of changes,
 * knows whose they are, and lets go of what was ticked when its time is over.
 */
export class LiveOrder {
  readonly #list: List
  readonly #listeners = new Set<() => void>()
  readonly #tickedAt = new Map<string, number>()
  #source: ReturnType<typeof sourceOf>
  #look: Look
  #shown: Outline = { order: NOTHING, progress: new Map() }
  #touch = UNTOUCHED
  #moved = new Set<string>()
  #timer = 0
  #stops: (() => void)[] = []

  constructor(list: List, look: Look) {
    this.#list = list
    this.#look = look
    this.#source = sourceOf(list, look)
    this.#shown = this.#truth()
  }

  readonly getSnapshot = (): Outline => this.#shown

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#stops.length === 0) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#stop()
    }
  }

  /** Another order or filter was asked for: there is nothing to hold on to. */
  look(look: Look): void {
    if (look.sort === this.#look.sort && sameFilter(look.filter, this.#look.filter)) return
    this.#look = look
    this.#source = sourceOf(this.#list, look)
    this.#tickedAt.clear()
    if (this.#stops.length > 0) {
      this.#stop()
      this.#start()
    }
    this.#publish(this.#truth())
  }

  touch(change: Partial<Touch>): void {
    this.#touch = { ...this.#touch, ...change }
    this.#update()
  }

  #start(): void {
    this.#stops = [
      this.#source.subscribe(() => this.#update()),
      this.#list.sections.subscribe(() => this.#update()),
      this.#list.items.onEvent((event) => this.#heard(event)),
      () => clearTimeout(this.#timer),
    ]
    this.#update()
  }

  #stop(): void {
    for (const stop of this.#stops) stop()
    this.#stops = []
  }

  /** The event may come before or after the readable tells, and many come at once. */
  #heard({ id, by }: ItemEvent): void {
    if (by !== 'here') return
    if (this.#moved.size === 0) queueMicrotask(() => this.#moved.size > 0 && this.#update())
    this.#moved.add(id)
  }

  #update(): void {
    const truth = this.#truth()
    const { isPointerDown, isDragging, editing, focused } = this.#touch
    const shownIn = lanesById(this.#shown.order)
    const trulyIn = lanesById(truth.order)
    const kept = this.#lingering(shownIn, trulyIn)
    if (focused !== null) kept.add(familyOf(focused, shownIn))
    const moved = new Set([...this.#moved].filter((id) => this.#isMove(id, shownIn, trulyIn)))
    this.#moved = new Set()
    for (const id of moved) kept.delete(id)
    const order = steady(this.#shown.order, truth.order, {
      isFrozen: isPointerDown || isDragging,
      pin: editing !== null && shownIn.has(editing) ? editing : null,
      kept: withChildren(kept, this.#shown.order),
      moved,
    })
    this.#publish({ order, progress: truth.progress })
  }

  /** What this person does to a row may change its place without their having moved it: a tick, or a new title where titles sort. */
  #isMove(id: string, shownIn: ReadonlyMap<string, string>, trulyIn: ReadonlyMap<string, string>): boolean {
    const [from, to] = [shownIn.get(id), trulyIn.get(id)]
    if (from === to) return this.#look.sort === 'manual'
    return !(to === DONE && from !== undefined && parentOf(from) === null)
  }

  /** Rows that are done and still stand where they stood. */
  #lingering(shownIn: ReadonlyMap<string, string>, trulyIn: ReadonlyMap<string, string>): Set<string> {
    const now = performance.now()
    const { focused, hovered } = this.#touch
    const isBusy = (id: string) =>
      [focused, hovered].some((at) => at !== null && familyOf(at, shownIn) === id)
    const kept = new Set<string>()
    let next = Number.POSITIVE_INFINITY
    for (const [id, lane] of shownIn) {
      if (trulyIn.get(id) !== DONE || lane === DONE || parentOf(lane) !== null) continue
      const since = this.#tickedAt.get(id) ?? now
      this.#tickedAt.set(id, since)
      const left = since + LINGER_MS - now
      if (left > 0) next = Math.min(next, left)
      if (left > 0 || isBusy(id)) kept.add(id)
    }
    for (const id of this.#tickedAt.keys()) if (!kept.has(id)) this.#tickedAt.delete(id)
    clearTimeout(this.#timer)
    if (next < Number.POSITIVE_INFINITY) this.#timer = window.setTimeout(() => this.#update(), next + 1)
    return kept
  }

  #truth(): Outline {
    return withSections(this.#source.getSnapshot(), this.#list.sections.getSnapshot())
  }

  #publish(next: Outline): void {
    const order = sameOrder(next.order, this.#shown.order) ? this.#shown.order : next.order
    const outline = { order, progress: next.progress }
    if (sameOutline(outline, this.#shown)) return
    this.#shown = outline
    for (const listener of [...this.#listeners]) listener()
  }
}

function sourceOf(list: List, { sort, filter }: Look) {
  return list.items.select<Outline>({ sort }, (items) => outlineOf(items, filter ?? NO_FILTER), sameOutline)
}

/** The row itself, or the one it is a subtask of: they keep together. */
function familyOf(id: string, lanes: ReadonlyMap<string, string>): string {
  return parentOf(lanes.get(id) ?? '') ?? id
}

function withChildren(ids: ReadonlySet<string>, shown: Order): Set<string> {
  return new Set([...ids].flatMap((id) => [id, ...(shown.lanes.get(laneOf(id)) ?? [])]))
}

function sameFilter(a: Filter, b: Filter): boolean {
  return a.assignee === b.assignee && a.label === b.label
}
