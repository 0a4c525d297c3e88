import * as Y from 'yjs'
import type { DecodedUpdate, Incoming, UnitId } from './incoming.ts'
import type { Key } from './key.ts'
import { incomingAt } from './walk.ts'
import type { WorkBudget } from './work.ts'

/**
 * Counts what integrating new text will cost: Yjs walks over everything between a struct's two neighbours, which is
 * what others inserted there meanwhile, and cuts a struct in two by splicing the array of all its writer's structs.
 *
 * Among the update's own structs the walk is not simulated: one that continues its predecessor meets nobody, and any other
 * is taken to meet all that came before.
 */
export function countTextWork(document: Y.Doc, update: DecodedUpdate, key: Key, budget: WorkBudget): void {
  const rightOf = new Map<Incoming, Y.Item | null>()
  let jumps = 0
  for (const struct of key.fresh) {
    if (budget.isSpent) return
    const right = rightInDocument(document, update, struct, rightOf)
    rightOf.set(struct, right)
    const origin = struct.known > 0 ? lastKnown(struct) : struct.origin
    const before = origin === null ? undefined : incomingAt(update, origin)
    const isAfterFresh = before !== undefined && rightOf.has(before)
    if (isAfterFresh && origin?.client === struct.client && origin.clock === struct.clock - 1) continue
    jumps += 1
    budget.spend(jumps + cutCost(document, struct))
    if (!isAfterFresh) walkBetween(document, key, origin, right, budget)
  }
}

/** Where in the document's own text the struct's right neighbour stands; null at the end. */
function rightInDocument(
  document: Y.Doc,
  update: DecodedUpdate,
  struct: Incoming,
  rightOf: ReadonlyMap<Incoming, Y.Item | null>,
): Y.Item | null {
  const { rightOrigin } = struct
  if (rightOrigin === null) return null
  const incoming = incomingAt(update, rightOrigin)
  const through = incoming === undefined ? undefined : rightOf.get(incoming)
  return through === undefined ? itemAt(document, rightOrigin) : through
}

function walkBetween(
  document: Y.Doc,
  key: Key,
  origin: UnitId | null,
  right: Y.Item | null,
  budget: WorkBudget,
): void {
  const left = origin === null ? null : itemAt(document, origin)
  // Both neighbours in one struct: nobody has been between them.
  if (left !== null && left === right) return
  let item = left === null ? (key.type?._start ?? null) : left.right
  let steps = 0
  for (; item !== null && item !== right && !budget.isSpent; item = item.right) {
    steps += 1
    if (steps % 1_000 === 0) budget.spend(1_000)
  }
  budget.spend(steps % 1_000)
}

function itemAt(document: Y.Doc, id: UnitId): Y.Item | null {
  if (id.clock >= Y.getState(document.store, id.client)) return null
  const item = Y.getItem(document.store, Y.createID(id.client, id.clock))
  return item instanceof Y.Item ? item : null
}

function lastKnown(struct: Incoming): UnitId {
  return { client: struct.client, clock: struct.clock + struct.known - 1 }
}

function cutCost(document: Y.Doc, struct: Incoming): number {
  const structs = document.store.clients.get(struct.origin?.client ?? struct.client)
  return structs === undefined ? 0 : structs.length >>> 9
}
