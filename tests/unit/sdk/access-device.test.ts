import { expect, it } from 'vitest'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { DeviceStore } from '../../../client-sdk/src/local/port.ts'
import { createMemoryTabs } from '../../../client-sdk/src/tabs/memory-relay.ts'
import { manualEnvironment } from './manual-environment.ts'
import { LIST_ID, ME, type Workbench, workbench } from './workbench.ts'

const WORDS = 'Ann removed you from this list.'

const titles = ({ list }: Workbench): string[] =>
  list.items
    .ids()
    .getSnapshot()
    .map((id) => list.items.item(id).getSnapshot()?.title ?? '')

async function twoTabs(): Promise<[Workbench, Workbench]> {
  const tabs = createMemoryTabs()
  const storage = createMemoryStorage()
  const environment = manualEnvironment()
  const one = await workbench({ storage, environment, tabs: tabs.open() })
  const two = await workbench({ storage, environment, tabs: tabs.open() })
  await one.server.run(one.settle)
  await two.server.run(two.settle)
  return [one, two]
}

it('[SDKA-2][SDKA-3][SDKA-4] ended in one tab, it ends in the other, with the edits of both in the inbox of both and nothing else stored', async () => {
  const [one, two] = await twoTabs()
  one.list.items.add('Milk')
  await one.server.run(one.settle)
  one.server.drop()
  two.server.drop()
  one.list.items.add('from one')
  two.list.items.add('from two')
  await one.settle()
  expect(titles(two).sort()).toEqual(['Milk', 'from one', 'from two'])
  one.server.denial = { code: 4410, reason: WORDS }
  one.server.handshake()
  // In the very moment, before the other tab can have heard of it.
  const late = two.list.items.add('too late')
  expect(titles(two)).toContain('too late')
  await one.settle()
  await expect(late.confirmed).rejects.toMatchObject({ code: 'access-revoked', message: WORDS })
  expect(titles(two)).toEqual([])
  expect(two.list.access.getSnapshot()).toMatchObject({ state: 'ended', message: WORDS, pending: 3 })
  expect(one.list.access.getSnapshot()).toMatchObject({ pending: 3 })
  expect(one.list.refused.getSnapshot()).toHaveLength(3)

  // It goes on being locked here, whatever a tab that has heard nothing says.
  await two.settle()
  expect(two.server.needsHandshake).toBe(false)
  const store = await one.storage.open(ME)
  expect(await store.load(LIST_ID)).toMatchObject({ base: [], pending: [], end: { message: WORDS } })
  expect(await store.inbox(LIST_ID)).toHaveLength(3)
})

it('[SDKA-2] what another tab goes on writing is neither shown nor sent by a tab that is locked', async () => {
  const tabs = createMemoryTabs()
  const storage = createMemoryStorage()
  const bench = await workbench({ storage, tabs: tabs.open() })
  await bench.server.run(bench.settle)
  const deaf = tabs.open()
  bench.server.deny(4410, WORDS)
  const other = await workbench({ storage: createMemoryStorage() })
  other.list.items.add('Beer')
  const [edit] = other.open.replica.ledger.edits()
  if (edit === undefined) throw new Error('There is no edit.')
  deaf.post({ type: 'update', listId: LIST_ID, update: edit.update, changes: edit.changes, pendingKey: 99 })
  deaf.post({ type: 'rebased', listId: LIST_ID })
  await bench.settle()
  bench.environment.advance(10_000)
  expect(titles(bench)).toEqual([])
  expect(bench.open.replica.ledger.size).toBe(0)
})

it('[SDKA-6] given again in one tab, the other asks too, and both show the list', async () => {
  const [one, two] = await twoTabs()
  one.list.items.add('Milk')
  await one.server.run(one.settle)
  two.server.write((doc) =>
    doc.getMap('items').set('item00000001', { title: 'Tea', order: 'a5', by: 'u_ben', at: 1 }),
  )
  one.server.deny(4410, WORDS)
  await one.settle()
  expect(titles(two)).toEqual([])
  one.server.denial = null
  one.open.ask()
  await one.server.run(one.settle)
  await two.server.run(two.settle)
  expect(titles(one)).toEqual(['Milk'])
  expect(titles(two)).toEqual(['Tea'])
  expect(two.list.access.getSnapshot().state).toBe('member')
})

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

it('[SDKA-3] an edit that the device was still writing when access ended is in the inbox there, once', async () => {
  const { storage, release } = slowStorage()
  const { list, server, settle } = await workbench({ storage })
  await server.run(settle)
  server.drop()
  list.items.add('Beer')
  server.denial = { code: 4410, reason: WORDS }
  server.handshake()
  expect(list.refused.getSnapshot()).toHaveLength(1)
  await settle()
  release()
  await settle()
  const store = await storage.open(ME)
  expect((await store.inbox(LIST_ID)).map(({ label, code }) => [label, code])).toEqual([
    ['Add', 'access-ended'],
  ])
  expect((await store.load(LIST_ID)).pending).toEqual([])
  expect(list.refused.getSnapshot()).toHaveLength(1)
})

