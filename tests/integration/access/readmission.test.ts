import type { ListId, Storage, UserId } from '@tandem/persistence'
import { createMemoryStorage } from '@tandem/persistence/memory'
import { afterEach, expect, it } from 'vitest'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem } from '../sync/clients.ts'
import { grant, newList, startNode, type TestNode } from '../sync/node.ts'

const ben = 'ben' as UserId
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Somebody gives Ben access again between the server's two questions: whether he has a role, and how it ended. */
async function interrupted(): Promise<{ server: TestNode; listId: ListId; interruptions: () => number }> {
  const real = createMemoryStorage()
  let interruptions = 0
  const ended: Storage['grants']['ended'] = async (listId, userId) => {
    interruptions += 1
    await grant(real, listId, { userId, role: 'editor' })
    return real.grants.ended(listId, userId)
  }
  const storage: Storage = { ...real, grants: { ...real.grants, ended } }
  const server = await startNode({ storage })
  closing.push(() => server.stop())
  const listId = await newList(real, { ben: 'viewer' })
  return { server, listId, interruptions: () => interruptions }
}

function open(server: TestNode, listId: ListId): RawClient {
  const client = new RawClient({ url: server.url, token: ben, listId })
  closing.push(() => client.drop())
  return client
}

async function remove({ storage }: TestNode, listId: ListId): Promise<void> {
  const by = 'ann' as UserId
  await storage.grants.revoke({ listId, userId: ben, by, why: 'removed', may: () => true })
}

it('[LIVE-1][LIVE-2][P-21] who is removed and let in again at once stays on the connection that is open, as what they are now', async () => {
  const { server, listId, interruptions } = await interrupted()
  const client = open(server, listId)
  await client.synced
  await remove(server, listId)
  await server.hub.accessChanged(listId, ben)
  expect(interruptions()).toBe(1)
  addItem(client.document, ben, 'Milk')
  await until(() => client.unanswered === 0, { what: 'an answer to the edit' })
  expect(client.denied).toBeNull()
  expect((await server.storage.log.head(listId)) > 0).toBe(true)
})

it('[LIVE-4][P-21] who is let in again while they are on their way in gets in', async () => {
  const { server, listId, interruptions } = await interrupted()
  await remove(server, listId)
  const client = open(server, listId)
  await client.synced
  expect(interruptions()).toBe(1)
})
