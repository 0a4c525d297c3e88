import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/until.ts'
import { Api, type Body, type Person } from './api.ts'

let api: Api
let alice: Person
let bob: Person
let list: string

beforeAll(async () => {
  api = await Api.start()
  alice = await api.person('Alice')
  bob = await api.person('Bob')
  list = await api.list(alice)
  await api.giveRole(alice, list, bob, 'editor')
})
afterAll(() => api.stop())

const connect = async (person: Person): Promise<RawClient> => {
  const client = new RawClient({ url: `${api.server.wsUrl}/sync`, token: person.token, listId: list })
  await client.synced
  return client
}

describe('REST and sockets', () => {
  it('[REST-8][C-03] what REST writes is on open sockets, from the same row of the log', async () => {
    const socket = await connect(bob)
    const id = await api.item(alice, list, 'Milk')
    const { seq } = await api.ok(alice, `PATCH /lists/${list}/items/${id}`, { json: { title: 'Oat milk' } })
    const items = socket.document.getMap('items')
    await until(() => items.has(`${id}/title`), { what: 'the title on the socket' })
    expect(items.get(`${id}/title`)).toEqual(['Oat milk', alice.userId, expect.any(Number)])
    const [row] = await withClient(
      api.server.databaseUrl ?? '',
      async (client) =>
        (
          await client.query('SELECT data, actor_id FROM list_updates WHERE list_id = $1 AND seq = $2', [
            list,
            seq,
          ])
        ).rows,
    )
    expect(row.actor_id).toBe(alice.userId)
    // The very bytes of that row are what the socket got: they bring it nothing new.
    const before = Y.encodeStateAsUpdate(socket.document)
    Y.applyUpdate(socket.document, new Uint8Array(row.data), 'test')
    expect(Y.encodeStateAsUpdate(socket.document)).toEqual(before)
    socket.drop()
  })

  it('[REST-8] what a socket writes is what REST reads', async () => {
    const socket = await connect(bob)
    socket.document.getMap('items').set('from-a-socket', { title: 'Tea', order: 'a0', by: bob.userId, at: 5 })
    await until(() => socket.unanswered === 0, { what: 'the acknowledgement' })
    const { item } = await api.ok(alice, `GET /lists/${list}/items/from-a-socket`)
    expect(item).toMatchObject({ title: 'Tea', created: { by: bob.userId, at: '1970-01-01T00:00:00.005Z' } })
    const patched = await api.ok(alice, `PATCH /lists/${list}/items/from-a-socket`, { json: { done: true } })
    const items = socket.document.getMap('items')
    await until(() => items.has('from-a-socket/done'), { what: 'the tick on the socket' })
    expect((patched['item'] as Body)['completed']).toMatchObject({ by: alice.userId })
    socket.drop()
  })

  it('[REST-9][P-11] the gate decides for REST as for sockets, and names what a role does not open', async () => {
    const id = await api.item(alice, list, 'Bread')
    const allowed: Record<string, string[]> = {
      viewer: [],
      commenter: [],
      checker: ['done'],
      editor: ['done', 'title', 'notes', 'add', 'delete'],
    }
    for (const [role, rights] of Object.entries(allowed)) {
      const person = await api.person(role)
      await api.giveRole(alice, list, person, role)
      const { seq } = await api.ok(alice, `GET /lists/${list}`)
      const tries: [string, string, Body | undefined][] = [
        ['done', `PATCH /lists/${list}/items/${id}`, { done: role !== 'editor' }],
        ['title', `PATCH /lists/${list}/items/${id}`, { title: `by a ${role}` }],
        ['notes', `PATCH /lists/${list}/items/${id}`, { notes: 'n', done: false }],
        ['add', `POST /lists/${list}/items`, { title: 'new' }],
        ['delete', `DELETE /lists/${list}/items/${id}`, undefined],
      ]
      for (const [name, line, json] of tries) {
        const { status, body } = await api.call(person, line, { json })
        if (rights.includes(name)) expect(status, `${role} ${name}`).toBeLessThan(300)
        else expect([status, body['code']], `${role} ${name}`).toEqual([403, 'not-allowed'])
        if (name === 'title' && !rights.includes(name)) expect(body['keys']).toEqual([`items/${id}/title`])
      }
      const now = Number((await api.ok(alice, `GET /lists/${list}`))['seq'])
      expect(now - Number(seq), role).toBe(rights.length)
      if (rights.includes('delete')) await api.ok(alice, `POST /lists/${list}/items/${id}/restore`)
    }
  })

  it('[SHARE-4][C-09][P-09] who was removed is told by whom, and a stranger nothing', async () => {
    const dave = await api.person('Dave')
    await api.giveRole(alice, list, dave, 'editor')
    await api.ok(alice, `DELETE /lists/${list}/members/${dave.userId}`)
    for (const line of [
      `GET /lists/${list}`,
      `GET /lists/${list}/changes?since_seq=0`,
      `GET /lists/${list}/items`,
    ]) {
      const { status, body } = await api.call(dave, line)
      expect(status).toBe(403)
      expect(body).toMatchObject({
        code: 'access-ended',
        detail: 'Alice removed you from this list.',
        why: 'removed',
        by: 'Alice',
        listTitle: null,
      })
    }
    const stranger = await api.person('Eve')
    const real = await api.call(stranger, `GET /lists/${list}/items`)
    const unreal = await api.call(stranger, `GET /lists/11111111-1111-4111-8111-111111111111/items`)
    expect([real.status, real.text]).toEqual([404, unreal.text])
  })
})
