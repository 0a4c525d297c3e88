import { afterEach, expect, it } from 'vitest'
import { createClient } from '../../../client-sdk/src/client.ts'
import { Builder } from '../../../client-sdk/src/exchange/builder.ts'
import { contentOf } from '../../../client-sdk/src/exchange/content-of.ts'
import { csvLine } from '../../../client-sdk/src/exchange/csv.ts'
import { readDate } from '../../../client-sdk/src/exchange/dates.ts'
import { fileNameFor } from '../../../client-sdk/src/exchange/export-list.ts'
import { exportList, importInto, moveToList, readImport } from '../../../client-sdk/src/exchange/index.ts'
import { addContent } from '../../../client-sdk/src/exchange/land.ts'
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

async function offline(startMs?: number): Promise<Client> {
  const fetch = async (): Promise<Response> => {
    throw new TypeError('There is no network here.')
  }
  const environment = manualEnvironment(startMs)
  const client = createClient({
    ...{ url: 'http://127.0.0.1:9', token, storage: createMemoryStorage(), fetch, environment },
  })
  open.push(client)
  await until(() => client.user.getSnapshot() !== null)
  return client
}

const itemsOf = (list: List) => list.items.select({}, (items) => items).getSnapshot()
const titlesOf = (list: List): string[] => itemsOf(list).map(({ title }) => title)
const lines = (count: number) =>
  readImport(Array.from({ length: count }, (_, n) => `- item ${n}`).join('\n'), 'md')

it('[XCH-5] an import that fails half-way, or may go no further, takes back what it has added, and says why', async () => {
  const client = await offline()
  const list = client.lists.create({ title: 'Shop' }).value
  list.items.add('Milk')
  const content = lines(10)
  const bad = content.items.map((item, at) => (at === 7 ? { ...item, title: 'x'.repeat(10_001) } : item))
  let pauses = 0
  const options = {
    itemsPerPiece: 4,
    pause: async () => {
      pauses += 1
    },
  }
  await expect(importInto(list, { ...content, items: bad }, options)).rejects.toMatchObject({
    code: 'invalid',
  })
  expect(titlesOf(list)).toEqual(['Milk'])
  expect(pauses).toBe(1)
  await importInto(list, content, options)
  expect(pauses).toBe(3)

  const { list: shared, server, settle } = await workbench()
  await server.run(settle)
  const pause = async (): Promise<void> => {
    server.welcome({ role: 'viewer' })
    await settle()
  }
  const half = importInto(shared, lines(10), { itemsPerPiece: 4, pause })
  await expect(half).rejects.toMatchObject({ code: 'not-allowed' })
})

it('[XCH-5] what is in the trash takes room, sections of one name stay two, and nobody is assigned unasked', async () => {
  const client = await offline()
  const list = client.lists.create({ title: 'Shop' }).value
  await importInto(list, lines(40))
  list.items.remove(list.items.ids().getSnapshot().slice(0, 20))
  const [one] = lines(1).items
  const full = { ...lines(1), items: Array.from({ length: 19_961 }, () => one ?? never()) }
  const onProgress = (): void => never()
  await expect(importInto(list, full, { onProgress })).rejects.toMatchObject({ code: 'invalid' })

  const parsed = readImport(
    '{"sections":["A","A"],"items":[{"title":"x","section":1,"assignees":["u_bob","u_me"]}]}',
  )
  list.sections.add('A')
  await importInto(list, parsed)
  expect(list.sections.getSnapshot().map(({ title }) => title)).toEqual(['A', 'A'])
  expect(itemsOf(list).at(-1)?.assignees).toEqual([])
  addContent(list, parsed, { mayAssign: (id) => id === 'u_me' })
  expect(itemsOf(list).at(-1)?.assignees).toEqual(['u_me'])
})

