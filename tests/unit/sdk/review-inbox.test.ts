import { expect, it } from 'vitest'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { DeviceStore } from '../../../client-sdk/src/local/port.ts'
import { LIST_ID, ME, workbench } from './workbench.ts'

/** A storage whose stores write edits only when the test says so. */
function slowStorage() {
  const storage = createMemoryStorage()
  const held: (() => void)[] = []
  const slow = (store: DeviceStore): DeviceStore => {
    const append = store.appendPending.bind(store)
    store.appendPending = (listId, edit) =>
      new Promise((resolve, reject) => held.push(() => append(listId, edit).then(resolve, reject)))
    return store
  }
  const release = (): void => {
    for (const go of held.splice(0)) go()
  }
  return { storage: { ...storage, open: async (id: string) => slow(await storage.open(id)) }, release }
}

it('[REPAIR-3] a refused edit that is dropped is dropped, also when its device write was slower than the refusal', async () => {
  const { storage, release } = slowStorage()
  const { list, server, settle } = await workbench({ storage })
  await server.run(settle)
  server.judge = () => 'too-large'
  list.items.add('BAD')
  await settle()
  server.answer()
  expect(list.refused.getSnapshot()).toHaveLength(1)
  release()
  await settle()
  await server.run(settle)
  list.refused.drop()
  await settle()
  const store = await storage.open(ME)
  expect(await store.inbox(LIST_ID)).toEqual([])
  expect((await store.load(LIST_ID)).pending).toEqual([])
})

it('[REPAIR-3] dropped before its device write has finished, it does not come back with the next page load', async () => {
  const { storage, release } = slowStorage()
  const { list, server, settle } = await workbench({ storage })
  await server.run(settle)
  server.judge = () => 'too-large'
  list.items.add('BAD')
  await settle()
  server.answer()
  list.refused.drop()
  release()
  await settle()
  const store = await storage.open(ME)
  expect(await store.inbox(LIST_ID)).toEqual([])
  expect((await store.load(LIST_ID)).pending).toEqual([])
})

it('[REPAIR-3][LOCAL-6] an edit that the device did not take and the server refused is in the inbox after a reload', async () => {
  const storage = createMemoryStorage()
  const { list, server, settle, environment } = await workbench({ storage })
  await server.run(settle)
  storage.failWrites('broken')
  server.judge = () => 'too-large'
  list.items.add('BAD')
  await settle()
  await server.run(settle)
  expect(list.refused.getSnapshot()).toHaveLength(1)
  storage.failWrites(null)
  environment.advance(5_000)
  await settle()
  const store = await storage.open(ME)
  expect((await store.inbox(LIST_ID)).map(({ label }) => label)).toEqual(['Add'])
  list.refused.drop()
  await settle()
  expect(await store.inbox(LIST_ID)).toEqual([])
})
