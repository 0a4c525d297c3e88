import * as Y from 'yjs'
import type { RootKind } from './keys.ts'
import { isRegister, type Register } from './register.ts'

/**
 * What Yjs knows about who had seen what, which its API does not tell. Internals read here: `Item.parentSub`, `Item.origin`,
 * `YMap._map`, `StructStore.clients`. A write to a map key is a struct whose `origin` is the write its author saw last there: two
 * writes of which neither descends from the other were made at the same time. Structs are named (client, clock).
 */
export interface MapWrite {
  readonly root: RootKind
  readonly key: string
  readonly register: Register
  readonly item: Y.Item
}

const ROOTS: readonly RootKind[] = ['items', 'sections', 'labels', 'comments', 'list']

/** The registers a transaction brought, also those that lost at once. Call while the transaction is being observed: later they are gone. */
export function newRegisters(transaction: Y.Transaction): MapWrite[] {
  const { doc, beforeState, afterState } = transaction
  const rootOf = new Map<unknown, RootKind>(ROOTS.map((root) => [doc.getMap(root), root]))
  const writes: MapWrite[] = []
  for (const [client, end] of afterState) {
    const start = beforeState.get(client) ?? 0
    const structs = doc.store.clients.get(client)
    if (start >= end || structs === undefined) continue
    for (let index = Y.findIndexSS(structs, start); index < structs.length; index += 1) {
      const item = structs[index]
      if (!(item instanceof Y.Item) || item.parentSub === null) continue
      const root = rootOf.get(item.parent)
      // A struct that was merged with others keeps the last one's value last.
      const register: unknown = item.content.getContent().at(-1)
      if (root !== undefined && isRegister(register))
        writes.push({ root, key: item.parentSub, register, item })
    }
  }
  return writes
}

/** True when the author of `item` had seen the write (client, clock) to the same key. */
export function hasSeen(doc: Y.Doc, item: Y.Item, client: number, clock: number): boolean {
  if (item.id.client === client) return item.id.clock > clock
  let origin = item.origin
  while (origin !== null) {
    // One client's writes to a key follow one another: what came before mine cannot have come after mine as well.
    if (origin.client === client) return origin.clock >= clock
    const struct = Y.getItem(doc.store, origin)
    origin = struct instanceof Y.Item ? struct.origin : null
  }
  return false
}

/** True when this is what the key reads now. */
export function isCurrent(doc: Y.Doc, write: MapWrite): boolean {
  return doc.getMap(write.root)._map.get(write.key) === write.item
}

/** True when the struct (client, clock) is what the key reads now. */
export function isCurrentStruct(
  doc: Y.Doc,
  at: { root: RootKind; key: string; client: number; clock: number },
): boolean {
  const item = doc.getMap(at.root)._map.get(at.key)
  return (
    item !== undefined && !item.deleted && item.lastId.client === at.client && item.lastId.clock === at.clock
  )
}
