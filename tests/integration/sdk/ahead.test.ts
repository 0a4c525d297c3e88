import type { Client, ClientOptions, ListInfo } from '@tandem/client-sdk'
import { createMemoryStorage } from '@tandem/client-sdk/testing'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { DeviceStore } from '../../../client-sdk/src/local/port.ts'
import { type Guest, giveRole, guest } from '../../support/people.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, type Person, person } from './two-people.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

const AHEAD_MS = 30_000

/** A list of the owner's with one item, shared with somebody. */
async function listWith(owner: Person, title: string, item: string, sharedWith: Guest): Promise<string> {
  const created = owner.client.lists.create({ title })
  created.value.items.add(item)
  await created.confirmed
  const listId = created.value.id
  await giveRole(server.url, owner.identity.token, { listId, userId: sharedWith.userId, role: 'editor' })
  await until(() => isSynced(created.value))
  return listId
}

const itemsOf = (client: Client): string[] =>
  client
    .items({})
    .getSnapshot()
    .rows.map(({ listTitle, item }) => `${listTitle}: ${item.title}`)

/** A person who brings lists ahead; everything they asked of the server is noted. */
function ahead(identity: Guest, storage = createMemoryStorage(), options: Partial<ClientOptions> = {}) {
  const asked: string[] = []
  const me: Person = again(server.url, identity, storage, {
    keepAhead: true,
    ...options,
    fetch: async (input, init) => {
      asked.push(`${init?.method} ${String(input).replace(`${server.url}/api/v1`, '')}`)
      return me.network.fetch(input, init)
    },
  })
  return { ...me, asked, syncs: () => asked.filter((one) => one.endsWith('/sync')) }
}

/** Looks at everything, so that it is read and kept up. */
const watch = ({ client }: { client: Client }): (() => void) => client.items({}).subscribe(() => {})

const device = (me: Person): Promise<DeviceStore> => me.storage.open(me.identity.userId)

it('[ALL-4][ALL-5][ALL-9] lists nobody has opened are brought here, kept up, and are all there without a network', async () => {
  const ann = await person(server.url, 'Ann')
  const identity = await guest(server.url, 'Ben')
  const shop = await listWith(ann, 'Shop', 'Milk', identity)
  const trip = await listWith(ann, 'Trip', 'Tent', identity)
  const ben = ahead(identity)
  watch(ben)
  await until(() => itemsOf(ben.client).length === 2, { timeoutMs: AHEAD_MS })
  expect(itemsOf(ben.client)).toEqual(['Shop: Milk', 'Trip: Tent'])
  expect(ben.network.opened).toBe(0)
  ann.client.lists.open(shop).items.add('Bread')
  await until(() => isSynced(ann.client.lists.open(shop)))
  await ben.client.lists.refresh()
  await until(() => itemsOf(ben.client).includes('Shop: Bread'), { timeoutMs: AHEAD_MS })
  // What is not newer is not fetched again.
  expect(ben.syncs().filter((one) => one.includes(trip))).toHaveLength(1)
  expect(ben.syncs().filter((one) => one.includes(shop))).toHaveLength(2)
  await ben.client.close()
  const later = again(server.url, identity, ben.storage, { offline: true })
  await until(() => later.client.lists.getSnapshot().length === 2)
  expect(later.client.lists.getSnapshot()).toMatchObject([
    { title: 'Shop', open: 2, done: 0 },
    { title: 'Trip', open: 1, done: 0 },
  ])
  later.client.names.subscribe(() => {})
  await until(() => later.client.names.getSnapshot()[trip] !== undefined)
  expect(Object.values(later.client.names.getSnapshot()[trip] ?? {}).sort()).toEqual(['Ann', 'Ben'])
  watch(later)
  await until(() => itemsOf(later.client).length === 3)
  const list = later.client.lists.open(trip)
  await until(() => list.status.getSnapshot().state === 'offline')
  expect(list.items.ids().getSnapshot()).toHaveLength(1)
  expect(list.status.getSnapshot()).toMatchObject({
    state: 'offline',
    pending: 0,
    lastSyncedAt: expect.any(Number),
  })
  expect(list.can.getSnapshot().edit).toBe(true)
  const unknown = later.client.lists.open('00000000-0000-4000-8000-00000000000f')
  await until(() => unknown.status.getSnapshot().state === 'offline')
  expect(unknown.status.getSnapshot()).toMatchObject({ here: false })
  expect(list.status.getSnapshot()).toMatchObject({ here: true })
})

