import { afterEach, expect, it } from 'vitest'
import { createClient } from '../../../client-sdk/src/client.ts'
import type { Item, List } from '../../../client-sdk/src/list/types.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { StorageAdapter, StoredList } from '../../../client-sdk/src/local/port.ts'
import { createMemoryTabs } from '../../../client-sdk/src/tabs/memory-relay.ts'
import type { TabMessage } from '../../../client-sdk/src/tabs/port.ts'
import type { AcrossRow, AcrossView, Client } from '../../../client-sdk/src/types.ts'
import { manualEnvironment } from './manual-environment.ts'

const token = `x.${btoa(JSON.stringify({ sub: 'u_me', name: 'Me' }))}.x`
const open: Client[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()))
})

const idOf = (n: number): string => `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`
const row = (n: number): StoredList => {
  return { id: idOf(n), title: `List ${n}`, role: 'editor', creating: false, syncedAt: 5 }
}

interface Browser {
  readonly storage: StorageAdapter
  tab(): Client
  /** As a tab of which the test knows more. */
  say(message: TabMessage): void
  /** Lets what is under way come to rest. */
  rest(): Promise<void>
}

/** A browser without a network, with this many empty lists on the device. */
async function browserWith(lists: number): Promise<Browser> {
  const environment = manualEnvironment()
  const storage = createMemoryStorage()
  const tabs = createMemoryTabs()
  const device = await storage.open('u_me')
  for (let n = 0; n < lists; n += 1) await device.putList(row(n))
  const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const someTab = tabs.open()
  return {
    storage,
    say: (message) => someTab.post(message),
    tab: () => {
      const client = createClient({
        url: 'http://127.0.0.1:9',
        token,
        storage,
        tabs: tabs.open(),
        fetch: async () => {
          throw new TypeError('There is no network here.')
        },
        environment,
      })
      open.push(client)
      return client
    },
    rest: async () => {
      for (let turn = 0; turn < 12; turn += 1) {
        environment.advance(100)
        for (let at = 0; at < 4; at += 1) await moment()
      }
    },
  }
}

const VIEWS: readonly AcrossView[] = [
  {},
  { trash: true },
  { text: 'MILK 1' },
  { assignee: 'me', done: false },
  { dueUntil: '2024-03-15', done: false },
  { done: true, limit: 5 },
]

/** What the view must show, from what a tab has on its screen that has every list open. */
function expected(lists: readonly List[], view: AcrossView): string[] {
  const sorted = [...lists].sort((a, b) => titleOf(a).localeCompare(titleOf(b)) || (a.id < b.id ? -1 : 1))
  const found = sorted.flatMap((list) => {
    const live = list.items
      .ids()
      .getSnapshot()
      .map((id) => list.items.item(id).getSnapshot() as Item)
    const items = view.trash ? list.items.trash.getSnapshot() : live
    return items.filter((item) => isIn(item, view)).map((item) => ({ list, item }))
  })
  const due = ({ item }: { item: Item }) => `${item.due?.date} ${item.due?.time ?? '\uffff'}`
  if (view.dueUntil !== undefined) found.sort((a, b) => (due(a) < due(b) ? -1 : Number(due(a) > due(b))))
  if (view.trash) found.sort((a, b) => (b.item.deleted?.at ?? 0) - (a.item.deleted?.at ?? 0))
  const spelled = found.map(({ list, item }) => JSON.stringify([list.id, titleOf(list), item]))
  return spelled.slice(0, view.limit ?? spelled.length)
}

function isIn(item: Item, { text, assignee, done, dueUntil }: AcrossView): boolean {
  const words = (text ?? '').toLowerCase().split(' ')
  const matches = words.every((word) => `${item.title} ${item.notes}`.toLowerCase().includes(word))
  const isMine = assignee === undefined || item.assignees.includes('u_me')
  const isDue = dueUntil === undefined || (item.due !== null && item.due.date <= dueUntil)
  return matches && isMine && isDue && (done === undefined || item.done === done)
}

const titleOf = (list: List): string => list.info.getSnapshot().title
const spell = ({ listId, listTitle, item }: AcrossRow): string => JSON.stringify([listId, listTitle, item])

/** One random thing a person does to a list. */
function act(list: List, random: (below: number) => number, step: number): void {
  const ids = list.items.ids().getSnapshot()
  const trash = list.items.trash.getSnapshot()
  const id = ids[random(ids.length)]
  const kind = random(8)
  if (id === undefined || kind < 2) list.items.add(`Milk ${step}`)
  else if (kind === 2) list.items.toggle(id)
  else if (kind === 3) list.items.update(id, { due: { date: `2024-03-${10 + random(15)}` } })
  else if (kind === 4) list.items.assign(id, random(2) === 0 ? { add: ['u_me'] } : { remove: ['u_me'] })
  else if (kind === 5) list.items.remove(id)
  else if (kind === 6 && trash[0] !== undefined) list.items.restore(trash[0].id)
  else if (kind === 7) list.rename(`List ${random(99)}`)
  else list.items.notes(id).replace(`oat milk ${step}`)
}

