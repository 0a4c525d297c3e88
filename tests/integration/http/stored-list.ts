import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import type { ListId, UserId } from '../../../persistence/src/index.ts'
import { openPostgresStorage } from '../../../persistence/src/index.ts'

/** Any fixed number: replaying the same edits must give the same history. */
const CLIENT_ID = 4711

/** The document after `edits` edits, each of which wrote the title of another item. */
export function documentAfter(edits: number, onUpdate?: (update: Uint8Array, edit: number) => void): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = CLIENT_ID
  for (let edit = 0; edit < edits; edit++) {
    const listener = (update: Uint8Array): void => onUpdate?.(update, edit)
    doc.on('update', listener)
    doc.getMap('items').set(`${itemId(edit)}/title`, [`Item ${edit}`, 'u_1', 0])
    doc.off('update', listener)
  }
  return doc
}

export const itemId = (edit: number): string => `item-${String(edit).padStart(4, '0')}`

/** A list with a log of `edits` rows and a snapshot at `snapshotSeq`, stored by the real storage. */
export async function storeList(
  connectionString: string,
  edits: number,
  snapshotSeq: number,
): Promise<ListId> {
  const storage = await openPostgresStorage({ connectionString })
  const listId = randomUUID() as ListId
  const ownerId = 'u_1' as UserId
  await storage.directory.ensureUser({ id: ownerId, name: 'Ana' })
  await storage.directory.createList({ id: listId, ownerId, title: 'Stored' })
  const updates: Uint8Array[] = []
  documentAfter(edits, (update) => updates.push(update))
  for (const [edit, data] of updates.entries()) {
    const ops = [
      { op: 'set', kind: 'items', id: itemId(edit), field: 'title', from: null, to: `Item ${edit}` },
    ]
    await storage.log.append({ listId, actorId: ownerId, opId: randomUUID(), ops, data })
  }
  const snapshot = Y.encodeStateAsUpdate(documentAfter(snapshotSeq))
  await storage.snapshots.write(listId, snapshotSeq, snapshot)
  await storage.close(5_000)
  return listId
}
