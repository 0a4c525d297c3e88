import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { DeviceStore } from '../../../client-sdk/src/local/port.ts'
import { newEdit, rewritten } from '../../../client-sdk/src/replica/edit.ts'
import { Keeper } from '../../../client-sdk/src/replica/keeper.ts'
import { manualEnvironment } from './manual-environment.ts'
import { LIST_ID, ME, workbench } from './workbench.ts'

function update(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('items').set('item00000001', { title: text })
  return Y.encodeStateAsUpdate(doc)
}

/** A device whose appends finish only when the test says so. */
async function slowDevice(): Promise<{ store: DeviceStore; release(): void; calls: string[] }> {
  const store = await createMemoryStorage().open(ME)
  const calls: string[] = []
  const held: (() => void)[] = []
  const append = store.appendPending.bind(store)
  store.appendPending = (listId, edit) => {
    calls.push('append')
    return new Promise((resolve, reject) => held.push(() => append(listId, edit).then(resolve, reject)))
  }
  return {
    store,
    calls,
    release: () => {
      for (const go of held.splice(0)) go()
    },
  }
}

async function keeper(store: DeviceStore) {
  const environment = manualEnvironment()
  const host = {
    store,
    listId: LIST_ID,
    environment,
    changed: () => {},
    kept: () => {},
    based: () => {},
    failed: () => {},
  }
  return { keeper: new Keeper(host), environment }
}

it('[LOCAL-1] the device write is issued in the same tick as the edit', async () => {
  const { store, calls } = await slowDevice()
  const { keeper: it } = await keeper(store)
  it.keep(newEdit({ update: update('a'), changes: [], label: '', at: 0 }, { uid: 'a', origin: 'here' }))
  expect(calls).toEqual(['append'])
})

for (const [fate, left] of [
  [{ state: 'confirmed' }, { pending: 0, base: 1, inbox: 0 }],
  [
    { state: 'refused', code: 'too-large', message: 'No.' },
    { pending: 0, base: 0, inbox: 1 },
  ],
  [{ state: 'discarded' }, { pending: 0, base: 0, inbox: 0 }],
] as const) {
  it(`[LOCAL-3] an edit that was ${fate.state} before its device write finished does not stay behind as waiting`, async () => {
    const { store, release } = await slowDevice()
    const { keeper: it } = await keeper(store)
    const edit = newEdit({ update: update('a'), changes: [], label: '', at: 0 }, { uid: 'a', origin: 'here' })
    it.keep(edit)
    edit.fate = fate
    release()
    await it.settled()
    const { pending, base } = await store.load(LIST_ID)
    const inbox = await store.inbox(LIST_ID)
    expect({ pending: pending.length, base: base.length, inbox: inbox.length }).toEqual(left)
  })
}

it('[LOCAL-3] an edit that is made again while its device write is under way is on the device once, at every moment', async () => {
  const { store, release } = await slowDevice()
  const { keeper: it } = await keeper(store)
  const seen: number[] = []
  const replace = store.replacePending.bind(store)
  store.replacePending = async (...args) => {
    seen.push((await store.load(LIST_ID)).pending.length)
    const keys = await replace(...args)
    seen.push((await store.load(LIST_ID)).pending.length)
    return keys
  }
  const edit = newEdit({ update: update('a'), changes: [], label: '', at: 0 }, { uid: 'a', origin: 'here' })
  it.keep(edit)
  const again = rewritten(edit, update('b'))
  it.replace([edit], [again])
  await new Promise((resolve) => setImmediate(resolve))
  release()
  await it.settled()
  expect(seen).toEqual([1, 1])
  expect((await store.load(LIST_ID)).pending.map(({ key }) => key)).toEqual([again.key])
})

it('[LOCAL-6] a failed device is tried again every five seconds, and then has every edit', async () => {
  const storage = createMemoryStorage()
  const store = await storage.open(ME)
  const { keeper: it, environment } = await keeper(store)
  storage.failWrites('broken')
  for (const uid of ['a', 'b'])
    it.keep(newEdit({ update: update(uid), changes: [], label: uid, at: 0 }, { uid, origin: 'here' }))
  await it.settled()
  expect(it.failure).toBe('storage-failed')
  environment.advance(5_000)
  await it.settled()
  expect(it.failure).toBe('storage-failed')
  storage.failWrites(null)
  environment.advance(5_000)
  await it.settled()
  expect(it.failure).toBeNull()
  expect((await store.load(LIST_ID)).pending.map((edit) => edit.label)).toEqual(['a', 'b'])
})

it('[LOCAL-4] what came from the server is on the device, once, and so is what it confirmed', async () => {
  const { list, server, settle, storage, open } = await workbench()
  await server.run(settle)
  server.write((doc) =>
    doc.getMap('items').set('item00000001', { title: 'Tea', order: 'a5', by: 'u_ben', at: 1 }),
  )
  list.items.add('Milk')
  await server.run(settle)
  // The server sends every edit to everybody, its author too.
  open.replica.conversation.received(Y.encodeStateAsUpdate(server.doc), false)
  await settle()
  const { base, pending } = await (await storage.open(ME)).load(LIST_ID)
  expect(pending).toEqual([])
  expect(base).toHaveLength(2)
  const stored = new Y.Doc()
  for (const one of base) Y.applyUpdate(stored, one)
  expect(stored.getMap('items').size).toBe(2)
})

it('[LOCAL-6][LOCAL-3] a device that never answers a write is said after five seconds, and a late answer stores the edit once', async () => {
  const { store, release, calls } = await slowDevice()
  const { keeper: it, environment } = await keeper(store)
  const edit = newEdit({ update: update('a'), changes: [], label: '', at: 0 }, { uid: 'a', origin: 'here' })
  it.keep(edit)
  environment.advance(4_999)
  expect(it.failure).toBeNull()
  environment.advance(1)
  await expect(edit.stored.promise).rejects.toMatchObject({ code: 'storage-failed' })
  expect(it.failure).toBe('storage-failed')
  environment.advance(60_000)
  expect(calls).toEqual(['append'])
  release()
  await it.settled()
  expect(it.failure).toBeNull()
  expect(edit.device).toBe('stored')
  expect((await store.load(LIST_ID)).pending).toHaveLength(1)
})
