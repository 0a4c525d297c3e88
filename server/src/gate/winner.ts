import * as Y from 'yjs'
import type { DecodedUpdate, Incoming, UnitId } from './incoming.ts'
import type { Key } from './key.ts'
import { incomingAt } from './walk.ts'
import type { WorkBudget } from './work.ts'

/** A run of units that follow one another in the history of one key, from the document or from the update. */
interface Run {
  readonly client: number
  readonly first: number
  readonly last: number
  /** What the first unit was written over; null when its writer saw no value. */
  readonly origin: UnitId | null
}

/**
 * Which of the structs brought for a map key will hold its value once the update is applied; null when none does.
 *
 * The values ever written to a key form a tree: each was written over the one its writer saw. Yjs lays the tree out with
 * siblings in rising order of their writers, and the value is the last of all:
 *
 *     null ─┬─ 3:0 ── 3:1            3:1 and 9:0 were concurrent; the value is 7:4, at the end of
 *           └─ 9:0 ─┬─ 5:2           the path of the highest siblings (9 over 3, then 7 over 5).
 *                   └─ 7:4
 *
 * So a struct takes the value over only where it joins that path with a higher writer than the path goes on with.
 */
export function winnerOf(
  document: Y.Doc,
  update: DecodedUpdate,
  key: Key,
  budget: WorkBudget,
): Incoming | null {
  let winner: Incoming | null = null
  let winning: Run | null = key.current === null ? null : runOfItem(key.current)
  for (const struct of key.fresh) {
    const run = runOfIncoming(struct)
    if (winning === null || isUnit(run.origin, winning.client, winning.last)) {
      winner = struct
      winning = run
      continue
    }
    // Yjs starts at the oldest value that is not known to be older, and walks over all later ones.
    budget.spend(key.fresh.length + (winner === null ? countAfter(key.current, run.origin, budget) : 0))
    if (budget.isSpent) return null
    if (takesOver(document, update, run, winning, budget)) {
      winner = struct
      winning = run
    }
  }
  return winner
}

function takesOver(
  document: Y.Doc,
  update: DecodedUpdate,
  run: Run,
  winning: Run,
  budget: WorkBudget,
): boolean {
  let below: Run | null = null
  let at: Run | null = winning
  while (at !== null && !budget.isSpent) {
    budget.spend(1)
    const { origin } = run
    if (
      origin !== null &&
      origin.client === at.client &&
      origin.clock >= at.first &&
      origin.clock <= at.last
    ) {
      // Inside a run, what follows the unit is the run itself.
      const next: Run | null = origin.clock < at.last ? at : below
      return next === null || run.client > next.client
    }
    if (at.origin === null) return origin === null && run.client > at.client
    below = at
    at = runAt(document, update, at.origin)
  }
  return false
}

function runAt(document: Y.Doc, update: DecodedUpdate, id: UnitId): Run | null {
  const incoming = incomingAt(update, id)
  // Of what a run became later, only the part up to the unit lies on the way.
  if (incoming !== undefined && id.clock >= incoming.clock + incoming.known) {
    return { ...runOfIncoming(incoming), last: id.clock }
  }
  const item = Y.getItem(document.store, Y.createID(id.client, id.clock))
  return item instanceof Y.Item ? { ...runOfItem(item), last: id.clock } : null
}

function runOfItem(item: Y.Item): Run {
  const { client, clock } = item.id
  return { client, first: clock, last: clock + item.length - 1, origin: item.origin }
}

function runOfIncoming(struct: Incoming): Run {
  const { client, known } = struct
  const first = struct.clock + known
  const origin = known > 0 ? { client, clock: first - 1 } : struct.origin
  return { client, first, last: struct.clock + struct.length - 1, origin }
}

function countAfter(current: Y.Item | null, origin: UnitId | null, budget: WorkBudget): number {
  let count = 0
  for (let item = current; item !== null && !budget.isSpent; item = item.left) {
    const { client, clock } = item.id
    if (
      origin !== null &&
      origin.client === client &&
      origin.clock >= clock &&
      origin.clock < clock + item.length
    )
      break
    count += 1
    if (count % 1_000 === 0) budget.spend(1_000)
  }
  return count
}

function isUnit(id: UnitId | null, client: number, clock: number): boolean {
  return id !== null && id.client === client && id.clock === clock
}