it('[ALL-6][ALL-9][LIVE-7] a list that is brought ahead was opened by nobody: others see no one there, and the audit log says what it was', async () => {
  const ann = await person(server.url, 'Ann')
  const identity = await guest(server.url, 'Ben')
  const listId = await listWith(ann, 'Shop', 'Milk', identity)
  const list = ann.client.lists.open(listId)
  const seen: number[] = []
  list.presence.others.subscribe(() => seen.push(list.presence.others.getSnapshot().length))
  const ben = ahead(identity)
  const isCounted = ({ open, done }: ListInfo): boolean => open === 1 && done === 0
  await until(() => ben.client.lists.getSnapshot().some(isCounted), { timeoutMs: AHEAD_MS })
  const entries = async (): Promise<string[]> => {
    const headers = { authorization: `Bearer ${ann.identity.token}` }
    const answer = await fetch(`${server.url}/api/v1/lists/${listId}/audit?limit=100`, { headers })
    const { entries } = (await answer.json()) as {
      entries: { action: string; actor: { userId: string } | null }[]
    }
    const ofBen = entries.filter(({ actor }) => actor?.userId === identity.userId)
    return ofBen.map(({ action }) => action)
  }
  await until(async () => (await entries()).includes('list.kept'))
  expect(await entries()).not.toContain('list.opened')
  expect(seen).toEqual([])
})

it('[ALL-7][P-24] a list whose access has ended is not fetched again, and nothing of it stays: no row, no item, no fact', async () => {
  const ann = await person(server.url, 'Ann')
  const identity = await guest(server.url, 'Ben')
  const listId = await listWith(ann, 'Secrets', 'Diary', identity)
  const other = await listWith(ann, 'Trip', 'Tent', identity)
  const ben = ahead(identity)
  watch(ben)
  await until(() => itemsOf(ben.client).length === 2, { timeoutMs: AHEAD_MS })
  const store = await device(ben)
  await store.putFact(listId, 'names', { bob: 'Bob of the diary' })
  await ann.client.lists.open(listId).members.remove(identity.userId)
  await ben.client.lists.refresh()
  await until(() => itemsOf(ben.client).length === 1, { timeoutMs: AHEAD_MS })
  expect(itemsOf(ben.client)).toEqual(['Trip: Tent'])
  await until(async () => (await store.load(listId)).base.length === 0)
  const facts = [...(await store.facts('names')), ...(await store.facts('ahead'))]
  expect(new Set(facts.map(({ id }) => id))).toEqual(new Set([other]))
  const fetched = ben.syncs().filter((one) => one.includes(listId)).length
  await ben.client.lists.refresh()
  ann.client.lists.open(other).items.add('Stove')
  await until(() => isSynced(ann.client.lists.open(other)))
  await ben.client.lists.refresh()
  await until(() => itemsOf(ben.client).includes('Trip: Stove'), { timeoutMs: AHEAD_MS })
  expect(ben.syncs().filter((one) => one.includes(listId))).toHaveLength(fetched)
  // Given again, it comes back like any other.
  await giveRole(server.url, ann.identity.token, { listId, userId: identity.userId, role: 'viewer' })
  await ben.client.lists.refresh()
  await until(() => itemsOf(ben.client).includes('Secrets: Diary'), { timeoutMs: AHEAD_MS })
})

it('[ALL-8] what people have open goes first, and a device that does not store is left alone', async () => {
  const ann = await person(server.url, 'Ann')
  const identity = await guest(server.url, 'Ben')
  const ids: string[] = []
  for (const n of [0, 1, 2]) ids.push(await listWith(ann, `List ${n}`, `Item ${n}`, identity))
  const storage = createMemoryStorage()
  const isLive: boolean[] = []
  const ben: ReturnType<typeof ahead> = ahead(identity, storage)
  watch(ben)
  const list = ben.client.lists.open(ids[0] ?? '')
  const { asked } = ben
  const push = asked.push.bind(asked)
  asked.push = (...items) => {
    if (items.some((one) => one.endsWith('/sync'))) isLive.push(isSynced(list))
    return push(...items)
  }
  await until(() => itemsOf(ben.client).length === 3, { timeoutMs: AHEAD_MS })
  expect(isLive).toEqual([true, true])
  expect(ben.syncs().filter((one) => one.includes(ids[0] ?? ''))).toEqual([])
  storage.failWrites('quota')
  const created = ann.client.lists.open(ids[1] ?? '')
  for (let n = 0; n < 3; n += 1) created.items.add(`More ${n}`)
  await until(() => isSynced(created))
  await ben.client.lists.refresh()
  await until(() => ben.syncs().length === 3, { timeoutMs: AHEAD_MS })
  await ben.client.lists.refresh()
  ann.client.lists.open(ids[2] ?? '').items.add('Another')
  await ben.client.lists.refresh()
  expect(itemsOf(ben.client)).toHaveLength(3)
  expect(ben.syncs()).toHaveLength(3)
})
