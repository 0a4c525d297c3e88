import { randomUUID } from 'node:crypto'
import { type ListId, openPostgresStorage, type Storage, type UserId } from '@tandem/persistence'
import { afterEach, beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'

/** Written by the first version. These bytes must be readable for as long as anybody may have them. */
const FORMAT_1 = Buffer.from(
  '010301002801056974656d73086d696c6b30303030017604057469746c6577044d696c6b056f72646572770261300262797705755f616e6e0261747b4278' +
    'bcfe568000002801056974656d730d6d696c6b303030302f646f6e65017503787705755f616e6e7b4278bcfe5680100004010d6e6f74653a6d696c6b30303030' +
    '0374776f00',
  'hex',
)

let database: FreshDatabase
let storage: Storage
let listId: ListId
beforeEach(async () => {
  database = await freshDatabase()
  storage = await openPostgresStorage({ connectionString: database.url })
  listId = randomUUID() as ListId
  const ownerId = 'ann' as UserId
  await storage.directory.ensureUser({ id: ownerId, name: 'Ann' })
  await storage.directory.createList({ id: listId, ownerId, title: 'Groceries' })
  const opIds = [randomUUID(), randomUUID()]
  for (const opId of opIds) {
    await storage.log.append({ listId, actorId: ownerId, opId, ops: [], data: FORMAT_1 })
  }
})
afterEach(async () => {
  await storage.close(2_000)
  await database.drop()
})

it('[SNAP-8][B-19] a snapshot of the first format, byte for byte as it was written then, is loaded', async () => {
  await storage.snapshots.write(listId, 2, FORMAT_1)
  const { snapshot, tail } = await storage.log.load(listId)
  const document = new Y.Doc()
  Y.applyUpdate(document, snapshot?.data ?? new Uint8Array())
  expect(tail).toEqual([])
  expect(document.getMap('items').get('milk0000')).toMatchObject({ title: 'Milk', by: 'u_ann' })
  expect(document.getMap('items').get('milk0000/done')).toEqual([true, 'u_ann', 1_700_000_000_001])
  expect(document.getText('note:milk0000').toString()).toBe('two')
})

it('[SNAP-8][B-19] a snapshot of a format of a later version is passed over for an older one and the log, and is no damage', async () => {
  await storage.snapshots.write(listId, 1, FORMAT_1)
  await storage.snapshots.write(listId, 2, FORMAT_1)
  await withClient(database.url, (client) =>
    client.query('UPDATE list_snapshots SET format = 2 WHERE list_id = $1 AND seq = 2', [listId]),
  )
  const { snapshot, tail, damage } = await storage.log.load(listId)
  expect(snapshot?.seq).toBe(1)
  expect(tail.map(({ seq }) => seq)).toEqual([2])
  expect(damage).toEqual([])
})
