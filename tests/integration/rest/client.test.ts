import { randomUUID } from 'node:crypto'
import { createRestClient, RestProblem, unwrap } from '@tandem/client-sdk/rest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Api, type Person } from './api.ts'

let api: Api
let alice: Person

beforeAll(async () => {
  api = await Api.start()
  alice = await api.person('Alice')
})
afterAll(() => api.stop())

describe('the typed REST client', () => {
  it('[REST-15] makes, changes and follows a list with the types of the document', async () => {
    const rest = createRestClient({ url: `${api.server.url}/`, token: async () => alice.token })
    const list = await unwrap(rest.POST('/api/v1/lists', { body: { title: 'Groceries' } }))
    const path = { listId: list.id }
    const { item } = await unwrap(
      rest.POST('/api/v1/lists/{listId}/items', { params: { path }, body: { title: 'Milk', priority: 2 } }),
    )
    const at = { path: { ...path, itemId: item.id } }
    const patched = await unwrap(
      rest.PATCH('/api/v1/lists/{listId}/items/{itemId}', { params: at, body: { done: true } }),
    )
    expect(patched.item).toMatchObject({ title: 'Milk', done: true, priority: 2 })
    const { changes } = await unwrap(
      rest.GET('/api/v1/lists/{listId}/changes', { params: { path, query: { since_seq: '0' } } }),
    )
    expect(changes.map((change) => change.seq)).toEqual([1, 2, 3])
  })

  it('[REST-15] says what went wrong in the server’s words, and can repeat a write', async () => {
    const rest = createRestClient({ url: api.server.url, token: alice.token })
    const path = { listId: randomUUID() }
    const missing = unwrap(rest.GET('/api/v1/lists/{listId}', { params: { path } }))
    await expect(missing).rejects.toThrow(RestProblem)
    await expect(missing).rejects.toMatchObject({ problem: { code: 'no-such-list', retryable: false } })
    const headers = { 'client-op-id': randomUUID() }
    const make = () => unwrap(rest.POST('/api/v1/lists', { body: { title: 'Once' }, headers }))
    expect((await make()).id).toBe((await make()).id)
    const { lists } = await unwrap(rest.GET('/api/v1/lists'))
    expect(lists.filter((list) => list.title === 'Once')).toHaveLength(1)
  })
})
