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

describe('ids that others choose', () => {
  it('[IDENT-1][ANON-2] nobody is let in under the id that an unnamed member goes by', async () => {
    const id = await shared(server, ana, [[ben, 'commenter']])
    const { authorId } = good<{ authorId: string }>(
      await ben.patch(`/lists/${id}/members/me`, { anonymous: true }),
    )
    const claims = { sub: authorId, name: 'Mallory' }
    const tokens = {
      provider: await provider.sign(claims, 'ES256'),
      application: await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(TEST_JWT_SECRET)),
    }
    for (const [issuer, token] of Object.entries(tokens)) {
      const answer = await ask(`${server.url}/api/v1/lists`, { token })
      expect([issuer, answer.status]).toEqual([issuer, 401])
    }
  })
})
