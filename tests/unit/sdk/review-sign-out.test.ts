import { expect, it } from 'vitest'
import { createClient } from '../../../client-sdk/src/client.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { DeviceStore, StorageAdapter } from '../../../client-sdk/src/local/port.ts'
import { manualEnvironment } from './manual-environment.ts'

const token = `x.${btoa(JSON.stringify({ sub: 'u_me', name: 'Me' }))}.x`
const LIST = '00000000-0000-4000-8000-00000000000a'
const OTHER = '00000000-0000-4000-8000-00000000000b'
const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A device that looks at once for what waits, and says what it found only when the test lets it. */
function held() {
  const memory = createMemoryStorage()
  const waiting: (() => void)[] = []
  const gate = { isHeld: false }
  const slow = (store: DeviceStore): DeviceStore => {
    const pendingLists = store.pendingLists.bind(store)
    const passed = async (): Promise<void> => {
      if (gate.isHeld) await new Promise<void>((go) => waiting.push(go))
    }
    store.pendingLists = async () => {
      const found = await pendingLists()
      await passed()
      return found
    }
    return store
  }
  const storage: StorageAdapter = { ...memory, open: async (userId) => slow(await memory.open(userId)) }
  const release = (): void => {
    gate.isHeld = false
    for (const go of waiting.splice(0)) go()
  }
  return { storage, gate, release }
}

function offline(storage: StorageAdapter) {
  return createClient({
    url: 'http://127.0.0.1:9',
    token,
    storage,
    fetch: async () => {
      throw new TypeError('There is no network here.')
    },
    environment: manualEnvironment(),
  })
}

it('[SDK-3] an edit made while signing out looks at the device stops the sign-out', async () => {
  const { storage, gate, release } = held()
  await (await storage.open('u_me')).putList({
    id: LIST,
    title: 'Shop',
    role: 'editor',
    creating: false,
    syncedAt: 5,
  })
  const client = offline(storage)
  const list = client.lists.open(LIST)
  await moment()
  gate.isHeld = true
  const leaving = client.signOut()
  await moment()
  const write = list.items.add('Milk')
  await write.stored
  release()
  await expect(leaving).rejects.toMatchObject({ code: 'pending' })
  expect((await (await storage.open('u_me')).load(LIST)).pending).toHaveLength(1)
  await client.close()
})

it('[SDK-3][SDK-11] once signing out has begun to close the lists, every edit is refused', async () => {
  const { storage } = held()
  const client = offline(storage)
  const list = client.lists.open(LIST)
  await moment()
  // Given up: what was waiting before, not what comes now.
  const before = list.items.add('Bread')
  const leaving = client.signOut({ discardPending: true })
  await Promise.resolve()
  await Promise.resolve()
  const writes = [
    list.items.add('Milk'),
    client.lists.open(OTHER).items.add('Tea'),
    client.lists.create({ title: 'New' }),
  ]
  await expect(before.confirmed).rejects.toMatchObject({ code: 'closed' })
  await leaving
  for (const { stored, confirmed } of writes) {
    await expect(stored).rejects.toMatchObject({ code: 'closed' })
    await expect(confirmed).rejects.toMatchObject({ code: 'closed' })
  }
})
