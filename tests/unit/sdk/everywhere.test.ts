import { expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Catalog } from '../../../client-sdk/src/client/catalog.ts'
import { createEverywhere } from '../../../client-sdk/src/client/everywhere.ts'
import type { Shelf } from '../../../client-sdk/src/client/shelf.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { DeviceStore } from '../../../client-sdk/src/local/port.ts'
import { createMemoryTabs } from '../../../client-sdk/src/tabs/memory-relay.ts'
import type { TabMessage } from '../../../client-sdk/src/tabs/port.ts'
import { manualEnvironment } from './manual-environment.ts'
import { testPage } from './test-page.ts'

const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function contentOf(title: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('list').set('title', [title, 'u_ann', 5])
  return Y.encodeStateAsUpdate(doc)
}

/** A device with two lists that nobody has open, of which the server has more. */
async function stage(o: { keepAhead?: boolean; taken?: (id: string, over: Set<string>) => void } = {}) {
  const environment = manualEnvironment()
  const device = await createMemoryStorage().open('u_me')
  for (const id of ['a', 'b'])
    await device.putList({ id, title: id, role: 'editor', creating: false, syncedAt: 5 })
  const page = testPage()
  const browser = createMemoryTabs()
  const otherTab = browser.open()
  const over = new Set<string>()
  const creating = new Set<string>()
  const changes = new Set<() => void>()
  const seen = {
    fetched: [] as string[],
    read: [] as string[],
    asked: [] as string[],
    said: [] as string[],
    noted: [] as [string, number | null][],
    states: {} as Record<string, { state: string; reason?: string }>,
  }
  otherTab.subscribe(({ type, listId }) => seen.said.push(`${type} ${listId}`))
  const store = new Proxy(device, {
    get: (target, name: keyof DeviceStore) => {
      if (name === 'load') {
        return (id: string) => {
          seen.read.push(id)
          return target.load(id)
        }
      }
      if (name === 'appendBaseWith') {
        return async (...[id, ...rest]: Parameters<DeviceStore['appendBaseWith']>) => {
          const isTaken = await target.appendBaseWith(id, ...rest)
          o.taken?.(id, over)
          return isTaken
        }
      }
      const value: unknown = target[name]
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const heads = new Map([
    ['a', 1],
    ['b', 1],
  ])
  const catalog: Pick<Catalog, 'heads' | 'has' | 'isRead' | 'known' | 'note' | 'renamed'> = {
    heads,
    isRead: true,
    has: (id) => !over.has(id),
    known: (id) => ({ creating: creating.has(id), authorId: null }) as ReturnType<Catalog['known']>,
    note: (id, { syncedAt }) => void seen.noted.push([id, syncedAt ?? null]),
    renamed: () => undefined,
  }
  const lists = ['a', 'b'].map((id) => ({ id, title: id, ended: false, isNew: false }))
  const shelf = {
    endOf: () => undefined,
    opened: () => undefined,
    doubt: () => undefined,
    overview: {
      lists: { getSnapshot: () => lists },
      status: { getSnapshot: () => ({ standing: seen.states }) },
      onChange: (listener: () => void) => {
        changes.add(listener)
        return () => changes.delete(listener)
      },
      changed: () => undefined,
    },
  }
  const everywhere = createEverywhere({
    ...{ environment, store, page, tabs: browser.open(), userId: () => 'u_me', token: async () => 't' },
    catalog: catalog as Catalog,
    shelf: shelf as unknown as Shelf,
    request: async ({ path }) => {
      seen.asked.push(path)
      return { outcome: 'unreachable', cause: null, status: null, retryAfterMs: null }
    },
    exchange: async ({ listId }) => {
      seen.fetched.push(listId)
      const said = {
        role: 'editor',
        authorId: 'u_me',
        settings: null,
        refusal: null,
        stateVector: null,
      } as const
      return {
        type: 'exchanged',
        exchanged: { ...said, update: contentOf(listId), seq: heads.get(listId) ?? 0 },
      }
    },
    keepAhead: o.keepAhead ?? true,
  })
  const pass = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 100) {
      environment.advance(100)
      for (let turn = 0; turn < 4; turn += 1) await moment()
    }
  }
  const overviewChanges = (): void => {
    for (const listener of changes) listener()
  }
  return {
    everywhere,
    environment,
    device,
    page,
    otherTab,
    over,
    creating,
    heads,
    seen,
    pass,
    overviewChanges,
  }
}

const messageOf = (type: TabMessage['type']): TabMessage => {
  const end = { why: 'access-ended', message: '', at: 5 } as const
  const mine = { pinned: false, folder: null, sort: 'manual', muted: false } as const
  const more = { update: new Uint8Array([0, 0]), pendingKey: null, keys: [], end, mine }
  return { type, listId: 'a', ...more } as TabMessage
}

it('[ALL-4][ALL-12] a list that was brought is noted, told to the other tabs, and its people are asked for; it is not called saved while something of it waits', async () => {
  const { everywhere, device, environment, seen, pass } = await stage()
  await device.appendPending('b', { update: contentOf('mine'), changes: [], label: '', at: 5 })
  const from = environment.now()
  everywhere.refreshed()
  await pass(5_000)
  expect(seen.fetched).toEqual(['a', 'b'])
  expect(seen.noted).toEqual([
    ['a', expect.any(Number)],
    ['b', null],
  ])
  expect(seen.noted[0]?.[1]).toBeGreaterThan(from)
  expect(seen.said).toEqual(['fresh a', 'fresh b'])
  expect(seen.asked).toEqual(['/lists/a/members', '/lists/b/members'])
})

it('[ALL-3][ALL-7] of a list that is over by the time it is stored nothing is told, and one that is given again is brought again', async () => {
  const { everywhere, over, seen, pass, overviewChanges } = await stage({
    taken: (id, ended) => id === 'a' && seen.fetched.length === 1 && ended.add(id),
  })
  everywhere.refreshed()
  await pass(5_000)
  expect(seen.fetched).toEqual(['a', 'b'])
  expect(seen.said).toEqual(['fresh b'])
  expect(seen.noted.map(([id]) => id)).toEqual(['b'])
  overviewChanges()
  over.clear()
  everywhere.refreshed()
  await pass(5_000)
  expect(seen.fetched).toEqual(['a', 'b', 'a'])
})

it('[ALL-8] nothing is brought to a page that nobody sees, while lists are read or saved, to a device that fails, or against the app’s will', async () => {
  const { everywhere, page, creating, seen, pass } = await stage()
  page.hide()
  everywhere.refreshed()
  await pass(10_000)
  page.look()
  const busy = [
    { state: 'loading' },
    { state: 'saving' },
    { state: 'synced', reason: 'quota' },
    { state: 'synced', reason: 'storage-failed' },
  ]
  for (const standing of busy) {
    seen.states = { b: standing }
    await pass(5_000)
    expect(seen.fetched).toEqual([])
  }
  seen.states = { b: { state: 'synced' } }
  creating.add('b')
  await pass(10_000)
  // What is made here is not the server's yet.
  expect(seen.fetched).toEqual(['a'])

  const unwilling = await stage({ keepAhead: false })
  unwilling.everywhere.refreshed()
  await unwilling.pass(10_000)
  expect(unwilling.seen.fetched).toEqual([])
})

it('[ALL-8] what another tab has brought is left to it for a while', async () => {
  const { everywhere, otherTab, seen, pass } = await stage()
  otherTab.post({ type: 'fresh', listId: 'a' })
  await moment()
  everywhere.refreshed()
  await pass(10_000)
  expect(seen.fetched).toEqual(['b'])
})

it('[ALL-1] a list is read again when another tab says anything by which the device has something else of it, and only then', async () => {
  const { everywhere, otherTab, seen, pass } = await stage()
  everywhere.items({}).subscribe(() => {})
  await pass(1_000)
  expect(seen.read).toEqual(['a', 'b'])
  for (const type of ['update', 'confirmed', 'refused', 'rebased', 'fresh', 'readmitted'] as const) {
    seen.read.length = 0
    otherTab.post(messageOf(type))
    await pass(1_000)
    expect([type, seen.read]).toEqual([type, ['a']])
  }
  seen.read.length = 0
  for (const type of ['inbox', 'mine', 'forgotten', 'ended'] as const) otherTab.post(messageOf(type))
  await pass(1_000)
  expect(seen.read).toEqual([])
})

it('[ALL-3] after the end nothing is read, brought or told', async () => {
  const { everywhere, otherTab, seen, pass } = await stage()
  everywhere.items({}).subscribe(() => {})
  await pass(1_000)
  everywhere.refreshed()
  everywhere.close()
  seen.read.length = 0
  for (const type of ['update', 'fresh'] as const) otherTab.post(messageOf(type))
  await pass(10_000)
  expect(seen).toMatchObject({ read: [], fetched: [], said: [], asked: [] })
  expect(everywhere.items({}).getSnapshot().rows).toEqual([])
})
