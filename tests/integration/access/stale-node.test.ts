import type { ListId, Storage, UserId } from '@tandem/persistence'
import { createMemoryCluster, createMemoryStorage } from '@tandem/persistence/memory'
import { afterEach, expect, it } from 'vitest'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { addItem } from '../sync/clients.ts'
import { grant, newList, startNode, type TestNode } from '../sync/node.ts'
import { refusalsOf } from './stage.ts'

const ben = 'ben' as UserId
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function node(storage: Storage): Promise<TestNode> {
  const started = await startNode({ storage })
  closing.push(() => started.stop())
  return started
}

function open(
  server: TestNode,
  listId: ListId,
  o: { token?: string; document?: RawClient['document'] } = {},
) {
  const client = new RawClient({ url: server.url, token: ben, listId, ...o })
  closing.push(() => client.drop())
  return client
}

it('[LIVE-1][P-09] removed between the door and the room: not one edit is stored, however long the question takes that tells', async () => {
  const real = createMemoryStorage()
  const gates = { load: gate(), second: gate() }
  let questions = 0
  const storage: Storage = {
    ...real,
    directory: {
      ...real.directory,
      find: async (listId, userId) => {
        questions += 1
        const answer = await real.directory.find(listId, userId)
        if (questions > 1) await gates.second.opened
        return answer
      },
    },
    log: {
      ...real.log,
      load: async (listId) => {
        gates.load.reached()
        await gates.load.opened
        return real.log.load(listId)
      },
    },
  }
  const server = await node(storage)
  const listId = await newList(real, { ben: 'editor' })
  const client = open(server, listId)
  await gates.load.wasReached
  await real.grants.revoke({ listId, userId: ben, by: 'ann' as UserId, why: 'removed', may: () => true })
  await server.hub.accessChanged(listId, ben)
  gates.load.open()
  await until(() => questions > 1, { what: 'the second question' })
  addItem(client.document, ben, 'Milk')
  // Frames of one socket come in order: with the answer to this one, the one before has arrived.
  client.socket.ping()
  await until(() => client.pongs > 0)
  gates.second.open()
  await until(() => client.denied !== null || client.closed !== null, { what: 'the end' })
  expect(client.denied).toContain('4410')
  expect(await real.log.head(listId)).toBe(0)
})

it('[ROLE-5][SYNC-1][P-21] lowered before the word came that an edit is saved: a node that has not heard of the edit does not refuse it', async () => {
  const cluster = createMemoryCluster()
  const behind = createMemoryStorage({ cluster })
  const [one, two] = [await node(createMemoryStorage({ cluster })), await node(behind)]
  const listId = await newList(one.storage, { ben: 'editor' })
  const ann = open(two, listId, { token: 'ann' })
  await ann.synced
  behind.bus.disconnect()
  for (const role of ['viewer', 'checker', 'commenter'] as const) {
    await grant(one.storage, listId, { userId: ben, role: 'editor' })
    const before = open(one, listId)
    await before.synced
    addItem(before.document, ben, `Before ${role}`)
    await until(() => before.unanswered === 0)
    before.drop()
    await grant(one.storage, listId, { userId: ben, role })
    const after = open(two, listId, { document: before.document })
    await after.synced
    await until(() => after.unanswered === 0)
    expect(refusalsOf(after)).toEqual([])
    after.drop()
  }
  expect(await one.storage.log.head(listId)).toBe(3)
})

function gate() {
  let open: () => void = () => undefined
  let reached: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const wasReached = new Promise<void>((resolve) => {
    reached = resolve
  })
  return { opened, wasReached, open: () => open(), reached: () => reached() }
}
