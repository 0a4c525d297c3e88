import { afterEach, expect, it } from 'vitest'
import { createClient } from '../../../client-sdk/src/client.ts'
import {
  copyList,
  exportList,
  importInto,
  moveToList,
  type Parsed,
  readImport,
} from '../../../client-sdk/src/exchange/index.ts'
import { holdList, withList } from '../../../client-sdk/src/hold.ts'
import type { List } from '../../../client-sdk/src/list/types.ts'
import { createMemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import type { Client } from '../../../client-sdk/src/types.ts'
import { until } from '../../support/until.ts'
import { manualEnvironment } from '../sdk/manual-environment.ts'
import { workbench } from '../sdk/workbench.ts'

const token = `x.${btoa(JSON.stringify({ sub: 'u_me', name: 'Me' }))}.x`
const open: Client[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()))
})

/** A person without a network; lists made here are theirs. */
async function offline(storage = createMemoryStorage(), environment = manualEnvironment()): Promise<Client> {
  const fetch = async (): Promise<Response> => {
    throw new TypeError('There is no network here.')
  }
  const client = createClient({
    url: 'http://127.0.0.1:9',
    token,
    storage,
    fetch,
    environment,
  })
  open.push(client)
  await until(() => client.user.getSnapshot() !== null)
  return client
}

const itemsOf = (list: List) => list.items.select({}, (items) => items).getSnapshot()
const titlesOf = (list: List): string[] => itemsOf(list).map(({ title }) => title)
const many = (count: number): Parsed =>
  readImport(Array.from({ length: count }, (_, n) => `- item ${n}`).join('\n'))

/** Two sections, a subtask, a label, dates, a person, a tick. */
function filled(client: Client): List {
  const list = client.lists.create({ title: 'Trip' }).value
  list.setIcon('🧳')
  const [papers, clothes] = [list.sections.add('Papers').value, list.sections.add('Clothes').value]
  const label = list.labels.add('soon', 'green').value
  const passport = list.items.add({
    title: 'Passport',
    place: { at: 'end', section: papers },
    labels: [label],
    due: { date: '2026-12-01', time: '09:00' },
    remindAt: ['2026-12-01T08:00'],
    priority: 3,
    notes: 'Valid?\nBoth of them.',
  }).value
  list.items.add({ title: 'Photo', place: { at: 'end', parent: passport } })
  const socks = list.items.add({
    title: 'Socks',
    place: { at: 'end', section: clothes },
    quantity: '4',
    repeat: 'FREQ=WEEKLY',
  }).value
  list.items.assign(socks, { add: ['u_me', 'u_bob'] })
  list.items.add('Tickets')
  list.items.toggle(socks, true)
  return list
}

/** What a list says, without ids and times. */
function saidBy(list: List) {
  const sections = new Map(list.sections.getSnapshot().map(({ id, title }) => [id, title]))
  const labels = new Map(list.labels.getSnapshot().map(({ id, title, color }) => [id, `${title} ${color}`]))
  return itemsOf(list).map((item) => ({
    ...{ title: item.title, notes: item.notes, done: item.done, due: item.due, repeat: item.repeat },
    ...{ remindAt: item.remindAt, priority: item.priority, quantity: item.quantity },
    section: item.section === null ? null : sections.get(item.section),
    parent: item.parent === null ? null : list.items.item(item.parent).getSnapshot()?.title,
    labels: item.labels.map((id) => labels.get(id)),
  }))
}

it('[XCH-1][XCH-5] a list that was exported and imported again says the same, in the same order', async () => {
  const client = await offline()
  const list = filled(client)
  const text = await exportList(list, 'json', { u_bob: 'Bob' }).text()
  expect(text).toContain('"name": "Bob"')
  const copy = client.lists.create({ title: 'Again' }).value
  const done = await importInto(copy, readImport(text))
  expect(done).toMatchObject({ state: 'done' })
  // A done item that repeats has brought its next occurrence, which is there too.
  expect(byBranch(saidBy(copy))).toEqual(byBranch(saidBy(list)))
  expect(copy.sections.getSnapshot().map(({ title }) => title)).toEqual(['Papers', 'Clothes'])
  for (const format of ['csv', 'ics', 'md'] as const) {
    const other = readImport(await exportList(list, format, {}).text())
    expect([...other.items.map(({ title }) => title)].sort()).toEqual(
      [...titlesOf(list)]
        .map((title) => (format === 'md' && title === 'Socks' ? expect.stringContaining('Socks') : title))
        .sort(),
    )
  }
})

