import { inLane, laneOf, lanesById, type Order, parentOf, placesOf } from './order.ts'

/** What must not move, and why. */
export interface Holds {
  /** A pointer is down, or a row is being dragged: nothing that is shown moves, comes or goes. */
  readonly isFrozen: boolean
  /** The row that is being edited: the same, but what comes below it may come. */
  readonly pin: string | null
  /** Rows that keep their place while others move: focused, or ticked a moment ago. */
  readonly kept: ReadonlySet<string>
  /** What this person has just put somewhere: it goes there, whatever is held. */
  readonly moved: ReadonlySet<string>
}

export const NO_HOLDS: Holds = { isFrozen: false, pin: null, kept: new Set(), moved: new Set() }

type Lanes = Map<string, string[]>

/**
 * What to show next, from what is shown and what is true. Without holds it is the truth; with them, the truth comes as soon as they go.
 *
 * It only says where rows stand. What they say is always the newest, also of a row whose removal waits.
 */
export function steady(shown: Order, truth: Order, holds: Holds): Order {
  if (holds.isFrozen || holds.pin !== null) return frozen(shown, truth, holds)
  return holds.kept.size === 0 ? truth : keeping(shown, truth, holds)
}

/** The shown order; of the truth only what this person did themselves, and what is new below the row in editing. */
function frozen(shown: Order, truth: Order, { isFrozen, pin, moved }: Holds): Order {
  const lanes = copyWithout(shown, moved)
  const here = lanesById({ groups: [], lanes })
  const isBelowPin = isFrozen || pin === null ? () => false : below(shown, pin)
  for (const [lane, ids] of truth.lanes) {
    let previous: string | null = null
    for (const id of ids) {
      const now = here.get(id)
      if (now === undefined && (moved.has(id) || isBelowPin(lane, previous))) {
        insert(lanes, lane, { id, after: previous })
        previous = id
      } else if (now === lane) previous = id
    }
  }
  return { groups: merged(shown.groups, truth.groups), lanes }
}

/** The truth; but kept rows that were moved stay behind whoever is before them now. */
function keeping(shown: Order, truth: Order, { kept, moved }: Holds): Order {
  const there = lanesById(truth)
  const isKept = (id: string, lane: string): boolean => {
    if (!kept.has(id) || moved.has(id) || !there.has(id)) return false
    const parent = parentOf(lane)
    return parent === null ? truth.groups.includes(lane) : there.has(parent)
  }
  const stay = new Set<string>()
  for (const [lane, ids] of shown.lanes) {
    const here = ids.filter((id) => isKept(id, lane))
    if (here.length === 0) continue
    const isStill = stillIn(ids, inLane(truth, lane))
    for (const id of here) if (!isStill(id)) stay.add(id)
  }
  if (stay.size === 0) return truth

  const lanes = copyWithout(truth, stay)
  for (const [lane, ids] of shown.lanes) {
    let previous: string | null = null
    for (const id of ids) {
      if (stay.has(id)) {
        insert(lanes, lane, { id, after: previous })
        previous = id
      } else if (there.get(id) === lane) previous = id
    }
  }
  return { groups: truth.groups, lanes }
}

/** Whether a row is where it was, among those that stayed in its lane: behind the same one or before the same one. What is new counts for nothing. */
function stillIn(shown: readonly string[], truth: readonly string[]): (id: string) => boolean {
  const [was, is] = [new Set(shown), new Set(truth)]
  const before = shown.filter((id) => is.has(id))
  const now = truth.filter((id) => was.has(id))
  return (id) => {
    if (!is.has(id)) return false
    const [from, to] = [before.indexOf(id), now.indexOf(id)]
    return before[from - 1] === now[to - 1] || before[from + 1] === now[to + 1]
  }
}

/** Whether something put into a lane behind `previous` (null: at its start) would stand below this row. */
function below(shown: Order, pin: string): (lane: string, previous: string | null) => boolean {
  const places = placesOf(shown)
  const at = new Map(places.map(({ id }, index) => [id, index]))
  const pinnedAt = at.get(pin) ?? -1
  const pinnedGroup = shown.groups.indexOf(places[pinnedAt]?.group ?? '')
  return (lane, previous) => {
    if (previous !== null) {
      const last = inLane(shown, laneOf(previous)).at(-1) ?? previous
      return (at.get(last) ?? at.get(previous) ?? places.length) >= pinnedAt
    }
    const parent = parentOf(lane)
    if (parent !== null) return (at.get(parent) ?? -1) >= pinnedAt
    const group = shown.groups.indexOf(lane)
    return group === -1 || group > pinnedGroup
  }
}

function copyWithout(order: Order, left: ReadonlySet<string>): Lanes {
  const lanes: Lanes = new Map()
  for (const [lane, ids] of order.lanes)
    lanes.set(
      lane,
      ids.filter((id) => !left.has(id)),
    )
  return lanes
}

function insert(lanes: Lanes, lane: string, { id, after }: { id: string; after: string | null }): void {
  const ids = lanes.get(lane) ?? []
  lanes.set(lane, ids)
  ids.splice(after === null ? 0 : ids.indexOf(after) + 1, 0, id)
}

/** Groups that are shown stay where they are; those that are new come behind the one they follow. */
function merged(shown: readonly string[], truth: readonly string[]): readonly string[] {
  if (truth.every((group) => shown.includes(group))) return shown
  const groups = [...shown]
  for (const [at, group] of truth.entries()) {
    if (groups.includes(group)) continue
    const before = truth[at - 1]
    groups.splice(before === undefined ? 0 : groups.indexOf(before) + 1, 0, group)
  }
  return groups
}
