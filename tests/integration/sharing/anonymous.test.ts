import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { ask } from '../http/ask.ts'
import { good, type MemberJson, membersOf, newLink, type Person, people, refused, shared } from './stage.ts'

let server: RunningServer
let ana: Person
let ben: Person
let cleo: Person
beforeAll(async () => {
  server = await startServer()
  ;[ana, ben, cleo] = (await people(server, 'Ana', 'Benedikta', 'Cleo')) as [Person, Person, Person]
})
afterAll(() => server.stop())

async function hide(who: Person, listId: string, anonymous = true): Promise<string> {
  const answer = await who.patch(`/lists/${listId}/members/me`, { anonymous })
  return good<{ authorId: string }>(answer).authorId
}

const other = (members: readonly MemberJson[], userId: string): MemberJson | undefined =>
  members.find((member) => member.userId === userId)

/** Everything a member can read about a list. */
async function everything(who: Person, listId: string): Promise<string> {
  const paths = [
    '',
    '/members',
    '/items',
    '/items?trash=true',
    '/settings',
    '/changes?since_seq=0',
    '/history',
    '/audit?limit=200',
    '/links',
    '/invitations',
  ]
  const answers = await Promise.all(paths.map((path) => who.get(`/lists/${listId}${path}`)))
  const overview = await who.get('/lists?include=content')
  return [...answers, overview].map(({ text }) => text).join('\n')
}

describe('anonymous members', () => {
  it('[ANON-5][P-19][Z-23] who asks not to be named is "Anonymous" to everybody, the owner too, and themselves to themselves', async () => {
    const id = await shared(server, ana, [
      [ben, 'editor'],
      [cleo, 'viewer'],
    ])
    const hidden = await hide(ben, id)
    expect(hidden).toMatch(/^anon_[0-9A-Za-z]{12}$/)
    for (const who of [ana, cleo]) {
      const members = await membersOf(who, id)
      expect(other(members, ben.userId)).toBeUndefined()
      const shown = { name: 'Anonymous', role: 'editor', isAnonymous: true, isYou: false }
      expect(other(members, hidden)).toMatchObject(shown)
      expect(other(members, hidden)).not.toHaveProperty('email')
    }
    expect(other(await membersOf(ben, id), hidden)).toMatchObject({
      isYou: true,
      isAnonymous: true,
      name: 'Benedikta',
    })
    expect(await hide(ben, id, false)).toBe(ben.userId)
    expect(other(await membersOf(ana, id), ben.userId)).toMatchObject({
      name: 'Benedikta',
      isAnonymous: false,
    })
    expect(await hide(ben, id)).toBe(hidden)
  })

  it('[ANON-6][P-19] from then on neither name nor id stands in anything others can read, also after they left', async () => {
    const id = await shared(server, ana, [[ben, 'admin']])
    const hidden = await hide(ben, id)
    good(await ben.post(`/lists/${id}/items`, { title: 'Milk' }))
    good(await ben.put(`/lists/${id}/members/${cleo.userId}`, { role: 'admin' }))
    await newLink(ben, id)
    good(await ben.post(`/lists/${id}/invitations`, { email: 'x@example.org', role: 'viewer' }))
    for (const who of [ana, cleo]) {
      const text = await everything(who, id)
      expect(text).toContain(hidden)
      expect(text).not.toContain(ben.userId)
      expect(text).not.toContain('Benedikta')
    }
    expect(other(await membersOf(cleo, id), cleo.userId)?.invitedBy).toEqual({
      userId: hidden,
      name: 'Anonymous',
    })

    good(await ben.post(`/lists/${id}/leave`))
    for (const who of [ana, cleo]) {
      const text = await everything(who, id)
      expect(text).not.toContain(ben.userId)
      expect(text).not.toContain('Benedikta')
    }
  })

  it('[ANON-6][P-19] an owner who goes unnamed is so in every overview, and in what a link says', async () => {
    const id = await shared(server, ben, [[cleo, 'viewer']], 'Surprise party')
    const link = await newLink(ben, id)
    const hidden = await hide(ben, id)
    expect(good(await cleo.get(`/lists/${id}`))).toMatchObject({ ownerId: hidden })
    const overview = await cleo.get('/lists')
    expect(overview.text).toContain(hidden)
    const look = await ask(`${server.url}/api/v1/links/look`, { json: { token: link.token } })
    expect(good(look)).toMatchObject({ title: 'Surprise party', invitedBy: null })
    for (const text of [overview.text, look.text]) {
      expect(text).not.toContain('Benedikta')
      expect(text).not.toContain(ben.userId)
    }
    good(await ben.delete(`/lists/${id}/members/${cleo.userId}`))
    const told = await cleo.get(`/lists/${id}`)
    expect(told).toMatchObject({
      status: 403,
      body: { detail: 'You were removed from this list.', by: null },
    })
  })

  it('[ANON-7][P-19] managers act on somebody unnamed by the id they see, and never by the one they do not', async () => {
    const id = await shared(server, ana, [[ben, 'viewer']])
    const hidden = await hide(ben, id)
    const address = (userId: string) => `/lists/${id}/members/${userId}`
    expect(await ana.delete(address(ben.userId))).toMatchObject(refused(404, 'no-such-member'))
    expect(await ana.post(`/lists/${id}/transfer`, { userId: ben.userId })).toMatchObject(
      refused(404, 'no-such-member'),
    )
    expect(await ana.put(address(ben.userId), { role: 'admin' })).toMatchObject(refused(404, 'no-such-user'))
    expect(good(await ana.put(address(hidden), { role: 'editor' }))).toMatchObject({
      userId: hidden,
      role: 'editor',
    })
    expect(good(await ben.get(`/lists/${id}`))).toMatchObject({ role: 'editor' })
    expect(good(await ana.post(`/lists/${id}/transfer`, { userId: hidden }))).toEqual({
      owner: { userId: hidden, name: 'Anonymous' },
    })
    good(await ben.post(`/lists/${id}/transfer`, { userId: ana.userId }))
    good(await ana.delete(address(hidden)))
    expect(await ben.get(`/lists/${id}`)).toMatchObject({ status: 403, body: { why: 'removed', by: 'Ana' } })
  })

  it('[ANON-7] an id by which somebody goes in one list is nobody in another', async () => {
    const [id, elsewhere] = [
      await shared(server, ana, [[ben, 'viewer']]),
      await shared(server, ana, [[ben, 'viewer']]),
    ]
    const hidden = await hide(ben, id)
    expect(await ana.delete(`/lists/${elsewhere}/members/${hidden}`)).toMatchObject(
      refused(404, 'no-such-member'),
    )
    expect(await ana.put(`/lists/${elsewhere}/members/${hidden}`, { role: 'editor' })).toMatchObject(
      refused(404, 'no-such-user'),
    )
    expect(await hide(ben, elsewhere)).not.toBe(hidden)
  })
})
