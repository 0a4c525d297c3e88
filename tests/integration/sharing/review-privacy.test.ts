import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer, TEST_JWT_SECRET } from '../../support/server.ts'
import { until } from '../../support/until.ts'
import { good, type Person, people, personOf, refused, shared } from './stage.ts'

let server: RunningServer
let ana: Person
let ben: Person
let cleo: Person
beforeAll(async () => {
  server = await startServer()
  ;[ana, ben, cleo] = (await people(server, 'Ana', 'Benedikta', 'Cleo')) as [Person, Person, Person]
})
afterAll(() => server.stop())

describe('what must not be told', () => {
  it('[ANON-6][P-19] an invitation that is accepted does not tell who made it, when they go unnamed', async () => {
    const id = await shared(server, ana, [[ben, 'admin']])
    const { authorId: hidden } = good<{ authorId: string }>(
      await ben.patch(`/lists/${id}/members/me`, { anonymous: true }),
    )
    // Somebody nobody has seen yet, who then signs in with a token of the application that embeds Tandem.
    const newcomer = `app-${crypto.randomUUID()}`
    const invited = await ben.post(`/lists/${id}/invitations`, { userId: newcomer, role: 'viewer' })
    expect(invited).toMatchObject({ status: 201, body: { status: 'waiting' } })
    const dora = await embedded(server, newcomer, 'Dora')
    good(await dora.get(`/lists/${id}`))

    const audit = await ana.get(`/lists/${id}/audit?limit=200`)
    expect(audit.text).toContain('invitation.accepted')
    expect(audit.text).toContain(hidden)
    expect(audit.text).not.toContain(ben.userId)
  })

  it('[ANON-7][P-19] a member who may remove nobody does not learn by trying who it is that goes unnamed', async () => {
    const id = await shared(server, ana, [
      [ben, 'editor'],
      [cleo, 'viewer'],
    ])
    good(await ben.patch(`/lists/${id}/members/me`, { anonymous: true }))
    const [eve] = (await people(server, 'Eve')) as [Person]
    for (const method of ['put', 'delete'] as const) {
      const attempt = async (userId: string) => {
        const path = `/lists/${id}/members/${userId}`
        const { status, body } = await (method === 'put'
          ? cleo.put(path, { role: 'viewer' })
          : cleo.delete(path))
        return { status, body }
      }
      const answers = await Promise.all([ben.userId, eve.userId, 'nobody-at-all'].map(attempt))
      expect(answers[0]).toMatchObject(refused(403, 'not-allowed'))
      expect(answers).toEqual([answers[0], answers[0], answers[0]])
    }
  })

  it('[GRANT-5][P-18] somebody who lost access does not read there what the list is called today', async () => {
    const id = await shared(server, ana, [[cleo, 'editor']], 'Holidays')
    good(await ana.delete(`/lists/${id}/members/${cleo.userId}`))
    good(await ana.patch(`/lists/${id}`, { title: 'Surprise for Cleo' }))
    await until(async () => (await ana.get('/lists')).text.includes('Surprise for Cleo'))
    const told = await cleo.get(`/lists/${id}`)
    expect(told).toMatchObject(refused(403, 'access-ended'))
    expect(told.text).not.toContain('Surprise')
  })
})

/** Somebody signed in by the application that embeds Tandem. */
async function embedded(on: RunningServer, userId: string, name: string): Promise<Person> {
  const token = await new SignJWT({ sub: userId, name })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(TEST_JWT_SECRET))
  return personOf(on, name, { userId, token })
}
