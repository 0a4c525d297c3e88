import { expect, it } from 'vitest'
import type { Item } from '../../../client-sdk/src/list/types.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import { LIST_ID, ME, type Workbench, workbench } from './workbench.ts'

const WORDS = 'Ann removed you from this list.'

const titles = ({ list }: Workbench): string[] =>
  list.items
    .ids()
    .getSnapshot()
    .map((id) => list.items.item(id).getSnapshot()?.title ?? '')

/** A synced list with something of every kind in it. */
async function furnished(o: Parameters<typeof workbench>[0] = {}) {
  const bench = await workbench(o)
  const { list, server, settle } = bench
  await server.run(settle)
  const milk = list.items.add('Milk').value
  list.items.notes(milk).replace('Two bottles')
  list.items.remove(list.items.add('Old').value)
  list.sections.add('Fridge')
  list.labels.add('urgent')
  list.comments.add(milk, 'The blue one')
  await settle()
  await server.run(settle)
  return { ...bench, milk }
}

it('[SDKA-2][P-10] when access ends, nothing of the list is on the screen in that tick, with the server’s words, and it never joins again', async () => {
  const bench = await furnished()
  const { list, server, settle, environment, milk } = bench
  const seen: string[] = []
  const look = () => seen.push(`${list.access.getSnapshot().state} ${titles(bench).length}`)
  for (const readable of [list.access, list.status, list.items.ids(), list.info]) readable.subscribe(look)
  let rendered: Item | undefined = list.items.item(milk).getSnapshot()
  list.items.item(milk).subscribe(() => {
    rendered = list.items.item(milk).getSnapshot()
  })
  server.deny(4410, WORDS)
  expect(seen).toContain('ended 0')
  expect(seen).not.toContain('ended 1')
  expect(rendered).toBeUndefined()
  const { items, sections, labels, comments } = list
  const readables = [items.ids(), items.trash, sections, labels, comments.on(milk), list.conflicts]
  for (const readable of readables) expect(readable.getSnapshot()).toEqual([])
  expect(items.notes(milk).getSnapshot()).toBe('')
  expect(list.undoState.getSnapshot().canUndo).toBe(false)
  expect(Object.values(list.can.getSnapshot())).not.toContain(true)
  expect(list.info.getSnapshot()).toMatchObject({ title: 'Groceries', role: null, ended: true, open: 0 })
  expect(list.access.getSnapshot()).toMatchObject({
    state: 'ended',
    why: 'access-ended',
    message: WORDS,
    pending: 0,
  })
  expect(list.status.getSnapshot()).toMatchObject({
    state: 'attention',
    reason: 'access-revoked',
    message: WORDS,
  })

  const refused = { code: 'access-revoked', message: WORDS }
  await expect(list.items.add('Beer').confirmed).rejects.toMatchObject(refused)
  await expect(list.transact('Two', () => list.items.add('Wine')).confirmed).rejects.toMatchObject(refused)
  await expect(list.undo().confirmed).rejects.toMatchObject(refused)
  expect(titles(bench)).toEqual([])
  for (let minute = 0; minute < 120; minute += 1) environment.advance(60_000)
  await settle()
  expect(server.opened).toBe(1)
})

it('[SDKA-3][SDKA-4][F-12][P-24] what waited is in the inbox and nowhere else on the device, can be exported, and is never sent', async () => {
  const bench = await furnished()
  const { list, server, settle, storage, milk } = bench
  server.drop()
  const writes = [list.items.add('Beer'), list.items.toggle(milk), list.rename('Mine now')]
  await settle()
  const seen = new Set<unknown>()
  for (const readable of [list.access, list.items.ids(), list.refused, list.info]) {
    readable.subscribe(() => seen.add(list.access.getSnapshot()))
  }
  server.denial = { code: 4410, reason: WORDS }
  server.handshake()
  for (const { confirmed } of writes) {
    await expect(confirmed).rejects.toMatchObject({ code: 'access-revoked', message: WORDS })
  }
  await settle()
  expect(server.arrived).toEqual([])
  // Never a moment in which they seem lost.
  expect([...seen]).toMatchObject([{ state: 'ended', pending: 3 }])
  const kept = ['Add', 'Tick', 'Rename list'].map((label) => ({
    label,
    code: 'access-ended',
    message: WORDS,
  }))
  expect(list.refused.getSnapshot()).toMatchObject(kept)
  const exported = JSON.parse(await list.exportPending().text())
  expect(exported).toMatchObject({ pending: [], refused: kept })
  expect(JSON.stringify(exported)).toContain('Beer')
  await expect(list.refused.retry().confirmed).rejects.toMatchObject({ code: 'access-revoked' })
  expect(list.refused.getSnapshot()).toHaveLength(3)

  const store = await storage.open(ME)
  expect(await store.load(LIST_ID)).toMatchObject({ base: [], pending: [], end: { message: WORDS } })
  expect(await store.inbox(LIST_ID)).toMatchObject(kept)
  await expect(store.pendingLists()).resolves.toEqual([])
})

