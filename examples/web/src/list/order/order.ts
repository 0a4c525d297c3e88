/** The lane of what is done, folded at the end. Ids of sections are longer, so they cannot be taken for it. */
export const DONE = 'done'
/** The lane of items without a section. */
export const LOOSE = ''

/**
 * How the items of a list stand on the screen. A lane is a run of rows that belong together: one for each group (no section, each section,
 * done) and one for the subtasks of an item (`laneOf`). An id is in one lane.
 */
export interface Order {
  /** From top to bottom. */
  readonly groups: readonly string[]
  readonly lanes: ReadonlyMap<string, readonly string[]>
}

export interface Place {
  readonly id: string
  readonly group: string
  /** Null: not a subtask. */
  readonly parent: string | null
}

export const NOTHING: Order = { groups: [LOOSE, DONE], lanes: new Map() }

/** The lane of an item's subtasks. */
export function laneOf(parent: string): string {
  return `>${parent}`
}

/** Null for the lane of a group. */
export function parentOf(lane: string): string | null {
  return lane.startsWith('>') ? lane.slice(1) : null
}

export function inLane(order: Order, lane: string): readonly string[] {
  return order.lanes.get(lane) ?? []
}

/** Every row, from top to bottom. */
export function placesOf(order: Order): Place[] {
  const places: Place[] = []
  for (const group of order.groups) {
    for (const id of inLane(order, group)) {
      places.push({ id, group, parent: null })
      for (const child of inLane(order, laneOf(id))) places.push({ id: child, group, parent: id })
    }
  }
  return places
}

export function lanesById(order: Order): Map<string, string> {
  const lanes = new Map<string, string>()
  for (const [lane, ids] of order.lanes) for (const id of ids) lanes.set(id, lane)
  return lanes
}

export function sameOrder(a: Order, b: Order): boolean {
  if (a === b) return true
  if (!sameIds(a.groups, b.groups)) return false
  const full = (order: Order) => [...order.lanes].filter(([, ids]) => ids.length > 0)
  return (
    full(a).length === full(b).length && full(a).every(([lane, ids]) => sameIds(ids, b.lanes.get(lane) ?? []))
  )
}

export function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((id, at) => id === b[at]))
}
