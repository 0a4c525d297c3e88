import * as Y from 'yjs'
import { endOf, type Incoming, type UnitId } from './incoming.ts'
import type { Key } from './key.ts'
import { isSameUnit } from './overlap.ts'
import { PieceList } from './piece-list.ts'
import type { WorkBudget } from './work.ts'

/**
 * True when every struct brought for a note could have been written by somebody typing.
 *
 * A writer names as neighbours two units that stood side by side in front of him. So in the text as it is now the right one
 * comes after the left one, and nothing that he wrote himself stands between them. Where that does not hold, Yjs puts the
 * struct in places that depend on the order of arrival, and copies of the list would differ for ever.
 *
 * Counts on the way what integrating will cost: Yjs walks over all that others inserted between the two neighbours.
 */
export function isTypable(document: Y.Doc, key: Key, budget: WorkBudget): boolean {
  const heads = key.fresh.filter((struct, i) => !continues(key.fresh[i - 1], struct))
  const [head] = heads
  if (head === undefined) return true
  if (heads.length === 1) {
    const verdict = isTypableAlone(document, key, head, budget)
    if (verdict !== 'unclear') return verdict
  }
  const pieces = new PieceList(key.type?._start ?? null, budget)
  return key.fresh.every((struct) => budget.isSpent || pieces.insert(struct))
}

/** Typed right behind the struct before it: nobody can have been between. */
function continues(before: Incoming | undefined, struct: Incoming): boolean {
  return (
    before !== undefined &&
    struct.known === 0 &&
    struct.origin !== null &&
    before.client === struct.client &&
    struct.origin.client === struct.client &&
    struct.origin.clock === struct.clock - 1 &&
    endOf(before) === struct.clock &&
    isSameUnit(before.rightOrigin, struct.rightOrigin)
  )
}

/** The usual case, one place of typing: looks at the document's own structs, without a copy of their order. */
function isTypableAlone(
  document: Y.Doc,
  key: Key,
  struct: Incoming,
  budget: WorkBudget,
): boolean | 'unclear' {
  const origin =
    struct.known > 0 ? { client: struct.client, clock: struct.clock + struct.known - 1 } : struct.origin
  const { rightOrigin } = struct
  const left = origin === null ? null : itemAt(document, origin)
  const right = rightOrigin === null ? null : itemAt(document, rightOrigin)
  if (origin !== null && left !== null && left === right) {
    return origin.clock + 1 === rightOrigin?.clock ? true : 'unclear'
  }
  if (left !== null && left.id.clock + left.length - 1 !== origin?.clock) return 'unclear'
  if (right !== null && right.id.clock !== rightOrigin?.clock) return 'unclear'
  let item = left === null ? (key.type?._start ?? null) : left.right
  for (; item !== right; item = item.right) {
    budget.spend(1)
    if (item === null || item.id.client === struct.client) return false
    if (budget.isSpent) return true
  }
  return true
}

function itemAt(document: Y.Doc, id: UnitId): Y.Item | null {
  const item = Y.getItem(document.store, Y.createID(id.client, id.clock))
  return item instanceof Y.Item ? item : null
}