it('[SDKA-3] one that the server had confirmed by then is not among the unsaved', async () => {
  const { storage, release } = slowStorage()
  const { list, server, settle } = await workbench({ storage })
  await server.run(settle)
  const write = list.items.add('Beer')
  await settle()
  server.answer()
  await write.confirmed
  server.deny(4410, WORDS)
  release()
  await settle()
  const store = await storage.open(ME)
  expect(await store.inbox(LIST_ID)).toEqual([])
  expect(await store.load(LIST_ID)).toMatchObject({ base: [], pending: [] })
  expect(list.access.getSnapshot()).toMatchObject({ pending: 0 })
})

it('[SDKA-4][LOCAL-6] a device that fails just then is purged when it works again, and it is said until then', async () => {
  const storage = createMemoryStorage()
  const { list, server, settle, environment } = await workbench({ storage })
  await server.run(settle)
  list.items.add('Milk')
  await settle()
  await server.run(settle)
  server.drop()
  await list.items.add('Beer').stored
  storage.failWrites('broken')
  list.items.add('Wine')
  await settle()
  server.denial = { code: 4410, reason: WORDS }
  server.handshake()
  await settle()
  expect(list.status.getSnapshot()).toMatchObject({ state: 'attention', reason: 'storage-failed' })
  expect(list.access.getSnapshot()).toMatchObject({ state: 'ended', pending: 2 })
  storage.failWrites(null)
  environment.advance(5_000)
  await settle()
  const store = await storage.open(ME)
  expect(await store.load(LIST_ID)).toMatchObject({ base: [], pending: [], end: { message: WORDS } })
  expect((await store.inbox(LIST_ID)).map(({ changes }) => JSON.stringify(changes))).toMatchObject([
    expect.stringContaining('Beer'),
    expect.stringContaining('Wine'),
  ])
  expect(list.refused.getSnapshot()).toHaveLength(2)
  expect(list.status.getSnapshot()).toMatchObject({ reason: 'access-revoked' })
})

it('[SDKA-4][SDKA-6] given again before a failing device came to purge it: the new copy stays, and the old edits are set aside', async () => {
  const storage = createMemoryStorage()
  const bench = await workbench({ storage })
  const { list, server, settle, environment } = bench
  await server.run(settle)
  server.drop()
  await list.items.add('Beer').stored
  storage.failWrites('broken')
  server.denial = { code: 4410, reason: WORDS }
  server.handshake()
  await settle()
  server.denial = null
  bench.open.ask()
  await server.run(settle)
  list.items.add('Milk')
  await settle()
  storage.failWrites(null)
  // The first thing the device does again, before what it owes.
  list.items.add('Tea')
  await settle()
  environment.advance(5_000)
  await settle()
  await server.run(settle)
  await settle()
  const store = await storage.open(ME)
  const { pending, end } = await store.load(LIST_ID)
  expect([pending, end]).toEqual([[], null])
  expect((await store.inbox(LIST_ID)).map(({ changes }) => JSON.stringify(changes))).toMatchObject([
    expect.stringContaining('Beer'),
  ])
  expect(titles(bench)).toEqual(['Milk', 'Tea'])
  await bench.open.shut()
  const later = await workbench({ storage, server })
  expect(titles(later)).toEqual(['Milk', 'Tea'])
})

it('[SDKA-4] what the server had sent, and the device was slow to take and then did not, is not written when it is tried again', async () => {
  const storage = createMemoryStorage()
  let giveUp = (): void => {}
  const slow = (store: DeviceStore): DeviceStore => {
    const append = store.appendBase.bind(store)
    let isFirst = true
    store.appendBase = (listId, update) => {
      if (!isFirst) return append(listId, update)
      isFirst = false
      return new Promise((_, reject) => {
        giveUp = () => reject(new Error('The device gave it up.'))
      })
    }
    return store
  }
  const open = async (id: string) => slow(await storage.open(id))
  const { server, settle, environment } = await workbench({ storage: { ...storage, open } })
  server.write((doc) =>
    doc.getMap('items').set('item00000001', { title: 'Tea', order: 'a5', by: 'u_ben', at: 1 }),
  )
  await server.run(settle)
  server.deny(4410, WORDS)
  await settle()
  giveUp()
  await settle()
  environment.advance(5_000)
  await settle()
  const { base } = await (await storage.open(ME)).load(LIST_ID)
  expect(base).toEqual([])
})

it('[SDKA-3] an edit that was just being given other bytes is in the inbox once', async () => {
  const storage = createMemoryStorage()
  const { list, server, settle } = await workbench({ storage })
  await server.run(settle)
  server.judge = (update) => (new TextDecoder('latin1').decode(update).includes('BAD') ? 'too-large' : null)
  list.items.add('BAD')
  list.items.add('Beer')
  await settle()
  while (list.refused.getSnapshot().length === 0) {
    if (server.needsHandshake) server.handshake()
    server.answer()
    await settle()
  }
  // It built on what was refused, so the end of this handshake makes it anew.
  server.handshake()
  expect(list.access.getSnapshot().state).toBe('member')
  server.deny(4410, WORDS)
  await settle()
  const kept = await (await storage.open(ME)).inbox(LIST_ID)
  expect(kept.map(({ code }) => code)).toEqual(['too-large', 'access-ended'])
  expect(list.refused.getSnapshot()).toHaveLength(2)
})
