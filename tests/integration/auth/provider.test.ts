import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RawClient } from '../../support/raw-client.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { ask } from '../http/ask.ts'
import { type Algorithm, Provider } from './provider.ts'

const ISSUER = 'https://login.example.org/'
const AUDIENCE = 'tandem'
const good = { sub: 'kc|ann', name: 'Ann', iss: ISSUER, aud: AUDIENCE }

let provider: Provider
let server: RunningServer

beforeAll(async () => {
  provider = await Provider.start('RS256', 'ES256', 'EdDSA')
  server = await startServer({
    env: { AUTH_JWKS_URL: provider.url, AUTH_JWT_ISSUER: ISSUER, AUTH_JWT_AUDIENCE: AUDIENCE },
  })
}, 60_000)

afterAll(async () => {
  await server?.stop()
  await provider?.stop()
})

const lists = (token: string | undefined) => ask(`${server.url}/api/v1/lists`, { token })

async function newList(token: string): Promise<string> {
  const made = await ask(`${server.url}/api/v1/lists`, { token, json: { title: 'Groceries' } })
  expect(made.status).toBe(201)
  return (made.body as { id: string }).id
}

describe('tokens of an identity provider', () => {
  it.each(['RS256', 'ES256', 'EdDSA'] as Algorithm[])(
    '[IDENT-1] one signed with %s counts',
    async (algorithm) => {
      expect((await lists(await provider.sign(good, algorithm))).status).toBe(200)
    },
  )

  it('[IDENT-1][P-22] what does not count is refused by REST and by the socket, before any data', async () => {
    const listId = await newList(await provider.sign(good))
    const now = Math.floor(Date.now() / 1000)
    const stranger = await generateKeyPair('RS256')
    const asSecret = (text: string) =>
      new SignJWT(good)
        .setProtectedHeader({ alg: 'HS256', kid: provider.key('RS256').id })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(text))
    const refused: Record<string, string> = {
      none: '',
      expired: await provider.sign({ ...good, exp: now - 120 }),
      'not valid yet': await provider.sign({ ...good, nbf: now + 600 }),
      'signed by a stranger': await new SignJWT(good)
        .setProtectedHeader({ alg: 'RS256', kid: provider.key('RS256').id })
        .setExpirationTime('1h')
        .sign(stranger.privateKey),
      'an unknown key': await new SignJWT(good)
        .setProtectedHeader({ alg: 'RS256', kid: 'nobody' })
        .setExpirationTime('1h')
        .sign(stranger.privateKey),
      'alg none': new UnsecuredJWT(good).setExpirationTime('1h').encode(),
      'the public key as the secret': await asSecret(await provider.publicText('RS256')),
      'the published key as the secret': await asSecret(JSON.stringify(provider.key('RS256').jwk)),
      'another issuer': await provider.sign({ ...good, iss: 'https://login.example.com/' }),
      'no issuer': await provider.sign({ ...good, iss: undefined }),
      'another audience': await provider.sign({ ...good, aud: 'mail' }),
      'no audience': await provider.sign({ ...good, aud: undefined }),
      'no user': await provider.sign({ ...good, sub: undefined }),
      'an id of our own form': await provider.sign({ ...good, sub: 'u_0123456789AB' }),
      'cut short': (await provider.sign(good)).slice(0, -20),
    }
    for (const [what, token] of Object.entries(refused)) {
      const answer = await lists(token === '' ? undefined : token)
      expect([what, answer.status]).toEqual([what, 401])
      const client = new RawClient({ url: `${server.wsUrl}/sync`, token, listId })
      await until(() => client.denied !== null || client.closed !== null, { what: `denial: ${what}` })
      expect([what, client.document.store.clients.size]).toEqual([what, 0])
      client.drop()
    }
  })

  it('[IDENT-1][Z-02] another person’s token opens nothing of the first one’s', async () => {
    const listId = await newList(await provider.sign(good))
    const bob = await provider.sign({ ...good, sub: 'kc|bob', name: 'Bob' })
    expect((await ask(`${server.url}/api/v1/lists/${listId}`, { token: bob })).status).toBe(404)
    const client = new RawClient({ url: `${server.wsUrl}/sync`, token: bob, listId })
    await until(() => client.denied !== null, { what: 'denial' })
    client.drop()
  })

  it('[IDENT-1] an audience may be one of several', async () => {
    expect((await lists(await provider.sign({ ...good, aud: ['mail', AUDIENCE] }))).status).toBe(200)
  })
})