it('[XCH-7] only people of the other list stay assigned; a change while the copy is stored costs a try, and one without end the move', async () => {
  const client = await offline()
  const [list, other] = [
    client.lists.create({ title: 'One' }).value,
    client.lists.create({ title: 'Two' }).value,
  ]
  const socks = list.items.add('Socks').value
  list.items.assign(socks, { add: ['u_me', 'u_bob'] })
  let changes = 1
  const stop = other.items.ids().subscribe(() => {
    changes -= 1
    if (changes >= 0) list.items.update(socks, { title: `Socks ${changes}` })
  })
  changes = 100
  await expect(moveToList(client, list, [socks], other.id)).rejects.toMatchObject({ code: 'invalid' })
  expect([titlesOf(list).length, titlesOf(other)]).toEqual([1, []])
  changes = 1
  await moveToList(client, list, [socks], other.id)
  stop()
  expect(titlesOf(list)).toEqual([])
  expect(itemsOf(other)).toMatchObject([{ title: 'Socks 0', assignees: ['u_me'] }])
})

it('[XCH-1] a subtask is in the section of its item, taken along with it, and an item when it is taken alone', async () => {
  const client = await offline()
  const list = client.lists.create({ title: 'Trip' }).value
  const section = list.sections.add('Papers').value
  const top = list.items.add({ title: 'Passport', place: { at: 'end', section } }).value
  const child = list.items.add({ title: 'Photo', place: { at: 'end', parent: top } }).value
  list.items.add('Tickets')
  const placesOf = (ids?: string[]) =>
    contentOf(list, ids).items.map(({ title, parent, section: at }) => [title, parent, at])
  expect(placesOf([top])).toEqual([
    ['Passport', null, 0],
    ['Photo', 0, 0],
  ])
  expect(placesOf([child])).toEqual([['Photo', null, 0]])
  const to = new Builder()
  const first = to.item({ row: 1, title: 'a' })
  const second = to.item({ row: 2, title: 'b', parent: first })
  to.item({ row: 3, title: 'c', parent: second })
  expect(to.done('json').items.map(({ parent }) => parent)).toEqual([null, 0, 0])
})

it('[XCH-1] a file says nothing for a moment that no calendar has, and ids for people without a name', async () => {
  const client = await offline(9_000_000_000_000_000)
  const list = client.lists.create({ title: 'Shop' }).value
  const id = list.items.add('Milk').value
  list.items.assign(id, { add: ['constructor'] })
  const text = await exportList(list, 'json', {}).text()
  expect(text).toContain('"at": ""')
  expect(text).toContain('"name": "constructor"')
  expect(await exportList(list, 'md', {}).text()).toContain('@constructor')
})

it('[XCH-2][XCH-3] cells are quoted for every spreadsheet, names are not cut within a letter, and nothing has null characters', () => {
  expect(csvLine(['a;b', 'c'])).toBe('"a;b",c')
  expect(fileNameFor(`${'a'.repeat(79)}😀b`, 'csv')).toBe(`${'a'.repeat(79)}😀.csv`)
  const nul = String.fromCharCode(0)
  const { title, sections, items } = readImport(`{"title":"a${nul}b","items":[]}`.replaceAll(nul, '\\u0000'))
  expect([title, sections, items]).toEqual(['ab', [], []])
  expect(readImport(`- Mi${nul}lk`).items.map((item) => item.title)).toEqual(['Milk'])
  expect(readImport('title,notes\nMilk,"two').skipped).toMatchObject([
    { row: 2, why: 'broken', isWhole: false },
  ])
})

it('[XCH-4] a day is read one way or not at all', () => {
  const dueOf = (text: string, order?: 'day-first' | 'month-first'): unknown => {
    const read = readDate(text, order ?? null)
    return 'due' in read ? read.due : read.why
  }
  expect(dueOf('3.4.2026')).toEqual({ date: '2026-04-03' })
  expect(dueOf('3/4/2026')).toBe('unclear-date')
  expect(dueOf('3/4/2026 12:05 am', 'month-first')).toEqual({ date: '2026-03-04', time: '00:05' })
  expect(dueOf('3/4/2026 12:05 pm', 'month-first')).toEqual({ date: '2026-03-04', time: '12:05' })
  expect(dueOf('3/4/2026 13:05 pm', 'month-first')).toBe('bad-date')
  expect(dueOf('2026-03-04T00:30:00+02:00')).toEqual({ date: '2026-03-03', time: '22:30', tz: 'UTC' })
  // A column that says both says neither.
  const both = readImport('title,due\na,03/04/2026\nb,25/12/2026\nc,12/25/2026')
  expect(both.items.map(({ due }) => due?.date)).toEqual([undefined, '2026-12-25', '2026-12-25'])
})

function never(): never {
  throw new Error('Not to be reached.')
}