it('[SDKA-3][SDKA-6] after a reload the list is locked before anything is shown; asked for again and given, it comes back whole, and the inbox stays', async () => {
  const bench = await furnished()
  const { server, settle, storage } = bench
  server.drop()
  bench.list.items.add('Beer')
  await settle()
  server.denial = { code: 4410, reason: WORDS }
  server.handshake()
  await settle()
  await bench.open.shut()

  const later = await workbench({ server, storage })
  expect(server.opened).toBe(1)
  expect(later.list.access.getSnapshot()).toMatchObject({ state: 'ended', message: WORDS, pending: 1 })
  // Given again by now, and nobody has asked.
  server.denial = null
  for (let minute = 0; minute < 60; minute += 1) later.environment.advance(60_000)
  await later.settle()
  expect(server.opened).toBe(1)

  later.open.ask()
  later.open.ask()
  expect(server.opened).toBe(2)
  await server.run(later.settle)
  expect(later.list.access.getSnapshot()).toMatchObject({ state: 'member' })
  expect(titles(later)).toEqual(['Milk'])
  expect(server.doc.getMap('items').size).toBeGreaterThan(0)
  expect(JSON.stringify(server.doc.toJSON())).not.toContain('Beer')
  expect(later.list.refused.getSnapshot()).toHaveLength(1)
  expect(later.list.status.getSnapshot()).toMatchObject({ reason: 'update-rejected' })

  // By hand, and only then.
  await Promise.all([later.list.refused.retry().stored, server.run(later.settle)])
  await server.run(later.settle)
  expect(titles(later).sort()).toEqual(['Beer', 'Milk'])
  expect(JSON.stringify(server.doc.toJSON())).toContain('Beer')
  await later.open.shut()
  const last = await workbench({ server, storage })
  expect(last.list.access.getSnapshot()).toMatchObject({ state: 'member' })
  expect(titles(last).sort()).toEqual(['Beer', 'Milk'])
})

it('[SDKA-2][SDKA-6] asked again and turned away again, it stays locked and says the newest words; asked for and denied otherwise, too', async () => {
  const bench = await furnished()
  const { list, server, settle } = bench
  server.deny(4410, WORDS)
  server.denial = { code: 4411, reason: 'Ann deleted this list.' }
  const status = list.status.getSnapshot()
  if (status.state !== 'attention') throw new Error('It must ask for attention.')
  void status.retry()
  await server.run(settle)
  expect(server.opened).toBe(2)
  expect(list.access.getSnapshot()).toMatchObject({ why: 'list-deleted', message: 'Ann deleted this list.' })
  server.denial = { code: 4403, reason: 'No such list, or no access.' }
  bench.open.ask()
  await server.run(settle)
  expect(server.opened).toBe(3)
  expect(list.access.getSnapshot()).toMatchObject({ why: 'list-deleted' })
  server.denial = null
  bench.open.ask()
  await server.run(settle)
  expect(titles(bench)).toEqual(['Milk'])
})

it('[SDKA-7] no access, without a word that it was taken away, keeps everything: the server may have forgotten', async () => {
  const bench = await furnished()
  const { list, server, settle, storage } = bench
  server.drop()
  list.items.add('Beer')
  await settle()
  server.denial = { code: 4403, reason: 'No such list, or no access.' }
  server.handshake()
  await settle()
  expect(list.status.getSnapshot()).toMatchObject({ reason: 'access-revoked', pending: 1 })
  expect(list.access.getSnapshot()).toMatchObject({ state: 'member' })
  expect(titles(bench)).toEqual(['Milk', 'Beer'])
  const { base, pending, end } = await (await storage.open(ME)).load(LIST_ID)
  expect([base.length > 0, pending.length, end]).toEqual([true, 1, null])
  server.denial = null
  void (list.status.getSnapshot() as { retry?: () => Promise<void> }).retry?.()
  await server.run(settle)
  expect(list.status.getSnapshot().state).toBe('synced')
})

it('[SDKA-4] a page that died half way: its next start takes what is left to the inbox, and the rest away', async () => {
  const storage = createMemoryStorage()
  const { server, open, list, settle } = await furnished({ storage })
  server.drop()
  await list.items.add('Beer').stored
  await settle()
  await open.shut()
  const store = await storage.open(ME)
  const { base, pending } = await store.load(LIST_ID)
  await store.endList(LIST_ID, { why: 'access-ended', message: WORDS, at: 1 })
  // Another page that had not heard of it yet.
  for (const update of base) await store.appendBase(LIST_ID, update)
  for (const { key: _, ...edit } of pending) await store.appendPending(LIST_ID, edit)
  const later = await workbench({ server, storage })
  await later.settle()
  expect(titles(later)).toEqual([])
  expect(later.open.replica.ledger.size).toBe(0)
  expect(server.opened).toBe(1)
  expect(await store.load(LIST_ID)).toMatchObject({ base: [], pending: [] })
  expect(later.list.refused.getSnapshot().map(({ label }) => label)).toEqual(['Add', 'Add'])
})

it('[SDKA-5] let go of, nothing is left on the device, and nothing comes back there', async () => {
  const bench = await furnished()
  const { list, server, settle, storage } = bench
  server.drop()
  list.items.add('Beer')
  await settle()
  server.denial = { code: 4410, reason: WORDS }
  server.handshake()
  await settle()
  const status = list.status.getSnapshot()
  if (status.state !== 'attention') throw new Error('It must ask for attention.')
  await status.resolve()
  await bench.open.shut()
  const store = await storage.open(ME)
  expect(await store.load(LIST_ID)).toEqual({ base: [], pending: [], end: null })
  expect(await store.inbox(LIST_ID)).toEqual([])
  expect(await store.ends()).toEqual([])
})
