import { expect, it } from 'vitest'
import type { ServerList } from '../../../client-sdk/src/client/api.ts'
import { Catalog } from '../../../client-sdk/src/client/catalog.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import { manualEnvironment } from './manual-environment.ts'
import { LIST_ID, ME } from './workbench.ts'

const END = { why: 'access-ended', message: 'Ann removed you from this list.', at: 7 } as const

const UNREACHABLE = { outcome: 'unreachable', cause: null, status: null, retryAfterMs: null } as const

/** What is known of lists, beside a server whose answers are in the test's hand. */
async function catalogWith(stored: readonly string[]) {
  const server: { lists: readonly ServerList[] } = { lists: [] }
  const doubted: string[] = []
  const store = await createMemoryStorage().open(ME)
  for (const id of stored) {
    await store.putList({ id, title: 'Shop', role: 'editor', creating: false, syncedAt: 5 })
  }
  const catalog = new Catalog({
    store,
    api: {
      lists: async () => ({ outcome: 'ok', value: server.lists }),
      create: async () => UNREACHABLE,
    },
    environment: manualEnvironment(),
    titleNow: () => null,
    endOf: () => undefined,
    changed: () => {},
    doubt: (id) => doubted.push(id),
    refreshed: () => {},
    onError: () => {},
  })
  await catalog.load()
  const refresh = async (...named: string[]): Promise<string[]> => {
    server.lists = named.map((id) => ({ id, title: 'Shop', role: 'editor', seq: 1 }))
    await catalog.refresh()
    return doubted.splice(0)
  }
  return { catalog, store, refresh }
}

it('[SDKA-7] a list that the server does not name is asked once, and stays until it says that access has ended', async () => {
  const { catalog, refresh } = await catalogWith([LIST_ID])
  expect(await refresh()).toEqual([LIST_ID])
  expect(await refresh()).toEqual([])
  expect(catalog.ids()).toEqual([LIST_ID])
  expect(catalog.known(LIST_ID)).toMatchObject({ title: 'Shop', role: 'editor', end: null })
  expect(await refresh(LIST_ID)).toEqual([])
  expect(await refresh()).toEqual([LIST_ID])
})

it('[SDKA-6] a list that has ended is asked when the server names it: once for each time it ended', async () => {
  const { catalog, refresh } = await catalogWith([LIST_ID])
  expect(await refresh(LIST_ID)).toEqual([])
  catalog.ended(LIST_ID, END)
  expect(await refresh(LIST_ID)).toEqual([LIST_ID])
  expect(await refresh(LIST_ID)).toEqual([])
  expect(await refresh()).toEqual([])
  expect(await refresh(LIST_ID)).toEqual([LIST_ID])
  catalog.readmitted(LIST_ID)
  expect(catalog.known(LIST_ID).end).toBeNull()
})

it('[SDKA-4] what a page left behind that died while it locked a list is finished before anything of it is looked at', async () => {
  const { store } = await catalogWith([LIST_ID])
  await store.endList(LIST_ID, END)
  await store.appendBase(LIST_ID, new Uint8Array([0, 0]))
  await store.appendPending(LIST_ID, { update: new Uint8Array([0, 0]), changes: [], label: 'Add', at: 1 })
  const catalog = new Catalog({
    store,
    api: {
      lists: async () => UNREACHABLE,
      create: async () => UNREACHABLE,
    },
    environment: manualEnvironment(),
    titleNow: () => null,
    endOf: () => undefined,
    changed: () => {},
    doubt: () => {},
    refreshed: () => {},
    onError: () => {},
  })
  await catalog.load()
  expect(catalog.known(LIST_ID)).toMatchObject({ end: END })
  expect(await store.pendingLists()).toEqual([])
  expect(await store.load(LIST_ID)).toEqual({ base: [], pending: [], end: END })
  expect(await store.inbox(LIST_ID)).toMatchObject([{ label: 'Add', code: 'access-ended' }])
})
