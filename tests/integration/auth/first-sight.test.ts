import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../../support/postgres.ts'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from '../http/ask.ts'
import { Provider } from './provider.ts'

let provider: Provider
let server: RunningServer

beforeAll(async () => {
  provider = await Provider.start('ES256')
  server = await startServer({ env: { AUTH_JWKS_URL: provider.url } })
}, 60_000)
afterAll(async () => {
  await server?.stop()
  await provider?.stop()
})

const sign = (claims: Record<string, unknown>) => provider.sign(claims, 'ES256')
const api = (path: string, token: string, json?: unknown, method?: string) =>
  ask(`${server.url}/api/v1${path}`, {
    token,
    ...(json === undefined ? {} : { json }),
    ...(method === undefined ? {} : { method }),
  })

interface StoredUser {
  readonly name: string
  readonly email: string | null
  readonly kind: string
}

async function stored(id: string): Promise<StoredUser | undefined> {
  return withClient(server.databaseUrl ?? '', async (client) => {
    const { rows } = await client.query<StoredUser>('SELECT name, email, kind FROM users WHERE id = $1', [id])
    return rows[0]
  })
}

async function listOf(token: string): Promise<string> {
  const made = await api('/lists', token, { title: 'Groceries' })
  return (made.body as { id: string }).id
}

const titles = async (token: string) =>
  ((await api('/lists', token)).body as { lists: { title: string; role: string }[] }).lists

describe('somebody seen for the first time', () => {
  it('[IDENT-3] is known by name from then on, and by address only when it is verified', async () => {
    await api(
      '/lists',
      await sign({ sub: 'kc|ann', name: 'Ann', email: 'ann@example.org', email_verified: true }),
    )
    await api('/lists', await sign({ sub: 'kc|bob', name: 'Bob', email: 'bob@example.org' }))
    expect(await stored('kc|ann')).toEqual({ name: 'Ann', email: 'ann@example.org', kind: 'external' })
    expect(await stored('kc|bob')).toEqual({ name: 'Bob', email: null, kind: 'external' })
    await api('/lists', await sign({ sub: 'kc|ann', name: 'Ann Lee' }))
    expect(await stored('kc|ann')).toMatchObject({ name: 'Ann Lee', email: 'ann@example.org' })
  })

  it('[IDENT-3] comes into the lists they were invited to by address or by id; an address nobody verified opens nothing', async () => {
    const owner = await sign({ sub: 'kc|owner', name: 'Owner' })
    const listId = await listOf(owner)
    for (const to of [{ email: 'Cem@Example.org' }, { userId: 'kc|dora' }]) {
      const invited = await api(`/lists/${listId}/invitations`, owner, { ...to, role: 'editor' })
      expect([invited.status, invited.body]).toEqual([201, expect.objectContaining({ status: 'waiting' })])
    }
    const claims = { sub: 'kc|cem', name: 'Cem', email: 'cem@example.org' }
    expect(await titles(await sign({ sub: 'kc|thief', name: 'Thief', email: 'cem@example.org' }))).toEqual([])
    expect(await titles(await sign(claims))).toEqual([])
    // The same person, the same process, and now the provider vouches for the address.
    expect(await titles(await sign({ ...claims, email_verified: true }))).toMatchObject([{ role: 'editor' }])
    expect(await titles(await sign({ sub: 'kc|dora', name: 'Dora' }))).toMatchObject([{ role: 'editor' }])
  })

  it('[IDENT-3] addresses of an issuer that is trusted count without more', async () => {
    const trusting = await startServer({ env: { AUTH_JWKS_URL: provider.url, AUTH_JWT_EMAILS: 'trusted' } })
    try {
      const token = await sign({ sub: 'kc|eve', name: 'Eve', email: 'eve@example.org' })
      expect((await ask(`${trusting.url}/api/v1/lists`, { token })).status).toBe(200)
      const email = await withClient(trusting.databaseUrl ?? '', async (client) => {
        const { rows } = await client.query<StoredUser>(`SELECT email FROM users WHERE id = 'kc|eve'`)
        return rows[0]?.email
      })
      expect(email).toBe('eve@example.org')
    } finally {
      await trusting.stop()
    }
  }, 30_000)

  it('[IDENT-3][C-11] whoever connects is told who they are, and which lists they may open', async () => {
    const token = await sign({ sub: 'kc|fay', name: 'Fay' })
    const listId = await listOf(token)
    expect((await api('/me', token)).body).toMatchObject({ id: 'kc|fay', name: 'Fay', kind: 'external' })
    expect(await titles(token)).toMatchObject([{ id: listId, role: 'owner' }])
    const client = new RawClient({ url: `${server.wsUrl}/sync`, token, listId })
    await client.synced
    await until(() => client.messages.some((text) => text.includes('"welcome"')), { what: 'welcome' })
    expect(client.messages.map((text) => JSON.parse(text) as unknown)).toContainEqual(
      expect.objectContaining({ type: 'welcome', userId: 'kc|fay', role: 'owner' }),
    )
    client.drop()
  })

  it('[IDENT-1][Z-02] who acts is who the token names, whatever the request says', async () => {
    const ann = await sign({ sub: 'kc|ann', name: 'Ann' })
    const made = await api('/lists', ann, {
      title: 'Mine',
      ownerId: 'kc|bob',
      createdBy: 'kc|bob',
      by: 'kc|bob',
    })
    expect(made.body).toMatchObject({ ownerId: 'kc|ann' })
  })
})
