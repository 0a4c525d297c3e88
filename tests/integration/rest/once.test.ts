import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../../support/postgres.ts'
import { Api, type Body, type Person } from './api.ts'

let api: Api
let alice: Person
let list: string

beforeAll(async () => {
  api = await Api.start()
  alice = await api.person('Alice')
  list = await api.list(alice)
})
afterAll(() => api.stop())

const query = (text: string, values: unknown[] = []): Promise<Body[]> =>
  withClient(api.server.databaseUrl ?? '', async (client) => (await client.query(text, values)).rows)

const rows = async (): Promise<number> =>
  (await query('SELECT 1 FROM list_updates WHERE list_id = $1', [list])).length

describe('a request that is repeated', () => {
  it('[REST-6][C-04] twenty at once with one Client-Op-Id are one row and one answer', async () => {
    const before = await rows()
    const op = randomUUID()
    const line = `POST /lists/${list}/items`
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.call(alice, line, { json: { title: 'Milk' }, op })),
    )
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 201))
    expect(await rows()).toBe(before + 1)
  })

  it('[REST-6][C-04] gets the first answer later too, also when things have changed since', async () => {
    const op = randomUUID()
    const first = await api.call(alice, `POST /lists/${list}/items`, {
      json: { title: 'Eggs', done: false },
      op,
    })
    const { id } = first.body['item'] as { id: string }
    await api.ok(alice, `PATCH /lists/${list}/items/${id}`, { json: { title: 'Six eggs' } })
    const before = await rows()
    // The same words in another order, under the other header.
    const again = await api.call(alice, `POST /lists/${list}/items`, {
      json: { done: false, title: 'Eggs' },
      headers: { 'idempotency-key': op.toUpperCase() },
    })
    expect(again.text).toBe(first.text)
    expect(again.status).toBe(201)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await rows()).toBe(before)
  })

  it('[REST-6] is done once also when the server died between the effect and the answer', async () => {
    const op = randomUUID()
    const line = `POST /lists/${list}/items`
    const first = await api.call(alice, line, { json: { title: 'Bread' }, op })
    const patch = randomUUID()
    const { id } = first.body['item'] as { id: string }
    const json = { title: 'Rye bread', place: { at: 'start' }, notes: 'fresh' }
    const patched = await api.call(alice, `PATCH /lists/${list}/items/${id}`, { json, op: patch })
    const before = await rows()
    await query('DELETE FROM answers')
    const again = await api.call(alice, line, { json: { title: 'Bread' }, op })
    expect((again.body['item'] as Body)['id']).toBe(id)
    // Somebody else moved it meanwhile: planned anew, the repeat would move it back.
    await api.ok(alice, `PATCH /lists/${list}/items/${id}`, { json: { place: { at: 'end' } } })
    const { items: moved } = await api.ok(alice, `GET /lists/${list}/items`)
    const repeated = await api.call(alice, `PATCH /lists/${list}/items/${id}`, { json, op: patch })
    expect(repeated.body['seq']).toBe(patched.body['seq'])
    const { items } = await api.ok(alice, `GET /lists/${list}/items`)
    expect((items as Body[]).map((item) => item['id'])).toEqual((moved as Body[]).map((item) => item['id']))
    expect(await rows()).toBe(before + 1)
  })

  it('[REST-6] is another request when it asks for something else, and another person’s is their own', async () => {
    const bob = await api.person('Bob')
    await api.giveRole(alice, list, bob, 'editor')
    const op = randomUUID()
    const line = `POST /lists/${list}/items`
    const alices = await api.call(alice, line, { json: { title: 'Salt' }, op })
    const other = await api.call(alice, line, { json: { title: 'Pepper' }, op })
    expect([other.status, other.body['code']]).toEqual([409, 'op-id-reused'])
    const bobs = await api.call(bob, line, { json: { title: 'Salt' }, op })
    expect(bobs.status).toBe(201)
    expect((bobs.body['item'] as Body)['id']).not.toBe((alices.body['item'] as Body)['id'])
  })

  it('[REST-6] that failed may succeed when it is repeated', async () => {
    const op = randomUUID()
    const carol = await api.person('Carol')
    const line = `POST /lists/${list}/items`
    const stranger = await api.call(carol, line, { json: { title: 'Tea' }, op })
    expect([stranger.status, stranger.body['code']]).toEqual([404, 'no-such-list'])
    await api.giveRole(alice, list, carol, 'editor')
    const member = await api.call(carol, line, { json: { title: 'Tea' }, op })
    expect(member.status).toBe(201)
  })

  it('[REST-6] needs a UUID, and one', async () => {
    const line = `POST /lists/${list}/items`
    const json = { title: 'x' }
    for (const headers of [
      { 'client-op-id': 'not-a-uuid' },
      { 'client-op-id': randomUUID(), 'idempotency-key': randomUUID() },
      { 'client-op-id': `${randomUUID()}, ${randomUUID()}` },
    ] as Record<string, string>[]) {
      const { status, body } = await api.call(alice, line, { json, headers })
      expect([status, body['code']]).toEqual([400, 'validation-error'])
    }
  })

  it('[REST-7] keeps no secret that it was answered in a form the database could give away', async () => {
    const op = randomUUID()
    const line = `POST /lists/${list}/links`
    const first = await api.call(alice, line, { json: { role: 'viewer' }, op })
    const again = await api.call(alice, line, { json: { role: 'viewer' }, op })
    expect(first.status).toBe(201)
    expect(again.text).toBe(first.text)
    const token = String(first.body['token'])
    expect(token.length).toBeGreaterThan(20)
    const [stored] = await query(`SELECT string_agg(t::text, ' ') AS all FROM answers t`)
    expect(String(stored?.['all'])).toContain('sealed')
    expect(String(stored?.['all'])).not.toContain(token)
    expect(String(stored?.['all'])).not.toContain(op)
  })
})
