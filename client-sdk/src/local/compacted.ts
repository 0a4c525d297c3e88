import * as Y from 'yjs'

/**
 * Many updates as one, without the content that has been overwritten or deleted since.
 *
 * `Y.mergeUpdates` alone keeps every value a field ever had: a list that is ticked for years would grow for years, and open
 * ever more slowly. Going through a document lets Yjs drop them. When some update waits for another that is not there,
 * the merge that loses nothing is the right one.
 */
export function compacted(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    const isWaiting = doc.store.pendingStructs !== null || doc.store.pendingDs !== null
    return isWaiting ? Y.mergeUpdates([...updates]) : Y.encodeStateAsUpdate(doc)
  } finally {
    doc.destroy()
  }
}
