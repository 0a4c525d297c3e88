import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer, TEST_JWT_SECRET } from '../../support/server.ts'
import { ask } from '../http/ask.ts'
import { good, type Person, people, shared } from '../sharing/stage.ts'
import { Provider } from './provider.ts'

let provider: Provider
let server: RunningServer
let ana: Person
let ben: Person

beforeAll(async () => {
  provider = await Provider.start('ES256')
  server = await startServer({ env: { AUTH_JWKS_URL: provider.url } })
  ;[ana, ben] = (await people(server, 'Ana', 'Benedikta')) as [Person, Person]
}, 60_000)
afterAll(async () => {
  await server?.stop()
  await provider?.stop()
})

const embedded = (claims: Record<string, unknown>) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(TEST_JWT_SECRET))

describe('times that others choose', () => {
  it('[IDENT-7][P-22] a token from the future ends with the others, and one from no time at all is as old as can be', async () => {
    const seconds = Date.now() / 1000
    const sub = 'app-fay'
    const ordinary = await embedded({ sub, iat: seconds - 1 })
    // Milliseconds where seconds are meant is how this happens by itself.
    const odd = [seconds * 1000, seconds + 3600, 1e13, 1e300, -1e300]
    const tokens = await Promise.all(odd.map((iat) => embedded({ sub, iat })))
    const statuses = () =>
      Promise.all(tokens.map(async (token) => (await ask(`${server.url}/api/v1/lists`, { token })).status))
    expect(await statuses()).toEqual(odd.map(() => 200))
    const out = await ask(`${server.url}/api/v1/auth/sign-out-everywhere`, {
      method: 'POST',
      token: ordinary,
    })
    expect(out.status).toBe(200)
    expect(await statuses()).toEqual(odd.map(() => 401))
  })
})

describe('ids that others choose', () => {
  it('[IDENT-1][ANON-2] nobody is let in under the id that an unnamed member goes by', async () => {
    const id = await shared(server, ana, [[ben, 'commenter']])
    const { authorId } = good<{ authorId: string }>(
      await ben.patch(`/lists/${id}/members/me`, { anonymous: true }),
    )
    const claims = { sub: authorId, name: 'Mallory' }
    const tokens = {
      provider: await provider.sign(claims, 'ES256'),
      application: await embedded(claims),
    }
    for (const [issuer, token] of Object.entries(tokens)) {
      const answer = await ask(`${server.url}/api/v1/lists`, { token })
      expect([issuer, answer.status]).toEqual([issuer, 401])
    }
  })
})