it('[XCH-5] an import in pieces is one undo step, uses sections and labels that are there, and says how far it is', async () => {
  const client = await offline()
  const list = client.lists.create({ title: 'Shop' }).value
  list.sections.add('Fridge')
  const progress: number[] = []
  const parsed = readImport(
    `title,section,labels\nMilk,fridge,cold\nBread,Bakery,\n${'x,Bakery,cold\n'.repeat(8)}`,
  )
  await importInto(list, parsed, { itemsPerPiece: 4, onProgress: (added) => progress.push(added) })
  expect(progress).toEqual([4, 8, 10])
  expect(titlesOf(list)).toHaveLength(10)
  expect(list.sections.getSnapshot().map(({ title }) => title)).toEqual(['Fridge', 'Bakery'])
  expect(list.labels.getSnapshot()).toHaveLength(1)
  expect(list.undoState.getSnapshot().undoLabel).toBe('Import')
  list.undo()
  expect(titlesOf(list)).toEqual([])
  expect(list.sections.getSnapshot().map(({ title }) => title)).toEqual(['Fridge'])
  list.redo()
  expect(titlesOf(list)).toHaveLength(10)
})

it('[XCH-5] a cancelled import leaves nothing in the list, and what was there stays', async () => {
  const client = await offline()
  const list = client.lists.create({ title: 'Shop' }).value
  list.items.add('Milk')
  const controller = new AbortController()
  const done = await importInto(list, many(30), {
    itemsPerPiece: 10,
    signal: controller.signal,
    onProgress: (added) => added === 20 && controller.abort(),
  })
  expect(done).toEqual({ state: 'cancelled' })
  expect(titlesOf(list)).toEqual(['Milk'])
})

it('[XCH-5] more than a list has room for is refused before anything is added, and so is whoever may not edit', async () => {
  const client = await offline()
  const list = client.lists.create({ title: 'Shop' }).value
  await importInto(list, many(40), { itemsPerPiece: 40 })
  const full = { ...many(1), items: Array.from({ length: 19_961 }, () => many(1).items[0] ?? never()) }
  await expect(importInto(list, full)).rejects.toMatchObject({ code: 'invalid' })
  expect(titlesOf(list)).toHaveLength(40)

  const { list: foreign, server, settle } = await workbench()
  await server.run(settle)
  server.welcome({ role: 'viewer' })
  await settle()
  expect(foreign.can.getSnapshot().edit).toBe(false)
  await expect(importInto(foreign, many(3))).rejects.toMatchObject({ code: 'not-allowed' })
})

it('[XCH-6] a copy has everything; a fresh one is unticked, without dates and people, and repeats as before', async () => {
  const client = await offline()
  const list = filled(client)
  const copy = copyList(client, list, { title: 'Trip 2', fresh: false }).value
  expect(byBranch(saidBy(copy))).toEqual(byBranch(saidBy(list)))
  expect(copy.info.getSnapshot()).toMatchObject({ title: 'Trip 2', icon: '🧳' })
  const fresh = copyList(client, list, { title: 'Trip 3', fresh: true }).value
  for (const item of itemsOf(fresh)) {
    expect(item).toMatchObject({ done: false, due: null, remindAt: [], assignees: [] })
  }
  expect(itemsOf(fresh).find(({ title }) => title === 'Socks')?.repeat).toBe('FREQ=WEEKLY')
  expect(itemsOf(fresh).find(({ title }) => title === 'Passport')).toMatchObject({ priority: 3 })
})

it('[XCH-7] items move with their subtasks to a list that is not open, and back; a side that may not be edited stops it all', async () => {
  const client = await offline()
  const list = filled(client)
  const other = client.lists.create({ title: 'Later' }).value
  other.sections.add('Papers')
  await other.close()
  const passport = itemsOf(list).find(({ title }) => title === 'Passport') ?? never()
  list.comments.add(passport.id, 'Ask Bob')
  const before = titlesOf(list)

  const moved = await moveToList(client, list, [passport.id], other.id)
  expect(moved).toMatchObject({ toTitle: 'Later', comments: 1 })
  expect(titlesOf(list)).not.toContain('Passport')
  await withList(client, other.id, (now) => {
    expect(saidBy(now)).toMatchObject([
      { title: 'Passport', section: 'Papers', labels: ['soon green'], notes: 'Valid?\nBoth of them.' },
      { title: 'Photo', parent: 'Passport' },
    ])
    // Nobody asked for the sections and labels of what stayed.
    expect(now.sections.getSnapshot()).toHaveLength(1)
    expect(now.labels.getSnapshot()).toHaveLength(1)
  })
  await moved.undo()
  expect([...titlesOf(list)].sort()).toEqual([...before].sort())
  await withList(client, other.id, (now) => expect(titlesOf(now)).toEqual([]))

  await expect(moveToList(client, list, [passport.id], list.id)).rejects.toMatchObject({ code: 'invalid' })
})

