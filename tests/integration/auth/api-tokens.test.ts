import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guest } from '../../support/people.ts'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from '../http/ask.ts'

let server: RunningServer
let owner: string
let listId: string

beforeAll(async () => {
  server = await startServer()
  owner = (await guest(server.url, 'Ann')).token
  listId = ((await api('/lists', owner, { title: 'Groceries' })).body as { id: string }).id
}, 60_000)
afterAll(() => server?.stop())

const api = (path: string, token: string, json?: unknown, method?: string) =>
  ask(`${server.url}/api/v1${path}`, {
    token,
    ...(json === undefined ? {} : { json }),
    ...(method === undefined ? {} : { method }),
  })

async function apiToken(...scopes: string[]): Promise<string> {
  const made = await api('/me/tokens', owner, { name: 'robot', scopes })
  expect(made.status).toBe(201)
  return (made.body as { token: string }).token
}

const missing = expect.objectContaining({ code: 'missing-scope' })

describe('API tokens', () => {
  it('[IDENT-9] each does what its scopes say, and nothing else', async () => {
    const tries = {
      'lists:read': [`/lists/${listId}`, undefined, 'GET'],
      'lists:write': ['/lists', { title: 'More' }, 'POST'],
      sharing: [`/lists/${listId}/invitations`, { email: 'b@example.org', role: 'viewer' }, 'POST'],
      me: ['/me', undefined, 'GET'],
    } as const
    const alsoAllows: Record<string, string[]> = { 'lists:write': ['lists:read'] }
    for (const scope of Object.keys(tries)) {
      const token = await apiToken(scope)
      expect(token).toMatch(/^tdm_[\w-]{43}$/)
      for (const [other, [path, json, method]] of Object.entries(tries)) {
        const answer = await api(path, token, json, method)
        const isAllowed = other === scope || (alsoAllows[scope] ?? []).includes(other)
        if (isAllowed) expect([scope, other, answer.status < 300]).toEqual([scope, other, true])
        else expect([scope, other, answer.status, answer.body]).toEqual([scope, other, 403, missing])
      }
    }
  })

  it('[IDENT-9] sockets open for those that may write, and an unknown token is nobody', async () => {
    const open = (token: string) => new RawClient({ url: `${server.wsUrl}/sync`, token, listId })
    const writer = open(await apiToken('lists:write'))
    await writer.synced
    for (const token of [await apiToken('lists:read', 'sharing', 'me'), `tdm_${'x'.repeat(43)}`, 'tdm_']) {
      const client = open(token)
      await until(() => client.denied !== null, { what: 'denial' })
      expect(client.document.store.clients.size).toBe(0)
      client.drop()
    }
    expect((await api('/me', `tdm_${'x'.repeat(43)}`)).status).toBe(401)
    writer.drop()
  })
})
