import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { good, type Person, people, personOf, refused, shared } from './stage.ts'

let server: RunningServer
let ana: Person
let ben: Person
let cleo: Person
beforeAll(async () => {
  server = await startServer()
  ;[ana, ben, cleo] = (await people(server, 'Ana', 'Ben', 'Cleo')) as [Person, Person, Person]
})
afterAll(() => server.stop())

interface Listed {
  readonly id: string
  readonly title: string
  readonly role: string
  readonly deletedAt?: string
  readonly content?: { readonly seq: number; readonly items: readonly { readonly title: string }[] } | null
}

async function lists(who: Person, query = ''): Promise<Listed[]> {
  return good<{ lists: Listed[] }>(await who.get(`/lists${query}`)).lists
}

async function inDatabase(text: string, values: unknown[]): Promise<{ count: number }> {
  if (server.databaseUrl === null) throw new Error('a database of our own')
  return withClient(server.databaseUrl, async (client) => ({
    count: (await client.query(text, values)).rowCount ?? 0,
  }))
}

/** As if it had been deleted so many days ago. */
async function deletedDaysAgo(listId: string, days: number): Promise<void> {
  await inDatabase(`UPDATE lists SET deleted_at = now() - $2 * interval '1 day' WHERE id = $1`, [
    listId,
    days,
  ])
}

describe('overviews', () => {
  it('[SHARE-8][Q-06] recent, mine and shared with me are three questions', async () => {
    const [dora, emil] = (await people(server, 'Dora', 'Emil')) as [Person, Person]
    const mine = await shared(server, dora, [], 'Mine')
    const old = await shared(server, emil, [[dora, 'viewer']], 'Old')
    const shared1 = await shared(server, emil, [[dora, 'editor']], 'Fresh')
    await inDatabase(`UPDATE lists SET updated_at = now() - interval '1 day' WHERE id = $1`, [old])
    expect((await lists(dora, '?view=mine')).map(({ id }) => id)).toEqual([mine])
    expect((await lists(dora, '?view=shared')).map(({ id }) => id)).toEqual([shared1, old])
    expect((await lists(dora, '?view=recent')).at(-1)?.id).toBe(old)
    expect(await lists(dora, '?view=recent&limit=2')).toHaveLength(2)
    expect(await lists(dora)).toHaveLength(3)
    expect(await lists(dora, '?view=deleted')).toEqual([])
    expect(await dora.get('/lists?view=all')).toMatchObject(refused(400, 'validation-error'))
  })

  it('[SHARE-8][Q-05] one call answers all accessible lists with what is in them', async () => {
    const [dora, emil] = (await people(server, 'Dora', 'Emil')) as [Person, Person]
    const [one, two] = [
      await shared(server, dora, [], 'One'),
      await shared(server, emil, [[dora, 'viewer']], 'Two'),
    ]
    good(await dora.post(`/lists/${one}/items`, { title: 'Milk' }))
    good(await emil.post(`/lists/${two}/items`, { title: 'Bread' }))
    const all = await lists(dora, '?include=content')
    expect(all).toMatchObject([
      { id: one, content: { seq: 2, items: [{ title: 'Milk' }] } },
      { id: two, content: { seq: 2, items: [{ title: 'Bread' }] } },
    ])
  })

  it('[SHARE-8][C-14] a new list is there at the next question of every device of its owner', async () => {
    const elsewhere = personOf(server, 'Ana', ana)
    const id = await shared(server, ana, [], 'New')
    expect((await lists(elsewhere)).map((list) => list.id)).toContain(id)
  })
})

describe('changing a list', () => {
  it('[SHARE-9] title and icon change by an edit of the list itself, for those who may edit', async () => {
    const id = await shared(server, ana, [
      [ben, 'editor'],
      [cleo, 'checker'],
    ])
    expect(good(await ben.patch(`/lists/${id}`, { title: 'Food', icon: '🛒' }))).toMatchObject({
      title: 'Food',
      icon: '🛒',
      seq: 2,
    })
    expect(await cleo.patch(`/lists/${id}`, { title: 'Mine' })).toMatchObject(refused(403, 'not-allowed'))
    expect(good(await ana.get(`/lists/${id}`))).toMatchObject({ title: 'Food', icon: '🛒', seq: 2 })
    const { changes } = good<{ changes: object[] }>(await ana.get(`/lists/${id}/changes?since_seq=1`))
    expect(changes).toMatchObject([{ seq: 2, by: ben.userId }])
    await until(async () => (await lists(ana)).some((list) => list.id === id && list.title === 'Food'))
    expect(good(await ben.patch(`/lists/${id}`, {}))).toMatchObject({ title: 'Food', seq: 2 })
    expect(await ben.patch(`/lists/${id}`, { title: '' })).toMatchObject(refused(400, 'validation-error'))
    expect(await ben.patch(`/lists/${id}`, { ownerId: ben.userId })).toMatchObject(
      refused(400, 'validation-error'),
    )
  })
})

describe('deleting a list', () => {
  it('[SHARE-10][P-03][B-23] takes it from everybody at once; its owner and admins bring it back, with everybody', async () => {
    const id = await shared(server, ana, [
      [ben, 'admin'],
      [cleo, 'editor'],
    ])
    const client = new RawClient({ url: `${server.wsUrl}/sync`, token: cleo.token, listId: id })
    await client.synced
    expect(await cleo.delete(`/lists/${id}`)).toMatchObject(refused(403, 'not-allowed'))
    expect(good(await ben.delete(`/lists/${id}`))).toMatchObject({ id, restorableUntil: expect.any(String) })
    await until(() => client.denied !== null, { what: 'Cleo’s list to be closed' })
    expect(client.denied).toMatch(/^4411 Ben deleted this list/)
    client.drop()
    for (const who of [ana, ben, cleo]) {
      expect((await lists(who)).map((list) => list.id)).not.toContain(id)
      expect(await who.get(`/lists/${id}`)).toMatchObject({
        status: 403,
        body: { code: 'access-ended', why: 'list-deleted', detail: 'Ben deleted this list.' },
      })
    }
    expect(await lists(cleo, '?view=deleted')).toEqual([])
    expect(await lists(ana, '?view=deleted')).toMatchObject([{ id, deletedAt: expect.any(String) }])
    expect(await cleo.post(`/lists/${id}/restore`)).toMatchObject(refused(403, 'access-ended'))
    expect(good(await ana.post(`/lists/${id}/restore`))).toMatchObject({ id, role: 'owner' })
    expect(good(await cleo.get(`/lists/${id}`))).toMatchObject({ role: 'editor', title: 'Groceries' })
    // Again is no harm.
    expect(good(await ana.post(`/lists/${id}/restore`))).toMatchObject({ id })
  })

  it('[SHARE-10][B-23] on day 29 it can be restored, on day 31 it cannot', async () => {
    const [kept, gone] = [await shared(server, ana), await shared(server, ana)]
    for (const id of [kept, gone]) good(await ana.delete(`/lists/${id}`))
    await deletedDaysAgo(kept, 29)
    await deletedDaysAgo(gone, 31)
    expect((await lists(ana, '?view=deleted')).map((list) => list.id)).toContain(kept)
    expect((await lists(ana, '?view=deleted')).map((list) => list.id)).not.toContain(gone)
    expect(good(await ana.post(`/lists/${kept}/restore`))).toMatchObject({ id: kept })
    expect(await ana.post(`/lists/${gone}/restore`)).toMatchObject(refused(403, 'access-ended'))
  })
})
