import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { Ahead } from '../../../client-sdk/src/ahead/ahead.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { Outcome } from '../../../client-sdk/src/polling/exchange.ts'
import { manualEnvironment } from './manual-environment.ts'

const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function contentOf(title: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('list').set('title', title)
  return Y.encodeStateAsUpdate(doc)
}

function exchanged(id: string, seq: number): Outcome {
  const said = { role: 'editor', authorId: 'u_me', settings: null, refusal: null, stateVector: null } as const
  return { type: 'exchanged', exchanged: { ...said, update: contentOf(id), seq } }
}

/** A device, and a server whose answers are in the test's hand. */
async function stage(lists: readonly string[]) {
  const environment = manualEnvironment()
  const storage = createMemoryStorage()
  const store = await storage.open('me')
  for (const id of lists) {
    await store.putList({ id, title: id, role: 'editor', creating: false, syncedAt: null })
  }
  const server = {
    heads: new Map(lists.map((id) => [id, 1])),
    answer: (id: string): Outcome => exchanged(id, server.heads.get(id) ?? 0),
    asked: [] as string[],
    /** How many writers' edits the device said it has. */
    knew: [] as number[],
    underWay: 0,
    mostUnderWay: 0,
  }
  const here = {
    isBusy: false,
    exempt: new Set<string>(),
    doubted: [] as string[],
    brought: [] as string[],
    /** Those of which nothing waits to be sent. */
    whole: [] as string[],
  }
  const ahead = new Ahead({
    environment,
    store,
    heads: () => server.heads,
    isBusy: () => here.isBusy,
    isExempt: (id) => here.exempt.has(id),
    doubt: (id) => here.doubted.push(id),
    brought: (id, _said, isWhole) => {
      here.brought.push(id)
      if (isWhole) here.whole.push(id)
    },
    fetch: async (id, stateVector) => {
      server.asked.push(id)
      server.knew.push(Y.decodeStateVector(stateVector).size)
      server.underWay += 1
      server.mostUnderWay = Math.max(server.mostUnderWay, server.underWay)
      await moment()
      server.underWay -= 1
      return server.answer(id)
    },
  })
  const pass = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 100) {
      environment.advance(100)
      for (let turn = 0; turn < 4; turn += 1) await moment()
    }
  }
  return { ahead, server, here, storage, store, pass, environment }
}

it('[ALL-5] lists are brought one at a time, with a pause between two, those first of which nothing is here', async () => {
  const { ahead, server, store, pass, here } = await stage(['a', 'b', 'c'])
  await store.appendBaseWith('a', contentOf('a'), { name: 'ahead', value: 0 })
  ahead.soon()
  ahead.soon()
  await pass(3_000)
  expect(server.asked).toEqual(['b', 'c', 'a'])
  expect(server.mostUnderWay).toBe(1)
  expect(here.brought).toEqual(['b', 'c', 'a'])
  ahead.soon()
  await pass(5_000)
  expect(server.asked).toHaveLength(3)
  server.heads.set('c', 2)
  ahead.soon()
  await pass(3_000)
  expect(server.asked).toEqual(['b', 'c', 'a', 'c'])
  expect((await store.facts('ahead')).map(({ id, value }) => [id, value]).sort()).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 2],
  ])
})

it('[ALL-8] waits while something else is going on, leaves open lists and those of other tabs alone, and stops when it is closed', async () => {
  const { ahead, server, here, pass } = await stage(['a', 'b', 'c'])
  here.isBusy = true
  here.exempt.add('a')
  ahead.elsewhere('b')
  ahead.soon()
  await pass(20_000)
  expect(server.asked).toEqual([])
  here.isBusy = false
  await pass(4_000)
  expect(server.asked).toEqual(['c'])
  await pass(60_000)
  here.exempt.clear()
  ahead.soon()
  await pass(3_000)
  expect(server.asked).toEqual(['c', 'a', 'b'])
  server.heads.set('a', 9)
  ahead.soon()
  ahead.close()
  await pass(60_000)
  expect(server.asked).toHaveLength(3)
})

it('[ALL-8] who does not answer is asked ever more rarely, and never before the time the server asks for', async () => {
  const { ahead, server, pass } = await stage(['a'])
  server.answer = () => ({ type: 'lost' })
  ahead.soon()
  await pass(60_000)
  const whileLost = server.asked.length
  expect(whileLost).toBeGreaterThan(1)
  expect(whileLost).toBeLessThan(6)
  // It has said how far the lists are, so it can be reached.
  server.answer = (id) => exchanged(id, 1)
  ahead.soon()
  await pass(2_000)
  expect(server.asked).toHaveLength(whileLost + 1)
  server.heads.set('a', 2)
  ahead.soon()
  server.answer = () => ({ type: 'closed', reason: '4529 200: busy' })
  await pass(100_000)
  const before = server.asked.length
  await pass(190_000)
  expect(server.asked.length).toBeLessThanOrEqual(before + 1)
})

