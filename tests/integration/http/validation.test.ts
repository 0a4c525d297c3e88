import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Guest, guest } from '../../support/people.ts'
import { withClient } from '../../support/postgres.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { ask } from './ask.ts'

let server: RunningServer
let api: string
let ana: Guest
let listId: string
beforeAll(async () => {
  server = await startServer()
  api = `${server.url}/api/v1`
  ana = await guest(server.url, 'Ana')
  const created = await ask(`${api}/lists`, { token: ana.token, json: { title: 'Mine' } })
  listId = (created.body as { id: string }).id
})
afterAll(() => server.stop())

/** Every row of every table that a request can reach. */
function state(): Promise<unknown> {
  if (server.databaseUrl === null) throw new Error('a database of our own')
  return withClient(server.databaseUrl, async (client) => {
    const { rows } = await client.query(`
      SELECT (SELECT json_agg(u ORDER BY id) FROM users u) AS users,
             (SELECT json_agg(l ORDER BY id) FROM lists l) AS lists,
             (SELECT json_agg(m ORDER BY list_id, grantee_id, grant_id) FROM share_grants m) AS members,
             (SELECT count(*) FROM list_updates) AS updates`)
    return rows[0]
  })
}

const NOT_TEXT: readonly unknown[] = [null, 7, true, [], {}, ['x'], { toString: 'x' }]
const BAD_TEXT = ['', '   ', '\u0000', 'a\u0007b', 'x'.repeat(1_001), '\ud800']
const BAD_ROLE = ['', 'owner', 'Editor', 'root', '__proto__', 'constructor', 'x'.repeat(1_000), ...NOT_TEXT]
const BAD_ID = [
  '',
  'x',
  '__proto__',
  'constructor',
  randomUUID().toUpperCase(),
  `${randomUUID()}0`,
  '../../etc',
  ...NOT_TEXT,
]
const WRONG_BODIES = [null, 7, 'text', [], [{ name: 'x', title: 'x', role: 'editor' }], {}]
const BROKEN = ['', '{', '{"name":', 'null null', '{"__proto__":{"name":"x"}}', '\u0000', 'name=Ana', '[1,']

interface Endpoint {
  readonly name: string
  readonly method: string
  url(): string
  readonly bodies: readonly unknown[]
}

const ENDPOINTS: Endpoint[] = [
  {
    name: 'POST /auth/guest',
    method: 'POST',
    url: () => `${api}/auth/guest`,
    bodies: [...NOT_TEXT, ...BAD_TEXT, 'x'.repeat(81)].map((name) => ({ name })),
  },
  {
    name: 'POST /lists',
    method: 'POST',
    url: () => `${api}/lists`,
    bodies: [
      ...[...NOT_TEXT, ...BAD_TEXT].map((title) => ({ title })),
      ...BAD_ID.map((id) => ({ id, title: 'fine' })),
    ],
  },
  {
    name: 'PUT /lists/:id/members/:user',
    method: 'PUT',
    url: () => `${api}/lists/${listId}/members/${ana.userId}`,
    bodies: BAD_ROLE.map((role) => ({ role })),
  },
]

describe('bad requests', () => {
  it.each(ENDPOINTS)('[API-3][B-24] $name refuses every wrong type and changes nothing', async (endpoint) => {
    const before = await state()
    const bodies = [...endpoint.bodies, ...WRONG_BODIES]
    for (const json of bodies) {
      const answer = await ask(endpoint.url(), { method: endpoint.method, token: ana.token, json })
      expect(answer, JSON.stringify(json).slice(0, 80)).toMatchObject({
        status: 400,
        body: { code: 'validation-error', status: 400, retryable: false },
      })
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    }
    expect(bodies.length).toBeGreaterThan(15)
    expect(await state()).toEqual(before)
  })

  it.each(ENDPOINTS)('[API-3][B-24] $name refuses what is not JSON and changes nothing', async (endpoint) => {
    const before = await state()
    for (const raw of BROKEN) {
      const answer = await ask(endpoint.url(), { method: endpoint.method, token: ana.token, raw })
      expect(answer, raw).toMatchObject({ status: 400, body: { code: 'validation-error' } })
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const typed = await ask(endpoint.url(), {
      method: endpoint.method,
      token: ana.token,
      raw: 'a=b',
      headers: form,
    })
    expect(typed).toMatchObject({ status: 415, body: { code: 'wrong-media-type' } })
    const large = await ask(endpoint.url(), {
      method: endpoint.method,
      token: ana.token,
      json: { title: 'x'.repeat(70_000) },
    })
    expect(large).toMatchObject({ status: 413, body: { code: 'too-large' } })
    expect(await state()).toEqual(before)
  })

  it('[API-3][B-24] addresses that are no ids, no routes or no addresses are answered in the same form', async () => {
    const strange = [
      'x',
      '__proto__',
      '%00',
      '%',
      '%zz',
      '..%2f..%2fetc',
      'x'.repeat(2_000),
      `${listId}%20`,
      listId.toUpperCase(),
    ]
    for (const id of strange) {
      const answer = await ask(`${api}/lists/${id}`, { token: ana.token })
      expect([400, 404, 414], id).toContain(answer.status)
      expect(answer.body, id).toMatchObject({ code: expect.any(String), advice: expect.any(String) })
    }
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['DELETE', '/lists'],
      ['PUT', `/lists/${listId}`],
      ['POST', '/auth/../nothing'],
    ]) {
      const answer = await ask(`${api}${path}`, { method: method ?? 'GET', token: ana.token })
      expect(answer, path).toMatchObject({ status: 404, body: { code: 'no-such-route' } })
    }
  })

  it('[API-3][B-24] what is refused is named, and a sentence says what is expected', async () => {
    const answer = await ask(`${api}/lists`, { token: ana.token, json: { id: 'x', title: 7 } })
    expect(answer.body).toMatchObject({ detail: expect.stringMatching(/id: .*UUID.*; title: .*string/) })
  })

  it('[API-3][C-16] no answer carries a stack trace or a path of this machine', async () => {
    const answers = await Promise.all([
      ask(`${api}/lists`, { token: ana.token, raw: '{' }),
      ask(`${api}/lists/%zz`, { token: ana.token }),
      ask(`${api}/lists`, { token: 'x' }),
      ask(`${api}/auth/guest`, { json: { name: { $gt: '' } } }),
    ])
    for (const { text } of answers) expect(text).not.toMatch(/\bat .*:\d+|node_modules|\.ts\b|\/home|\/tmp/)
  })
})