it('[XCH-7] what is done to an item while the other list is being read goes with it', async () => {
  const client = await offline()
  const list = filled(client)
  const other = client.lists.create({ title: 'Later' }).value
  await other.close()
  const passport = itemsOf(list).find(({ title }) => title === 'Passport') ?? never()

  const moving = moveToList(client, list, [passport.id], other.id)
  list.items.update(passport.id, { title: 'Passports' })
  list.items.add({ title: 'Visa', place: { at: 'end', parent: passport.id } })
  await moving
  await withList(client, other.id, (now) => expect(titlesOf(now)).toEqual(['Passports', 'Photo', 'Visa']))
})

it('[XCH-7] a device that is full while items move leaves them where they are, and the move starts again once there is room', async () => {
  const storage = createMemoryStorage()
  const environment = manualEnvironment()
  const client = await offline(storage, environment)
  const list = filled(client)
  const other = client.lists.create({ title: 'Later' }).value
  const passport = itemsOf(list).find(({ title }) => title === 'Passport') ?? never()
  await list.items.add('Stored').stored
  const before = titlesOf(list)

  storage.failWrites('quota')
  let outcome: unknown = null
  void moveToList(client, list, [passport.id], other.id).catch((error: unknown) => {
    outcome = error
  })
  await until(() => {
    // No server takes it either.
    environment.advance(1_000)
    return outcome !== null
  })
  expect(outcome).toMatchObject({ code: 'quota' })
  expect(titlesOf(list)).toEqual(before)
  expect(titlesOf(other)).toEqual([])
  storage.failWrites(null)
  await moveToList(client, list, [passport.id], other.id)
  expect(titlesOf(other)).toEqual(['Passport', 'Photo'])
  expect(titlesOf(list)).not.toContain('Passport')
})

it('[XCH-7] moved twice at once, or changed while the copy is being stored, items arrive once and as they are by then', async () => {
  const client = await offline()
  const list = filled(client)
  const other = client.lists.create({ title: 'Later' }).value
  const passport = itemsOf(list).find(({ title }) => title === 'Passport') ?? never()

  const stop = other.items.ids().subscribe(() => {
    stop()
    list.items.update(passport.id, { title: 'Passports' })
  })
  const moves = [1, 2].map(() => moveToList(client, list, [passport.id], other.id))
  const outcomes = await Promise.allSettled(moves)
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(titlesOf(other)).toEqual(['Passports', 'Photo'])
  expect(titlesOf(list)).not.toContain('Passports')
})

it('[XCH-8] a list that several parts of an app hold is closed when the last lets go, and read before it is acted on', async () => {
  const client = await offline()
  const made = client.lists.create({ title: 'Shop' }).value
  made.items.add('Milk')
  await made.close()
  const one = holdList(client, made.id)
  const two = holdList(client, made.id)
  expect(one.list).toBe(two.list)
  expect(await withList(client, made.id, (list) => titlesOf(list))).toEqual(['Milk'])
  one.release()
  one.release()
  two.list.items.add('Bread')
  two.release()
  expect(await withList(client, made.id, (list) => titlesOf(list))).toEqual(['Milk', 'Bread'])
  const failed = withList(client, made.id, () => {
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
})

it('[XCH-8] a list that has to be read from the device first is read before it is acted on', async () => {
  const storage = createMemoryStorage()
  const before = await offline(storage)
  const made = before.lists.create({ title: 'Shop' })
  await made.value.items.add('Milk').stored
  await before.close()
  const client = await offline(storage)
  expect(await withList(client, made.value.id, (list) => titlesOf(list))).toEqual(['Milk'])
})

/** A file and a copy have subtasks behind what they belong to. */
function byBranch(said: ReturnType<typeof saidBy>): ReturnType<typeof saidBy> {
  const tops = said.filter(({ parent }) => parent === null)
  return tops.flatMap((top) => [top, ...said.filter(({ parent }) => parent === top.title)])
}

function never(): never {
  throw new Error('It is there.')
}