it('[ALL-7] what the server does not give is asked once, and what ends while it is fetched is not stored', async () => {
  const { ahead, server, here, store, pass } = await stage(['a', 'b'])
  server.answer = (id) => {
    if (id === 'a') return { type: 'closed', reason: '4410 Ann removed you from this list.' }
    here.exempt.add('b')
    return exchanged('b', 1)
  }
  ahead.soon()
  await pass(30_000)
  ahead.soon()
  await pass(30_000)
  expect(server.asked).toEqual(['a', 'b'])
  expect(here.doubted).toEqual(['a'])
  expect((await store.load('b')).base).toEqual([])
  expect(here.brought).toEqual([])
})

it('[ALL-7] a list that was given up and is given again is brought again', async () => {
  const { ahead, server, store, pass } = await stage(['a'])
  ahead.soon()
  await pass(3_000)
  await store.dropList('a')
  ahead.sweep((id) => id === 'a')
  await store.putList({ id: 'a', title: 'a', role: 'editor', creating: false, syncedAt: null })
  ahead.soon()
  await pass(3_000)
  expect(server.asked).toEqual(['a', 'a'])
  expect((await store.load('a')).base).toHaveLength(1)
})

it('[ALL-7] a list that is gone when it arrives is brought for nobody, and one whose end the device has noted is not fetched', async () => {
  const { ahead, server, here, store, pass } = await stage(['a', 'b'])
  const end = { why: 'access-ended', message: 'Ann removed you.', at: 7 } as const
  await store.endList('b', end)
  server.answer = (id) => {
    void store.dropList('a')
    return exchanged(id, 1)
  }
  ahead.soon()
  await pass(5_000)
  expect(server.asked).toEqual(['a'])
  expect(here.brought).toEqual([])
  expect(await store.facts('ahead')).toEqual([])
})

it('[ALL-4][ALL-5] edits that wait are not taken for the server’s; a list that has them is not called whole, and what the server says of its log counts', async () => {
  const { ahead, server, here, store, pass } = await stage(['a', 'b'])
  await store.appendPending('a', { update: contentOf('mine'), changes: [], label: '', at: 5 })
  server.answer = (id) => exchanged(id, 3)
  ahead.soon()
  await pass(3_000)
  expect(here.brought).toEqual(['a', 'b'])
  expect(here.whole).toEqual(['b'])
  expect(server.knew).toEqual([0, 0])
  // Somebody wrote while they were brought, and that came too.
  for (const id of ['a', 'b']) server.heads.set(id, 3)
  ahead.soon()
  await pass(3_000)
  expect(server.asked).toHaveLength(2)

  server.answer = () => ({
    type: 'exchanged',
    exchanged: {
      ...{ role: 'editor', authorId: 'u_me', settings: null, refusal: null, stateVector: null },
      ...{ update: new Uint8Array([0, 0]), seq: 4 },
    },
  })
  server.heads.set('b', 4)
  ahead.soon()
  await pass(3_000)
  expect(server.knew).toEqual([0, 0, 1])
  expect((await store.load('b')).base).toHaveLength(1)
  expect(await store.fact('b', 'ahead')).toBe(4)
})

it('[ALL-8] what failed once is forgotten with the first answer, and so is another tab’s work when the clock is set back', async () => {
  const { ahead, server, pass, environment } = await stage(['a', 'b', 'c'])
  server.answer = () => ({ type: 'closed', reason: '4529 1: busy' })
  ahead.soon()
  await pass(60_000)
  const failed = server.asked.length
  server.answer = (id) => exchanged(id, 1)
  await pass(70_000)
  expect(server.asked.length).toBe(failed + 3)
  server.answer = () => ({ type: 'closed', reason: '4529 1: busy' })
  server.heads.set('a', 2)
  ahead.soon()
  await pass(16_000)
  // Asked again after some four seconds, and not after a minute.
  expect(server.asked.length).toBeGreaterThan(failed + 4)
  server.answer = (id) => exchanged(id, 2)
  await pass(60_000)
  const before = server.asked.length
  ahead.elsewhere('a')
  environment.setBack(3_600_000)
  server.heads.set('a', 3)
  ahead.soon()
  await pass(5_000)
  expect(server.asked.slice(before)).toEqual(['a'])
})

it('[ALL-5] of very many lists the first three hundred are brought, and the others when they are opened', async () => {
  const ids = Array.from({ length: 305 }, (_, n) => `list ${n}`)
  const { ahead, server, pass } = await stage(ids)
  ahead.soon()
  await pass(120_000)
  expect(server.asked).toEqual(ids.slice(0, 300))
})

it('[ALL-8] a device that is full is not filled further for a while', async () => {
  const { ahead, server, storage, here, pass } = await stage(['a', 'b'])
  storage.failWrites('quota')
  ahead.soon()
  await pass(120_000)
  ahead.soon()
  await pass(120_000)
  expect(server.asked).toEqual(['a'])
  storage.failWrites(null)
  await pass(600_000)
  expect(here.brought).toEqual(['a', 'b'])
})
