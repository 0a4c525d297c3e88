import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer, TEST_JWT_SECRET } from '../../support/server.ts'
import { good, membersOf, type Person, people, personOf, refused, shared } from './stage.ts'

let server: RunningServer
let other: RunningServer
let ana: Person
let ben: Person
let cleo: Person
beforeAll(async () => {
  server = await startServer()
  other = await startServer({ databaseUrl: server.databaseUrl })
  ;[ana, ben, cleo] = (await people(server, 'Ana', 'Ben', 'Cleo')) as [Person, Person, Person]
})
afterAll(async () => {
  await other.stop()
  await server.stop()
})

/** Somebody whom the embedding application signed in, and who never was here before. */
async function arriving(userId: string, claims: Record<string, unknown> = {}): Promise<Person> {
  const token = await new SignJWT({ name: userId, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(TEST_JWT_SECRET))
  return personOf(server, userId, { userId, token })
}

describe('invitations', () => {
  it('[SHARE-7][P-17][C-15] somebody known joins at once, and has the list at their next question on any node', async () => {
    const id = await shared(server, ana)
    const asked = await ana.post(`/lists/${id}/invitations`, { userId: ben.userId, role: 'checker' })
    expect(asked).toMatchObject({ status: 201, body: { status: 'joined', role: 'checker' } })
    const elsewhere = personOf(other, 'Ben', ben)
    const { lists } = good<{ lists: object[] }>(await elsewhere.get('/lists?view=shared'))
    expect(lists).toContainEqual(expect.objectContaining({ id, role: 'checker', title: 'Groceries' }))
    expect(await membersOf(elsewhere, id)).toHaveLength(2)
  })

  it('[SHARE-7][P-17] by user id and by e-mail an invitation waits until the person arrives, once', async () => {
    const id = await shared(server, ana)
    const invite = (to: object) => ana.post(`/lists/${id}/invitations`, { ...to, role: 'editor' })
    expect(await invite({ userId: 'app-17' })).toMatchObject({ status: 201, body: { status: 'waiting' } })
    expect(await invite({ email: 'Dora@Example.org' })).toMatchObject({
      status: 201,
      body: { status: 'waiting' },
    })
    expect(await invite({ email: 'dora@example.org' })).toMatchObject({ body: { status: 'waiting' } })
    const { invitations } = good<{ invitations: object[] }>(await ana.get(`/lists/${id}/invitations`))
    expect(invitations).toHaveLength(2)

    const seventeen = await arriving('app-17')
    const { lists } = good<{ lists: object[] }>(await seventeen.get('/lists'))
    expect(lists).toContainEqual(expect.objectContaining({ id, role: 'editor' }))
    // An address that was not shown to be theirs opens nothing.
    const liar = await arriving('app-18', { email: 'dora@example.org', email_verified: false })
    expect(good(await liar.get('/lists'))).toEqual({ lists: [] })
    const dora = await arriving('app-19', { email: 'dora@example.org', email_verified: true })
    expect(good<{ lists: object[] }>(await dora.get('/lists')).lists).toHaveLength(1)
    expect(good(await ana.get(`/lists/${id}/invitations`))).toEqual({ invitations: [] })
    expect((await membersOf(ana, id)).map(({ userId }) => userId)).toEqual([ana.userId, 'app-17', 'app-19'])
  })

  it('[SHARE-7] what was withdrawn opens nothing, and withdrawing it again is answered', async () => {
    const id = await shared(server, ana)
    const { invitation } = good<{ invitation: { id: string } }>(
      await ana.post(`/lists/${id}/invitations`, { userId: 'app-20', role: 'viewer' }),
    )
    const withdraw = () => ana.delete(`/lists/${id}/invitations/${invitation.id}`)
    expect(await withdraw()).toMatchObject({ status: 200 })
    expect(await withdraw()).toMatchObject(refused(404, 'no-such-invitation'))
    expect(await (await arriving('app-20')).get(`/lists/${id}`)).toMatchObject(refused(404, 'no-such-list'))
  })

  it('[SHARE-2] an editor sees and takes back only invitations of their own; of another list nobody does', async () => {
    const id = await shared(server, ana, [[ben, 'editor']])
    const elsewhere = await shared(server, ana)
    good(await ana.patch(`/lists/${id}/settings`, { editorsMayShare: true }))
    type Made = { readonly invitation: { readonly id: string } }
    const byAna = good<Made>(
      await ana.post(`/lists/${id}/invitations`, { email: 'x@example.org', role: 'admin' }),
    )
    const byBen = good<Made>(
      await ben.post(`/lists/${id}/invitations`, { email: 'y@example.org', role: 'viewer' }),
    )
    const seen = good<{ invitations: { id: string }[] }>(await ben.get(`/lists/${id}/invitations`))
    expect(seen.invitations.map((one) => one.id)).toEqual([byBen.invitation.id])
    const withdraw = (who: Person, list: string, { invitation }: Made) =>
      who.delete(`/lists/${list}/invitations/${invitation.id}`)
    expect(await withdraw(ben, id, byAna)).toMatchObject(refused(404, 'no-such-invitation'))
    expect(await withdraw(ana, elsewhere, byAna)).toMatchObject(refused(404, 'no-such-invitation'))
    good(await withdraw(ben, id, byBen))
    good(await withdraw(ana, id, byAna))
  })

  it('[SHARE-7][C-04] the same operation twenty times at once is one invitation and one answer', async () => {
    const id = await shared(server, ana)
    const headers = { 'client-op-id': 'f9e6d2b4-7c1a-4e02-9d53-1d8a40f6b7c2' }
    const body = { email: 'once@example.org', role: 'viewer' }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ana.post(`/lists/${id}/invitations`, body, headers)),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    const { invitations } = good<{ invitations: object[] }>(await ana.get(`/lists/${id}/invitations`))
    expect(invitations).toHaveLength(1)
  })

  it('[SHARE-7] an address or id that is none is refused, and nothing waits', async () => {
    const id = await shared(server, ana)
    const wrong = [
      { role: 'viewer' },
      { email: 'nobody', role: 'viewer' },
      { email: 'a@b.example', userId: 'u_1', role: 'viewer' },
      { userId: '', role: 'viewer' },
      { userId: cleo.userId, role: 'owner' },
      { email: `${'x'.repeat(300)}@example.org`, role: 'viewer' },
    ]
    for (const body of wrong) {
      expect(await ana.post(`/lists/${id}/invitations`, body), JSON.stringify(body)).toMatchObject(
        refused(400, 'validation-error'),
      )
    }
    expect(good(await ana.get(`/lists/${id}/invitations`))).toEqual({ invitations: [] })
  })
})
