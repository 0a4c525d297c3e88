import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../../support/postgres.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { ask } from '../http/ask.ts'
import {
  good,
  type LinkJson,
  membersOf,
  newLink,
  type Person,
  people,
  person,
  refused,
  shared,
} from './stage.ts'

let server: RunningServer
let api: string
let ana: Person
let ben: Person
beforeAll(async () => {
  server = await startServer()
  api = `${server.url}/api/v1`
  ;[ana, ben] = (await people(server, 'Ana', 'Ben')) as [Person, Person]
})
afterAll(() => server.stop())

const redeem = (who: Person, token: string, more: object = {}) =>
  who.post('/links/redeem', { token, ...more })
const asNobody = (body: object, headers: Record<string, string> = {}) =>
  ask(`${api}/links/redeem`, { json: body, headers })
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

describe('links', () => {
  it('[SHARE-11][P-16] whoever has the link sees what it leads to and joins with its role, once', async () => {
    const id = await shared(server, ana)
    const link = await newLink(ana, id, { role: 'editor' })
    expect(link.url).toBe(`${server.url}/join#${link.token}`)
    const look = await ask(`${api}/links/look`, { json: { token: link.token } })
    expect(good(look)).toEqual({
      title: 'Groceries',
      role: 'editor',
      invitedBy: 'Ana',
      needsPassword: false,
      expiresAt: null,
    })
    expect(good(await redeem(ben, link.token))).toMatchObject({ list: { id, role: 'editor' } })
    good(await redeem(ben, link.token))
    expect(await membersOf(ana, id)).toMatchObject([
      { name: 'Ana', viaLink: false },
      { name: 'Ben', role: 'editor', viaLink: true, invitedBy: { name: 'Ana' } },
    ])
    const { links } = good<{ links: { uses: number }[] }>(await ana.get(`/lists/${id}/links`))
    expect(links).toMatchObject([{ uses: 1, role: 'editor' }])
  })

  it('[SHARE-12] neither token nor password can be read back, from the server or from its database', async () => {
    const id = await shared(server, ana)
    // With an operation id, so that the answer is kept for repeats, too.
    const made = await ana.post(
      `/lists/${id}/links`,
      { role: 'viewer', password: 'open sesame' },
      { 'client-op-id': '7d0f5a52-9c1e-4b0a-8f6d-3e2b1c0d9a84' },
    )
    const link = good<LinkJson>(made)
    const listed = await ana.get(`/lists/${id}/links`)
    expect(listed.text).not.toContain(link.token)
    if (server.databaseUrl === null) throw new Error('a database of our own')
    const stored = await withClient(server.databaseUrl, (client) =>
      client.query('SELECT l::text FROM share_links l UNION ALL SELECT a::text FROM answers a'),
    )
    const text = JSON.stringify(stored.rows)
    expect(text).toContain('scrypt$')
    expect(text).not.toContain('open sesame')
    expect(text).not.toContain(link.token)
    expect(text).not.toContain(Buffer.from(link.token).toString('hex'))
    expect(server.output()).not.toContain(link.token)
  })

  it('[SHARE-13][P-16] a guest comes by a name alone, with a cookie that scripts cannot read and a token', async () => {
    const id = await shared(server, ana)
    const { token } = await newLink(ana, id, { role: 'checker' })
    expect(await asNobody({ token })).toMatchObject(refused(401, 'unauthenticated'))
    const came = await asNobody({ token, name: ' Gast ' })
    const guest = good<{ token: string; user: { id: string; name: string } }>(came)
    expect(guest).toMatchObject({ list: { id, role: 'checker' }, user: { name: 'Gast' } })
    const cookie = came.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(await ask(`${api}/lists/${id}`, { token: guest.token })).toMatchObject({ status: 200 })
    // The cookie alone is the same person on the next link.
    const next = await shared(server, ana, [], 'Second')
    const second = await newLink(ana, next)
    const again = await asNobody(
      { token: second.token, name: 'Somebody else' },
      { cookie: cookie.split(';', 1)[0] ?? '' },
    )
    expect(good(again)).toMatchObject({ list: { id: next } })
    expect((await membersOf(ana, next)).map(({ userId }) => userId)).toContain(guest.user.id)
  })

  it('[SHARE-13][Z-04] a page of a stranger cannot make its visitors guests, nor act with their cookie', async () => {
    const id = await shared(server, ana)
    const { token } = await newLink(ana, id)
    const evil = { origin: 'https://evil.example.org', 'sec-fetch-site': 'cross-site' }
    expect(await asNobody({ token, name: 'Victim' }, evil)).toMatchObject(refused(403, 'origin-refused'))
    const cookie = (await asNobody({ token, name: 'Real' })).headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    const ridden = await asNobody(
      { token: (await newLink(ana, await shared(server, ana))).token },
      { ...evil, cookie },
    )
    expect(ridden).toMatchObject(refused(401, 'unauthenticated'))
    expect(await membersOf(ana, id)).toHaveLength(2)
  })

  it('[SHARE-14][P-16] an expired link opens nothing, and says so', async () => {
    const id = await shared(server, ana)
    expect(await ana.post(`/lists/${id}/links`, { role: 'viewer', expiresAt: inHours(-1) })).toMatchObject(
      refused(400, 'validation-error'),
    )
    const link = await newLink(ana, id, { role: 'viewer', expiresAt: inHours(1) })
    if (server.databaseUrl === null) throw new Error('a database of our own')
    await withClient(server.databaseUrl, (client) =>
      client.query("UPDATE share_links SET expires_at = now() - interval '1 second' WHERE id = $1", [
        link.id,
      ]),
    )
    const over = { status: 410, body: { code: 'link-over', detail: 'The link has expired.' } }
    expect(await redeem(ben, link.token)).toMatchObject(over)
    expect(await ask(`${api}/links/look`, { json: { token: link.token } })).toMatchObject(over)
    expect(await membersOf(ana, id)).toHaveLength(1)
  })

  it('[SHARE-15] twenty people at once get in as often as the link allows, and no guest is let in half', async () => {
    const id = await shared(server, ana)
    const { token } = await newLink(ana, id, { role: 'viewer', maxUses: 7 })
    const crowd = await people(server, ...Array.from({ length: 20 }, (_, i) => `P${i}`))
    const answers = await Promise.all(crowd.map((who) => redeem(who, token)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7)
    for (const { status, body } of answers.filter((answer) => answer.status !== 200)) {
      expect({ status, body }).toMatchObject({ status: 410, body: { code: 'link-over' } })
    }
    expect(await membersOf(ana, id)).toHaveLength(8)
    // Whoever is in does not need the link any more.
    const first = crowd[answers.findIndex(({ status }) => status === 200)]
    if (first === undefined) throw new Error('somebody')
    expect(await redeem(first, token)).toMatchObject({ status: 200 })
  })

  it('[SHARE-16][P-16] revoking a link closes it; with disconnect exactly those who came by it lose access', async () => {
    const id = await shared(server, ana)
    const [one, two] = [await newLink(ana, id), await newLink(ana, id)]
    const [cleo, dave, eve] = (await people(server, 'Cleo', 'Dave', 'Eve')) as [Person, Person, Person]
    good(await redeem(cleo, one.token))
    good(await redeem(dave, two.token))
    good(await redeem(eve, one.token))
    // Given a role by hand since: Eve's access does not stand on the link any more.
    good(await ana.put(`/lists/${id}/members/${eve.userId}`, { role: 'editor' }))
    expect(good(await ana.delete(`/lists/${id}/links/${one.id}?disconnect=true`))).toEqual({ ended: 1 })
    expect((await membersOf(ana, id)).map(({ name }) => name)).toEqual(['Ana', 'Dave', 'Eve'])
    expect(await cleo.get(`/lists/${id}`)).toMatchObject({
      status: 403,
      body: { code: 'access-ended', why: 'link-revoked', detail: expect.stringContaining('Ana') },
    })
    expect(await redeem(ben, one.token)).toMatchObject({
      status: 410,
      body: { detail: 'The link was revoked.' },
    })
    expect(good(await ana.delete(`/lists/${id}/links/${two.id}`))).toEqual({ ended: 0 })
    expect(await dave.get(`/lists/${id}`)).toMatchObject({ status: 200 })
    expect(await ana.delete(`/lists/${id}/links/${two.id}`)).toMatchObject(refused(404, 'no-such-link'))
  })

  it('[SHARE-16][SHARE-2] an editor revokes only links of their own, and disconnects nobody', async () => {
    const id = await shared(server, ana, [[ben, 'editor']])
    good(await ana.patch(`/lists/${id}/settings`, { editorsMayShare: true }))
    const [byAna, byBen] = [await newLink(ana, id), await newLink(ben, id)]
    const { links } = good<{ links: { id: string }[] }>(await ben.get(`/lists/${id}/links`))
    expect(links.map((link) => link.id)).toEqual([byBen.id])
    expect(await ben.delete(`/lists/${id}/links/${byAna.id}`)).toMatchObject(refused(404, 'no-such-link'))
    const disconnect = await ben.delete(`/lists/${id}/links/${byBen.id}?disconnect=true`)
    expect(disconnect).toMatchObject(refused(403, 'not-allowed'))
    good(await ben.delete(`/lists/${id}/links/${byBen.id}`))
    // A link of another list is not there, also for its owner.
    const elsewhere = await shared(server, ana)
    expect(await ana.delete(`/lists/${elsewhere}/links/${byAna.id}`)).toMatchObject(
      refused(404, 'no-such-link'),
    )
  })

  it('[SHARE-11] a link raises a role and never lowers one, and whoever was removed since is not let in', async () => {
    const id = await shared(server, ana, [[ben, 'editor']])
    const cleo = await person(server, 'Cleo')
    good(await redeem(cleo, (await newLink(ana, id, { role: 'viewer' })).token))
    const weak = await newLink(ana, id, { role: 'viewer' })
    good(await redeem(ben, weak.token))
    good(await redeem(cleo, (await newLink(ana, id, { role: 'editor' })).token))
    expect((await membersOf(ana, id)).map(({ name, role }) => [name, role])).toEqual([
      ['Ana', 'owner'],
      ['Ben', 'editor'],
      ['Cleo', 'editor'],
    ])
    good(await ana.delete(`/lists/${id}/members/${ben.userId}`))
    expect(await redeem(ben, weak.token)).toMatchObject({
      status: 403,
      body: { code: 'access-ended', detail: 'Ana removed you from this list.' },
    })
  })
})
