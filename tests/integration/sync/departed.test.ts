import { openPostgresStorage, type UserId } from '@tandem/persistence'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase, withClient } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { addItem, rawClient, titles } from './clients.ts'
import { heldAppends, newList, startNode, type TestNode } from './node.ts'

let database: FreshDatabase
let held: ReturnType<typeof heldAppends>
let server: TestNode

beforeEach(async () => {
  database = await freshDatabase()
  held = heldAppends(await openPostgresStorage({ connectionString: database.url }))
  server = await startNode({ storage: held.storage })
})

afterEach(async () => {
  held.release()
  await server.stop()
  await database.drop()
})

/** Types three letters and is gone while the first is on its way to the disk. */
async function typeAndLeave(listId: string, userId: string): Promise<void> {
  const client = await rawClient(server, listId, userId)
  await until(() => client.unanswered === 0)
  for (const title of ['one', 'two', 'three']) addItem(client.document, userId, title)
  await until(() => held.waiting() === 1 && server.hub.stats().waitingBytes > 0)
  client.drop()
  await until(() => server.hub.stats().sockets === 0, { what: 'the socket to be gone' })
}

describe('who leaves right after typing', () => {
  it('[SOCK-9] loses nothing that was received: it is stored and shown although nobody waits for the answer', async () => {
    const listId = await newList(server.storage, { ben: 'editor' })
    await typeAndLeave(listId, 'ben')
    expect(server.hub.stats().lists).toBe(1)
    held.release()
    await until(() => server.hub.stats().lists === 0, { what: 'the list to leave memory' })
    expect(server.hub.stats().waitingBytes).toBe(0)
    const ann = await rawClient(server, listId, 'ann')
    expect(titles(ann.document)).toEqual(['one', 'three', 'two'])
  })

  it('[SOCK-9] loses nothing either when the others leave meanwhile', async () => {
    const listId = await newList(server.storage, { ben: 'editor' })
    const ann = await rawClient(server, listId, 'ann')
    const ben = await rawClient(server, listId, 'ben')
    for (const title of ['one', 'two', 'three']) addItem(ben.document, 'ben', title)
    await until(() => held.waiting() === 1)
    ben.drop()
    await until(() => server.hub.stats().sockets === 1)
    ann.drop()
    await until(() => server.hub.stats().sockets === 0)
    held.release()
    await until(() => server.hub.stats().lists === 0, { what: 'the list to leave memory' })
    expect(await server.storage.log.head(listId)).toBe(3)
  })

  it('[ACCESS-3] and loses the list meanwhile has nothing stored that was still waiting', async () => {
    const listId = await newList(server.storage, { ben: 'editor' })
    await typeAndLeave(listId, 'ben')
    await withClient(database.url, (client) =>
      client.query(
        `UPDATE share_grants SET revoked_at = now(), end_reason = 'removed' WHERE list_id = $1 AND grantee_id = 'ben'`,
        [listId],
      ),
    )
    await server.hub.accessChanged(listId, 'ben' as UserId)
    held.release()
    await until(() => server.hub.stats().lists === 0, { what: 'the list to leave memory' })
    // The first was in the hands of the database before they lost access.
    expect(await server.storage.log.head(listId)).toBe(1)
  })
})
