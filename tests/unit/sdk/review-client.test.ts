import { afterEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createClient } from '../../../client-sdk/src/client.ts'
import type { ClientError } from '../../../client-sdk/src/errors.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { DeviceStore, StorageAdapter } from '../../../client-sdk/src/local/port.ts'
import { StorageFailed } from '../../../client-sdk/src/local/storage-failed.ts'
import { createMemoryTabs } from '../../../client-sdk/src/tabs/memory-relay.ts'
import type { Client, ClientOptions } from '../../../client-sdk/src/types.ts'
import { type ManualEnvironment, manualEnvironment } from './manual-environment.ts'

const token = `x.${btoa(JSON.stringify({ sub: 'u_me', name: 'Me' }))}.x`
const LIST = '00000000-0000-4000-8000-00000000000a'
const OTHER = '00000000-0000-4000-8000-00000000000b'
const open: Client[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()))
})

/** A client without a network. */
function offline(options: Partial<ClientOptions> = {}) {
  const environment = manualEnvironment()
  const errors: ClientError[] = []
  const noFetch = async (): Promise<Response> => {
    throw new TypeError('There is no network here.')
  }
  const client = createClient({
    url: 'http://127.0.0.1:9',
    ...(options.getToken === undefined ? { token } : {}),
    storage: createMemoryStorage(),
    fetch: noFetch,
    environment,
    onError: (error) => errors.push(error),
    ...options,
  })
  open.push(client)
  return { client, environment, errors }
}

const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
async function pass(environment: ManualEnvironment, ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 500) {
    environment.advance(500)
    await moment()
  }
}

it('[SDK-3] signing out is refused while another tab has edits waiting in a list this one has not open', async () => {
  const tabs = createMemoryTabs()
  const storage = createMemoryStorage()
  const device = await storage.open('u_me')
  await device.putList({ id: LIST, title: 'Shop', role: 'editor', creating: false, syncedAt: 5 })
  const one = offline({ storage, tabs: tabs.open() })
  await moment()
  const two = offline({ storage, tabs: tabs.open() })
  await moment()
  two.client.lists.open(LIST).items.add('Milk')
  await moment()
  await expect(one.client.signOut()).rejects.toMatchObject({ code: 'pending' })
  await one.client.signOut({ discardPending: true })
  expect(await storage.lastIdentity()).toBeNull()
})

it('[LOCAL-5][SDK-3] what a tab that is gone has left unsent counts in the others, also in lists that they have not open', async () => {
  const tabs = createMemoryTabs()
  const storage = createMemoryStorage()
  const device = await storage.open('u_me')
  await device.putList({ id: LIST, title: 'Shop', role: 'editor', creating: false, syncedAt: 5 })
  const one = offline({ storage, tabs: tabs.open() })
  const two = offline({ storage, tabs: tabs.open() })
  await moment()
  two.client.lists.open(LIST).items.add('Milk')
  await moment()
  await two.client.close()
  await pass(one.environment, 9_000)
  // It may still be on its way.
  expect(one.client.status.getSnapshot().summary).toMatchObject({ state: 'synced' })
  await pass(one.environment, 12_000)
  expect(one.client.status.getSnapshot()).toMatchObject({
    summary: { state: 'offline', pending: 1 },
    standing: { [LIST]: { title: 'Shop', pending: 1 } },
  })

  const three = offline({ storage, tabs: tabs.open() })
  const four = offline({ storage, tabs: tabs.open() })
  await moment()
  three.client.lists.open(OTHER).items.add('Bread')
  await moment()
  await three.client.close()
  // Whoever looks at the page again need not wait.
  four.client.reconnect()
  await moment()
  expect(four.client.status.getSnapshot().standing[OTHER]).toMatchObject({ pending: 1 })
})

it('[SDK-9] where the first token cannot be had, it is asked for again, and the app need not be reloaded', async () => {
  let isOnline = false
  const getToken = async (): Promise<string> => {
    if (!isOnline) throw new TypeError('There is no network here.')
    return token
  }
  const { client, environment } = offline({ getToken })
  const list = client.lists.open(LIST)
  await pass(environment, 5_000)
  expect(client.user.getSnapshot()).toBeNull()
  isOnline = true
  await pass(environment, 61_000)
  expect(client.user.getSnapshot()).toEqual({ id: 'u_me', name: 'Me' })
  expect(list.status.getSnapshot()).not.toMatchObject({ from: 'device' })
})

