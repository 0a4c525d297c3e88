import * as Y from 'yjs'

/**
 * Whether everything that an update builds on is in the document, so that its bytes can go in as they are.
 *
 * Asked beforehand, because Yjs keeps what does not fit and can never be told to forget it.
 */
export function fits(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update)
  const { from, to } = Y.parseUpdateMeta(update)
  for (const [client, start] of from) if (start > Y.getState(doc.store, client)) return false
  const isThere = (id: Y.ID | null): boolean => {
    return id === null || id.clock < Math.max(Y.getState(doc.store, id.client), to.get(id.client) ?? 0)
  }
  for (const struct of structs) {
    if (struct instanceof Y.Skip) return false
    if (struct instanceof Y.Item && !(isThere(struct.origin) && isThere(struct.rightOrigin))) return false
    // A freshly decoded item holds its parent's id, or the name of a root, or nothing when a neighbour implies it.
    const parent: unknown = struct instanceof Y.Item ? struct.parent : null
    if (parent instanceof Y.ID && !isThere(parent)) return false
  }
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) if (!isThere(Y.createID(client, clock + len - 1))) return false
  }
  return true
}
