import { randomUUID } from 'node:crypto'
import type { Role } from '@tandem/client-sdk/protocol'
import { type ListId, openPostgresStorage, type Storage, type UserId } from '@tandem/persistence'
import { SignJWT } from 'jose'
import * as Y from 'yjs'
import { type FreshDatabase, freshDatabase } from '../../../support/postgres.ts'
import { type RunningServer, startServer, TEST_JWT_SECRET } from '../../../support/server.ts'

/** The real server, and the storage behind it as the tests look at it. */
export interface World {
  readonly server: RunningServer
  readonly storage: Storage
  /** The same database under a new process. */
  restart(): Promise<void>
  end(): Promise<void>
}

export async function openWorld(): Promise<World> {
  const database: FreshDatabase = await freshDatabase()
  const storage = await openPostgresStorage({ connectionString: database.url })
  const start = () => startServer({ databaseUrl: database.url, env: { REQUESTS_PER_MINUTE: '1000000' } })
  let server = await start()
  for (const id of [MATE, NEWCOMER]) await storage.directory.ensureUser({ id, name: id })
  return {
    get server() {
      return server
    },
    storage,
    async restart() {
      await server.stop()
      server = await start()
    },
    async end() {
      await server.stop()
      await storage.close(3_000)
      await database.drop()
    },
  }
}

/** Somebody in front of a list of their own kind: nobody else tries anything on it. */
export interface Seat {
  readonly listId: ListId
  readonly userId: UserId
  readonly token: string
  readonly editorsMayShare: boolean
}

/** A member of every list, for others to change. */
export const MATE = 'mate' as UserId
/** Known to the server, and on no list. */
export const NEWCOMER = 'newcomer' as UserId
export const ITEM = 'item-000001'
export const COMMENT = 'comment-of-mate'

/** What stands in every list before anybody tries anything: an item, and a comment of somebody's. */
export const CONTENT: Uint8Array = contentUpdate()

function contentUpdate(): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    doc.getMap('items').set(ITEM, { by: MATE, at: 1, title: 'Milk', order: 'a0' })
    doc.getMap('comments').set(COMMENT, { by: MATE, at: 1, item: ITEM, body: 'Which one?' })
  })
  return Y.encodeStateAsUpdate(doc)
}

let seats = 0

/** A new person in a new list, without a role or as its owner; a role in between is given by the way they come. */
export async function newSeat(world: World, role: Role | null, editorsMayShare: boolean): Promise<Seat> {
  const { directory, grants, log } = world.storage
  const listId = randomUUID() as ListId
  const userId = `person-${++seats}` as UserId
  const ownerId = role === 'owner' ? userId : (`owner-${seats}` as UserId)
  for (const id of [userId, ownerId]) await directory.ensureUser({ id, name: id })
  await directory.createList({ id: listId, ownerId, title: 'Groceries' })
  await log.append({ listId, actorId: ownerId, opId: randomUUID(), ops: [], data: CONTENT })
  await grants.grant({ listId, userId: MATE, role: 'viewer', by: ownerId, may: () => true })
  if (editorsMayShare) {
    await grants.setEditorsMayShare({ listId, by: ownerId, allowed: true, may: () => true })
  }
  return { listId, userId, token: await tokenOf(userId), editorsMayShare }
}

export async function ownerOf(world: World, { listId }: Seat): Promise<UserId> {
  const owner = (await world.storage.grants.members(listId)).find(({ role }) => role === 'owner')
  if (owner === undefined) throw new Error('A list without an owner.')
  return owner.userId
}

function tokenOf(userId: string): Promise<string> {
  return new SignJWT({ name: userId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(TEST_JWT_SECRET))
}

/** What the log holds of a list, as a document. */
export async function storedDocument(world: World, listId: ListId): Promise<Y.Doc> {
  const { snapshot, tail } = await world.storage.log.load(listId)
  const doc = new Y.Doc()
  if (snapshot !== null) Y.applyUpdate(doc, snapshot.data)
  for (const { data } of tail) Y.applyUpdate(doc, data)
  return doc
}
