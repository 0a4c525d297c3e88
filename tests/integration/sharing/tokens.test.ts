import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../../support/postgres.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { ask } from '../http/ask.ts'
import { good, type Person, person, personOf, refused, shared } from './stage.ts'

let server: RunningServer
let ana: Person
let listId: string
beforeAll(async () => {
  server = await startServer()
  ana = await person(server, 'Ana')
  listId = await shared(server, ana)
})
afterAll(() => server.stop())

interface TokenJson {
  readonly id: string
  readonly token: string
}

async function newToken(...scopes: string[]): Promise<Person & { readonly id: string }> {
  const made = good<TokenJson>(await ana.post('/me/tokens', { name: 'Robot', scopes }))
  expect(made.token).toMatch(/^tdm_[A-Za-z0-9_-]{43}$/)
  return { ...personOf(server, 'Robot', { userId: ana.userId, token: made.token }), id: made.id }
}

/** Everything the database keeps of tokens, and of answers that showed one. */
async function stored(): Promise<string> {
  if (server.databaseUrl === null) throw new Error('a database of our own')
  const text = 'SELECT t::text FROM api_tokens t UNION ALL SELECT a::text FROM answers a'
  return withClient(server.databaseUrl, async (client) => JSON.stringify((await client.query(text)).rows))
}

describe('oneself', () => {
  it('[SHARE-17] says who one is', async () => {
    expect(good(await ana.get('/me'))).toEqual({ id: ana.userId, name: 'Ana', email: null, kind: 'guest' })
    expect(await ask(`${server.url}/api/v1/me`)).toMatchObject(refused(401, 'unauthenticated'))
  })
})

describe('API tokens', () => {
  it('[SHARE-17] a token does what its scopes say and nothing else', async () => {
    const reader = await newToken('lists:read')
    expect(await reader.get(`/lists/${listId}`)).toMatchObject({ status: 200 })
    expect(await reader.patch(`/lists/${listId}`, { title: 'x' })).toMatchObject(
      refused(403, 'missing-scope'),
    )
    expect(await reader.post('/lists', { title: 'x' })).toMatchObject(refused(403, 'missing-scope'))
    expect(await reader.post(`/lists/${listId}/links`, { role: 'viewer' })).toMatchObject(
      refused(403, 'missing-scope'),
    )
    expect(await reader.get('/me')).toMatchObject(refused(403, 'missing-scope'))
    const sharer = await newToken('sharing', 'lists:write')
    expect(await sharer.post(`/lists/${listId}/links`, { role: 'viewer' })).toMatchObject({ status: 201 })
    expect(await sharer.post(`/lists/${listId}/items`, { title: 'Milk' })).toMatchObject({ status: 201 })
  })

  it('[SHARE-17] a token makes no tokens, and is shown once', async () => {
    const own = await newToken('me')
    expect(await own.post('/me/tokens', { name: 'More', scopes: ['sharing'] })).toMatchObject(
      refused(403, 'missing-scope'),
    )
    const listed = await ana.get('/me/tokens')
    expect(good(listed)).toMatchObject({
      tokens: expect.arrayContaining([expect.objectContaining({ name: 'Robot' })]),
    })
    expect(listed.text).not.toContain('tdm_')
    expect(await stored()).not.toContain(own.token)
  })

  it('[SHARE-17][C-04] a repeated request shows the same token, and makes one', async () => {
    const headers = { 'idempotency-key': '0b7c9f1e-2d4a-4f6b-8c3d-5e9a7b1c2d3f' }
    const make = () => ana.post('/me/tokens', { name: 'Repeated', scopes: ['me'] }, headers)
    const answers = await Promise.all(Array.from({ length: 20 }, make))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await stored()).not.toContain(good<TokenJson>(await make()).token)
    const { tokens } = good<{ tokens: { name: string }[] }>(await ana.get('/me/tokens'))
    expect(tokens.filter(({ name }) => name === 'Repeated')).toHaveLength(1)
  })

  it('[SHARE-17] a revoked or expired token opens nothing from then on', async () => {
    const robot = await newToken('lists:read')
    good(await robot.get('/lists'))
    good(await ana.delete(`/me/tokens/${robot.id}`))
    expect(await robot.get('/lists')).toMatchObject(refused(401, 'unauthenticated'))
    expect(await ana.delete(`/me/tokens/${robot.id}`)).toMatchObject(refused(404, 'no-such-token'))
    const past = await ana.post('/me/tokens', {
      name: 'x',
      scopes: ['me'],
      expiresAt: '2020-01-01T00:00:00Z',
    })
    expect(past).toMatchObject(refused(400, 'validation-error'))
  })

  it('[SHARE-17] nobody else sees or revokes one’s tokens', async () => {
    const robot = await newToken('lists:read')
    const eve = await person(server, 'Eve')
    expect(good(await eve.get('/me/tokens'))).toEqual({ tokens: [] })
    expect(await eve.delete(`/me/tokens/${robot.id}`)).toMatchObject(refused(404, 'no-such-token'))
    good(await robot.get('/lists'))
  })
})
