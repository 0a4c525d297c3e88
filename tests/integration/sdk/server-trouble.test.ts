import { createMemoryStorage } from '@tandem/client-sdk/testing'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { guest } from '../../support/people.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { again, closeAll, isSynced, person, sharedList, titles } from './two-people.ts'

let server: RunningServer
let db: pg.Client

beforeAll(async () => {
  server = await startServer()
  db = new pg.Client({ connectionString: server.databaseUrl ?? '' })
  await db.connect()
})
afterEach(closeAll)
afterAll(async () => {
  await db.end()
  await server.stop()
})

it('[STATUS-2][DUR-5][A-04][E-02][V-02] while the log cannot be written it says saving, then what is wrong, and heals by itself', async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There are no lists.')
  await db.query('alter table list_updates rename to list_updates_away')
  try {
    const write = hers.items.add('Milk')
    expect(hers.status.getSnapshot()).toMatchObject({ state: 'saving', pending: 1 })
    await until(() => hers.status.getSnapshot().state === 'attention', { timeoutMs: 20_000 })
    expect(hers.status.getSnapshot()).toMatchObject({ reason: 'server-storage', pending: 1 })
    expect(titles(his)).toEqual([])
    await db.query('alter table list_updates_away rename to list_updates')
    await write.confirmed
    await until(() => isSynced(hers) && titles(his).includes('Milk'), { timeoutMs: 20_000 })
  } finally {
    await db.query('alter table if exists list_updates_away rename to list_updates')
  }
})

it('[SDK-9] an expired token pauses sending, never writing; a new one resumes it', async () => {
  const identity = await guest(server.url, 'Ann')
  const answers: (string | null)[] = ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1X25vYm9keSJ9.x']
  answers[0] = forged(identity.token)
  const asked: string[] = []
  let renewed: string | null = null
  const { client } = again(server.url, identity, createMemoryStorage(), {
    token: undefined as never,
    getToken: async (why) => {
      asked.push(why)
      return why === 'start' ? (renewed ?? answers[0] ?? null) : renewed
    },
  })
  await until(() => client.user.getSnapshot()?.id === identity.userId)
  const made = client.lists.create({ title: 'Trip' })
  made.value.items.add('Tent')
  const list = made.value
  await until(() => asked.includes('expired'))
  expect(titles(list)).toEqual(['Tent'])
  expect(list.status.getSnapshot()).not.toMatchObject({ state: 'synced' })
  renewed = identity.token
  await until(() => isSynced(list), { timeoutMs: 20_000 })
})

/** The same claims under a signature that the server does not accept. */
function forged(token: string): string {
  const [head, body] = token.split('.')
  return `${head}.${body}.AAAA`
}

it('[ACCESS-1] who opens a list that is not theirs is told so, without learning whether it exists', async () => {
  const [ann, eve] = [await person(server.url, 'Ann'), await person(server.url, 'Eve')]
  const [hers] = await sharedList(server.url, ann)
  if (hers === undefined) throw new Error('There is no list.')
  for (const id of [hers.id, '11111111-1111-4111-8111-111111111111']) {
    const list = eve.client.lists.open(id)
    await until(() => list.status.getSnapshot().state === 'attention')
    expect(list.status.getSnapshot()).toMatchObject({ reason: 'access-revoked', pending: 0 })
    expect(titles(list)).toEqual([])
  }
})

it('[SYNC-6][A-02] a hundred edits of two people at once: all on both screens within a second, none lost', async () => {
  const [ann, ben] = [await person(server.url, 'Ann'), await person(server.url, 'Ben')]
  const [hers, his] = await sharedList(server.url, ann, ben)
  if (hers === undefined || his === undefined) throw new Error('There are no lists.')
  const writes = Array.from({ length: 50 }, (_, n) => [
    hers.items.add(`hers ${n}`),
    his.items.add(`his ${n}`),
  ]).flat()
  await Promise.all(writes.map((write) => write.confirmed))
  await until(() => titles(hers).length === 100 && titles(his).length === 100, { timeoutMs: 1_000 })
  expect(titles(hers)).toEqual(titles(his))
})