/** A device whose reads fail until it is healed. */
function unreadable(): { storage: StorageAdapter; heal(): void } {
  const memory = createMemoryStorage()
  let isBroken = true
  const breaking = (store: DeviceStore): DeviceStore => {
    for (const name of ['lists', 'load', 'inbox'] as const) {
      const read = store[name].bind(store) as (id: string) => Promise<never>
      Object.assign(store, {
        [name]: async (id: string) => {
          if (isBroken) throw new StorageFailed('The device is not in the mood.')
          return read(id)
        },
      })
    }
    return store
  }
  const heal = (): void => {
    isBroken = false
  }
  return { storage: { ...memory, open: async (userId) => breaking(await memory.open(userId)) }, heal }
}

it('[LOCAL-6][W-24] a client that never learnt whose it is can be closed, with a list open', async () => {
  const { client } = offline({ getToken: () => Promise.reject(new Error('no network')) })
  client.lists.open(LIST)
  await moment()
  await client.close()
  expect(client.user.getSnapshot()).toBeNull()
})

it('[LOCAL-6][STATUS-1][SYNC-8] a device that cannot be read is said, and read when it can be, with all that waits on it', async () => {
  const { storage, heal } = unreadable()
  const before = await storage.open('u_me')
  const made = new Y.Doc()
  made.getMap('items').set('item00000001', { title: 'Tea', order: 'a5', by: 'u_me', at: 1 })
  const doc = Y.encodeStateAsUpdate(made)
  const mine = { pinned: true, folder: 'Home', sort: 'manual', muted: false } as const
  await before.putList({ id: LIST, title: 'Shop', role: 'editor', creating: false, syncedAt: 5, mine })
  const changes = [{ type: 'put', root: 'items', key: 'item00000001', value: null }] as const
  await before.appendPending(LIST, { update: doc, changes, label: 'Add', at: 1 })
  const { client, environment } = offline({ storage })
  const list = client.lists.open(LIST)
  await moment()
  expect(list.status.getSnapshot()).toMatchObject({ state: 'attention', reason: 'storage-failed' })
  heal()
  await pass(environment, 6_000)
  expect(list.items.item('item00000001').getSnapshot()).toMatchObject({ title: 'Tea', pending: true })
  expect(list.status.getSnapshot()).toMatchObject({ state: 'offline', pending: 1 })
  expect(client.lists.getSnapshot()).toMatchObject([{ id: LIST, mine, role: 'editor' }])
})

it('[SDK-2][LOCAL-6] what waits in a list that nobody opens is found too when the device could not be read at first', async () => {
  const { storage, heal } = unreadable()
  const before = await storage.open('u_me')
  await before.putList({ id: LIST, title: 'Shop', role: 'editor', creating: false, syncedAt: 5 })
  await before.appendPending(LIST, { update: new Uint8Array([0, 0]), changes: [], label: 'Add', at: 1 })
  const { client, environment } = offline({ storage })
  await moment()
  heal()
  await pass(environment, 6_000)
  expect(client.status.getSnapshot()).toMatchObject({ summary: { state: 'offline', pending: 1 } })
})

it('[STATUS-3][SDK-1] a list that the server does not have yet counts, also when nobody has it open', async () => {
  const storage = createMemoryStorage()
  const store = await storage.open('u_me')
  await store.putList({ id: LIST, title: 'New', role: 'owner', creating: true, syncedAt: null })
  const { client } = offline({ storage })
  await moment()
  const other = client.lists.open('00000000-0000-4000-8000-00000000000b')
  await moment()
  expect(other.status.getSnapshot().state).not.toBe('synced')
  expect(client.status.getSnapshot().lists[LIST]).toBe('offline')
})

it('[SDK-2][SDK-3][STATUS-3] an edit of a list opened offline and never granted is found by the next session, and by a sign-out', async () => {
  const storage = createMemoryStorage()
  const before = offline({ storage })
  const list = before.client.lists.open(LIST)
  await moment()
  await list.items.add('Milk').stored
  await before.client.close()
  const { client } = offline({ storage })
  await moment()
  expect(client.status.getSnapshot()).toMatchObject({ summary: { state: 'offline', pending: 1 } })
  await expect(client.signOut()).rejects.toMatchObject({ code: 'pending' })
})
