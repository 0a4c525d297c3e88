import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { freshDatabase, withClient } from '../../support/postgres.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { good, type Person, people, personOf, refused, shared } from '../sharing/stage.ts'

/**
 * A list that is not in memory is read from the database before it is changed. Somebody who loses it meanwhile has asked in time and
 * is too late all the same.
 */
let database: Awaited<ReturnType<typeof freshDatabase>>
let first: RunningServer
/** Has none of the lists in memory. */
let second: RunningServer
let ana: Person
let ben: Person

beforeAll(async () => {
  database = await freshDatabase()
  first = await startServer({ databaseUrl: database.url })
  second = await startServer({ databaseUrl: database.url })
  ;[ana, ben] = (await people(first, 'Ana', 'Ben')) as [Person, Person]
}, 60_000)
afterAll(async () => {
  await first?.stop()
  await second?.stop()
  await database?.drop()
})

/** Runs `meanwhile` while the request waits for the list to be read, and answers what came of the request. */
async function whileItLoads<T>(request: () => Promise<T>, meanwhile: () => Promise<void>): Promise<T> {
  return withClient(database.url, async (client) => {
    await client.query('BEGIN')
    await client.query('LOCK TABLE list_snapshots IN ACCESS EXCLUSIVE MODE')
    const answer = request()
    await until(async () => {
      const waiting = await client.query(
        `SELECT 1 FROM pg_locks WHERE relation = 'list_snapshots'::regclass AND NOT granted`,
      )
      return (waiting.rowCount ?? 0) > 0
    })
    await meanwhile()
    await client.query('COMMIT')
    return answer
  })
}

async function authors(listId: string): Promise<string[]> {
  return withClient(database.url, async (client) => {
    const text = 'SELECT DISTINCT actor_id FROM list_updates WHERE list_id = $1'
    return (await client.query<{ actor_id: string }>(text, [listId])).rows.map((row) => row.actor_id)
  })
}

function update(title: string): string {
  const doc = new Y.Doc()
  doc.getMap('list').set('icon', [title, ben.userId, 1])
  return Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
}

const emptyVector = Buffer.from([0]).toString('base64')

const requests: Record<string, (who: Person, listId: string) => ReturnType<Person['get']>> = {
  'a field patch': (who, listId) => who.patch(`/lists/${listId}`, { title: 'Mine' }),
  'a new item': (who, listId) => who.post(`/lists/${listId}/items`, { title: 'Mine' }),
  'an update over HTTP': (who, listId) =>
    who.post(`/lists/${listId}/sync`, { stateVector: emptyVector, update: update('x') }),
}

const reads: typeof requests = {
  'the answer to a poll': (who, listId) => who.post(`/lists/${listId}/sync`, { stateVector: emptyVector }),
  'the whole list': (who, listId) => who.get(`/lists/${listId}`),
  'its items': (who, listId) => who.get(`/lists/${listId}/items`),
}

describe('somebody whose rights change while their request waits', () => {
  it.each(Object.keys(requests))(
    '[LIVE-1][P-09] removed: nothing of %s is stored, and they are told by whom',
    async (name) => {
      const id = await shared(first, ana, [[ben, 'editor']])
      const late = personOf(second, 'Ben', ben)
      const answer = await whileItLoads(
        () => requests[name]?.(late, id) ?? Promise.reject(new Error(name)),
        async () => void good(await ana.delete(`/lists/${id}/members/${ben.userId}`)),
      )
      expect(answer).toMatchObject(refused(403, 'access-ended'))
      expect(await authors(id)).toEqual([ana.userId])
    },
  )

  it.each(Object.keys(requests))('[LIVE-2][P-12] made a viewer: nothing of %s is stored', async (name) => {
    const id = await shared(first, ana, [[ben, 'editor']])
    const late = personOf(second, 'Ben', ben)
    await whileItLoads(
      () => requests[name]?.(late, id) ?? Promise.reject(new Error(name)),
      async () => void good(await ana.put(`/lists/${id}/members/${ben.userId}`, { role: 'viewer' })),
    )
    expect(await authors(id)).toEqual([ana.userId])
  })

  it.each(Object.keys(reads))('[LIVE-1][P-09] removed: what others wrote is not in %s', async (name) => {
    const id = await shared(first, ana, [[ben, 'viewer']])
    const late = personOf(second, 'Ben', ben)
    const answer = await whileItLoads(
      () => reads[name]?.(late, id) ?? Promise.reject(new Error(name)),
      async () => void good(await ana.delete(`/lists/${id}/members/${ben.userId}`)),
    )
    expect(answer).toMatchObject(refused(403, 'access-ended'))
  })
})
