import type { ClientError, HistoryEntry } from '@tandem/client-sdk'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { parseHistory } from '../../../client-sdk/src/list/history.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { closeAll, isSynced, person, sharedList } from './two-people.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
})
afterEach(closeAll)
afterAll(() => server.stop())

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing went wrong',
    (error: ClientError) => error.code,
  )

it('[HIST-6] list.history tells who did what, newest first, with both values of a collision; without a network it says so', async () => {
  const [ann, ben] = await Promise.all(['Ann', 'Ben'].map((name) => person(server.url, name)))
  if (ann === undefined || ben === undefined) throw new Error('Nobody came')
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There is no list')
  const milk = hers.items.add('Milk').value
  hers.items.add('Bread')
  await until(() => his.items.ids().getSnapshot().length === 2)
  // The server has not been told of it yet.
  expect(await codeOf(ann.client.lists.create({ title: 'New' }).value.history())).toBe('network')
  for (const { network } of [ann, ben]) network.cut()
  hers.items.update(milk, { title: 'Oat milk' })
  his.items.update(milk, { title: 'Soy milk' })
  expect(await codeOf(hers.history())).toBe('network')
  ann.network.restore()
  await until(() => isSynced(hers), { what: 'her rename on the server' })
  ben.network.restore()
  await until(() => isSynced(his) && isSynced(hers), { what: 'both renames on the server' })
  his.items.toggle(milk)
  await ben.client.flush({ timeoutMs: 20_000 })

  const titles = (entries: readonly HistoryEntry[]) => entries.flatMap(({ by, ops }) => [{ by, ops }])
  const { entries, next, missing } = await hers.history({ itemId: milk })
  const [tick, second, first, added] = titles(entries)
  const [annId, benId] = [ann.identity.userId, ben.identity.userId]
  expect(tick).toMatchObject({ by: benId, ops: [{ op: 'set', field: 'done', from: false, to: true }] })
  expect(second?.by).toBe(benId)
  const collision = second?.ops.find(({ op }) => op === 'collision')
  const values = collision?.op === 'collision' ? [collision.kept, collision.other] : []
  expect(values.map(({ value, by }) => [value, by]).sort()).toEqual([
    ['Oat milk', annId],
    ['Soy milk', benId],
  ])
  expect(first).toMatchObject({ by: annId, ops: [{ op: 'set', from: 'Milk', to: 'Oat milk' }] })
  expect(added).toMatchObject({ by: annId, ops: [{ op: 'add', kind: 'items', id: milk }] })
  expect([entries.length, next, missing]).toEqual([4, null, 0])
  const times = entries.map(({ at }) => at)
  expect(times).toEqual([...times].sort((a, b) => b - a))

  const newest = await hers.history({ limit: 2 })
  const older = await hers.history({ limit: 500, ...(newest.next === null ? {} : { before: newest.next }) })
  const whole = await hers.history()
  expect([...newest.entries, ...older.entries]).toEqual(whole.entries)
  expect(whole.entries.length).toBeGreaterThan(entries.length)
})

it('[HIST-6] what a later server says beside is left out, and what is no answer is none', () => {
  const known = { op: 'set', kind: 'list', field: 'title', from: 'A', to: 'B' }
  const strange = [null, 7, {}, { op: 'dance' }, { op: 'add', kind: 'planets', id: 'a' }, { op: 'set' }]
  const entry = { seq: 3, at: '2026-03-01T10:00:00.000Z', by: 'u_1', ops: [...strange, known] }
  const page = parseHistory({
    changes: [{ seq: 'x' }, entry, null],
    head: 9,
    next: 3,
    missing: 2,
    more: true,
  })
  expect(page).toEqual({
    entries: [{ seq: 3, at: Date.parse(entry.at), by: 'u_1', ops: [known] }],
    head: 9,
    next: 3,
    missing: 2,
  })
  expect(parseHistory({})).toBeNull()
  expect(parseHistory('<html>')).toBeNull()
})