for (const seed of [1, 2, 3]) {
  it(`[ALL-1] every view shows what all lists together show, whichever tab writes and whatever is open (seed ${seed})`, async () => {
    const browser = await browserWith(6)
    const [writer, reader] = [browser.tab(), browser.tab()]
    let state = seed * 7_919
    const random = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647
      return state % Math.max(1, below)
    }
    await browser.rest()
    const views = VIEWS.map((view) => reader.items(view))
    const stops = views.map((view) => view.subscribe(() => {}))
    const lists = [0, 1, 2, 3, 4, 5].map((n) => writer.lists.open(idOf(n)))
    let before = new Map<string, AcrossRow>()
    for (let step = 0; step < 40; step += 1) {
      const [list, other] = [lists[random(6)], idOf(random(6))]
      if (list !== undefined) act(list, random, step)
      if (random(3) === 0) reader.lists.open(other)
      if (random(4) === 0) void reader.lists.open(other).close()
      await browser.rest()
      for (const [at, view] of VIEWS.entries()) {
        const across = views[at]?.getSnapshot()
        expect(across?.rows.map(spell)).toEqual(expected(lists, view))
        expect(across?.isComplete).toBe(true)
      }
      for (const one of views[0]?.getSnapshot().rows ?? []) {
        const old = before.get(one.item.id)
        if (old !== undefined && spell(old) === spell(one)) expect(old).toBe(one)
      }
      before = new Map(views[0]?.getSnapshot().rows.map((one) => [one.item.id, one]))
    }
    for (const stop of stops) stop()
  })
}

it('[ALL-2] the same view is the same readable, which is the same snapshot until something of it changes', async () => {
  const browser = await browserWith(2)
  const client = browser.tab()
  await browser.rest()
  const today = client.items({ dueUntil: '2024-03-15', done: false })
  expect(client.items({ done: false, dueUntil: '2024-03-15' })).toBe(today)
  let told = 0
  const stop = today.subscribe(() => {
    told += 1
  })
  const list = client.lists.open(idOf(0))
  await browser.rest()
  const nothing = today.getSnapshot()
  expect(nothing).toMatchObject({ rows: [], isComplete: true, missing: 1 })
  const toldBefore = told
  list.items.add('Some day')
  await browser.rest()
  expect(today.getSnapshot()).toBe(nothing)
  expect(told).toBe(toldBefore)
  list.items.add({ title: 'Soon', due: { date: '2024-03-14' } })
  await browser.rest()
  expect(today.getSnapshot().rows.map(({ item }) => item.title)).toEqual(['Soon'])
  expect(Object.isFrozen(today.getSnapshot().rows[0])).toBe(true)
  expect(told).toBe(toldBefore + 1)
  const search = client.items({ text: 'milk 0' })
  for (let letters = 0; letters < 200; letters += 1) client.items({ text: `milk ${letters}` })
  expect(client.items({ dueUntil: '2024-03-15', done: false })).toBe(today)
  // Nobody looks at it, so it is not kept for ever.
  expect(client.items({ text: 'milk 0' })).not.toBe(search)
  expect(client.items({ limit: 1 })).not.toBe(client.items({ limit: 2 }))
  expect(client.items({ limit: -1 }).getSnapshot().rows).toEqual([])
  // Who goes from one page to the next finds what has been read, however long they stay there.
  stop()
  const again = today.subscribe(() => {})
  for (let turn = 0; turn < 12; turn += 1) await browser.rest()
  expect(client.items({ dueUntil: '2024-03-15', done: false })).toBe(today)
  again()
})

it('[ALL-1][ALL-3] a view says that it is complete once all lists are in it, and knows this person under every id', async () => {
  const browser = await browserWith(3)
  const writer = browser.tab()
  await browser.rest()
  for (const n of [0, 1, 2]) {
    const list = writer.lists.open(idOf(n))
    const id = list.items.add(`Item ${n}`).value
    list.items.assign(id, { add: [n === 0 ? 'u_guest' : 'u_me'] })
  }
  await browser.rest()
  await writer.close()
  const device = await browser.storage.open('u_me')
  // Saved meanwhile: a list of which something waits would be opened, to send it.
  for (const n of [0, 1, 2]) {
    const { pending } = await device.load(idOf(n))
    const keys = pending.map(({ key }) => key)
    await device.confirm(idOf(n), keys)
  }
  for (const n of [0, 1]) await device.putList({ ...row(n), authorId: 'u_guest' })
  await device.putList({ ...row(3), creating: true })
  const client = browser.tab()
  const mine = client.items({ assignee: 'me' })
  const told: string[] = []
  const say = (): void => {
    const { rows, isComplete, missing } = mine.getSnapshot()
    if (isComplete) told.push(`${rows.map(({ item }) => item.title).join()} ${missing}`)
  }
  mine.subscribe(say)
  say()
  await browser.rest()
  // A list that was only just made is not missing anything.
  expect(new Set(told)).toEqual(new Set(['Item 0,Item 1,Item 2 0']))
})

it('[ALL-3][P-24] nothing of a list is in any view from the moment its access ends, or the person signs out', async () => {
  const browser = await browserWith(3)
  const [client, other] = [browser.tab(), browser.tab()]
  await browser.rest()
  for (const n of [0, 1, 2]) other.lists.open(idOf(n)).items.add(`Secret ${n}`)
  const all = client.items({})
  const told: string[][] = []
  all.subscribe(() => told.push(all.getSnapshot().rows.map(({ item }) => item.title)))
  await browser.rest()
  expect(told.at(-1)).toEqual(['Secret 0', 'Secret 1', 'Secret 2'])
  client.lists.open(idOf(0))
  await browser.rest()
  const end = { why: 'access-ended', message: 'Ann removed you.', at: 7 } as const
  for (const n of [0, 1]) browser.say({ type: 'ended', listId: idOf(n), end })
  // In that tick, and without a timer.
  await Promise.resolve()
  expect(told.at(-1)).toEqual(['Secret 2'])
  await browser.rest()
  expect(all.getSnapshot().rows.map(({ item }) => item.title)).toEqual(['Secret 2'])
  await client.signOut({ discardPending: true })
  expect(told.at(-1)).toEqual([])
  await browser.rest()
  expect(all.getSnapshot().rows).toEqual([])
})
