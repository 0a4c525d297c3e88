import { randomUUID } from 'node:crypto'
import type { ListId, May, Member, NewUpdate, Seq, Storage, StoredRole, UserId } from '@tandem/persistence'

/** One set of data, any number of nodes on it, and hands to damage it with. */
export interface StorageHarness {
  open(nodeId?: string): Promise<Storage>
  flipByteInUpdate(listId: ListId, seq: Seq): Promise<void>
  removeUpdate(listId: ListId, seq: Seq): Promise<void>
  flipByteInSnapshot(listId: ListId, seq: Seq): Promise<void>
  snapshotsOf(listId: ListId): Promise<Seq[]>
  /** Cuts the node's bus off from the others until the returned function is called. */
  cutBus(storage: Storage): Promise<() => Promise<void>>
  /** Puts the clock of all nodes forward. */
  passTime(ms: number): void
  close(): Promise<void>
}

export type HarnessFactory = () => Promise<StorageHarness>

export const ann = 'u_ann' as UserId
export const bob = 'u_bob' as UserId
export const carol = 'u_carol' as UserId
export const dave = 'u_dave' as UserId
export const stranger = 'u_stranger' as UserId

export const always: May = () => true
export const never: May = () => false
export const dayMs = 24 * 60 * 60 * 1000

/** Makes Ann, Bob, Carol and Dave known. */
export async function makeKnown(storage: Storage): Promise<void> {
  for (const [id, name] of [
    [ann, 'Ann'],
    [bob, 'Bob'],
    [carol, 'Carol'],
    [dave, 'Dave'],
  ] as const) {
    await storage.directory.ensureUser({ id, name })
  }
}

/** Gives a role, whoever `by` is. */
export async function give(
  storage: Storage,
  listId: ListId,
  userId: UserId,
  role: Exclude<StoredRole, 'owner'>,
  by: UserId = ann,
): Promise<void> {
  const { outcome } = await storage.grants.grant({ listId, userId, role, by, may: always })
  if (outcome !== 'granted' && outcome !== 'changed') throw new Error(`Not given: ${outcome}`)
}

/** Removes somebody, or lets them leave. */
export async function end(
  storage: Storage,
  listId: ListId,
  userId: UserId,
  by: UserId = ann,
): Promise<Member[]> {
  const why = userId === by ? 'left' : 'removed'
  const ended = await storage.grants.revoke({ listId, userId, by, why, may: always })
  if (ended.outcome !== 'revoked') throw new Error(`Not ended: ${ended.outcome}`)
  return ended.invited
}

/** Who has which role, as anybody would read it. */
export async function rolesIn(storage: Storage, listId: ListId): Promise<Record<string, StoredRole>> {
  const members = await storage.grants.members(listId)
  return Object.fromEntries(members.map(({ userId, role }) => [userId, role]))
}

/** Actions recorded about a list, oldest first. */
export async function actionsOf(storage: Storage, listId: ListId): Promise<string[]> {
  const entries = await storage.audit.read({ listId, limit: 1_000 })
  return entries.map(({ action }) => action).reverse()
}

export const newListId = (): ListId => randomUUID() as ListId

export async function newList(storage: Storage, ownerId: UserId = ann): Promise<ListId> {
  const id = newListId()
  await storage.directory.ensureUser({ id: ownerId, name: ownerId === ann ? 'Ann' : 'Somebody' })
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
