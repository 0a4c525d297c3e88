import { randomUUID } from 'node:crypto'
import type { ListId, NewUpdate, Seq, Storage, UserId } from '@tandem/persistence'

/** One set of data, any number of nodes on it, and hands to damage it with. */
export interface StorageHarness {
  open(nodeId?: string): Promise<Storage>
  flipByteInUpdate(listId: ListId, seq: Seq): Promise<void>
  removeUpdate(listId: ListId, seq: Seq): Promise<void>
  flipByteInSnapshot(listId: ListId, seq: Seq): Promise<void>
  snapshotsOf(listId: ListId): Promise<Seq[]>
  /** Cuts the node's bus off from the others until the returned function is called. */
  cutBus(storage: Storage): Promise<() => Promise<void>>
  close(): Promise<void>
}

export type HarnessFactory = () => Promise<StorageHarness>

export const ann = 'u_ann' as UserId
export const bob = 'u_bob' as UserId
export const newListId = (): ListId => randomUUID() as ListId

export async function newList(storage: Storage, ownerId: UserId = ann): Promise<ListId> {
  const id = newListId()
  await storage.directory.ensureUser({ id: ownerId, name: 'Somebody' })
  const created = await storage.directory.createList({ id, ownerId, title: 'Shopping' })
  if (created.outcome !== 'created') throw new Error(`The list was not created: ${created.outcome}`)
  return id
}

export function updateOf(listId: ListId, change: Partial<NewUpdate> = {}): NewUpdate {
  const data = new TextEncoder().encode(`update ${randomUUID()}`)
  return {
    listId,
    actorId: ann,
    opId: randomUUID(),
    ops: [{ kind: 'item-added', title: 'Milk' }],
    data,
    ...change,
  }
}

/** Appends `count` updates one after the other. */
export async function appendMany(storage: Storage, listId: ListId, count: number): Promise<NewUpdate[]> {
  const updates = Array.from({ length: count }, () => updateOf(listId))
  for (const update of updates) await storage.log.append(update)
  return updates
}
