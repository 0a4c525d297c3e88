import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { good, membersOf, type Person, people, refused, shared } from './stage.ts'

let server: RunningServer
let ana: Person
let ben: Person
let cleo: Person
let dave: Person
let eve: Person
beforeAll(async () => {
  server = await startServer()
  const all = await people(server, 'Ana', 'Ben', 'Cleo', 'Dave', 'Eve')
  ;[ana, ben, cleo, dave, eve] = all as [Person, Person, Person, Person, Person]
})
afterAll(() => server.stop())

const ROLES = ['viewer', 'commenter', 'checker', 'editor', 'admin'] as const

describe('members', () => {
  it('[SHARE-1][P-17] everybody with access is listed with their role and who let them in, the owner first', async () => {
    const id = await shared(server, ana, [[ben, 'admin']])
    good(await ben.put(`/lists/${id}/members/${cleo.userId}`, { role: 'viewer' }))
    expect(await membersOf(cleo, id)).toMatchObject([
      { userId: ana.userId, name: 'Ana', role: 'owner', invitedBy: null, isYou: false },
      { userId: ben.userId, role: 'admin', invitedBy: { userId: ana.userId, name: 'Ana' } },
      { userId: cleo.userId, role: 'viewer', invitedBy: { name: 'Ben' }, isYou: true, viaLink: false },
    ])
  })

  it('[SHARE-2][P-03][P-05] nobody gives more than they have, and only those who manage members change one', async () => {
    const id = await shared(server, ana, [
      [ben, 'admin'],
      [cleo, 'editor'],
      [dave, 'viewer'],
    ])
    const give = (who: Person, whom: Person, role: string) =>
      who.put(`/lists/${id}/members/${whom.userId}`, { role })
    for (const role of ROLES) good(await give(ben, eve, role))
    expect(await give(cleo, eve, 'viewer')).toMatchObject(refused(403, 'not-allowed'))
    expect(await give(dave, eve, 'viewer')).toMatchObject(refused(403, 'not-allowed'))
    expect(await give(ben, ana, 'viewer')).toMatchObject(refused(409, 'owner-is-fixed'))
    expect(await give(ana, ana, 'admin')).toMatchObject(refused(409, 'owner-is-fixed'))
    expect(await give(ana, eve, 'owner')).toMatchObject(refused(400, 'validation-error'))
    const owners = (await membersOf(ana, id)).filter(({ role }) => role === 'owner')
    expect(owners).toMatchObject([{ userId: ana.userId }])
  })

  it('[SHARE-2][P-02] editors share when the list says so, up to their own role, and never change a member', async () => {
    const id = await shared(server, ana, [
      [ben, 'editor'],
      [cleo, 'viewer'],
    ])
    const settings = `/lists/${id}/settings`
    const invite = (role: string) => ben.post(`/lists/${id}/invitations`, { userId: dave.userId, role })
    const link = (role: string) => ben.post(`/lists/${id}/links`, { role })
    expect(good(await ben.get(settings))).toEqual({ editorsMayShare: false })
    expect(await invite('viewer')).toMatchObject(refused(403, 'not-allowed'))
    expect(await link('viewer')).toMatchObject(refused(403, 'not-allowed'))
    expect(await ben.patch(settings, { editorsMayShare: true })).toMatchObject(refused(403, 'not-allowed'))

    expect(good(await ana.patch(settings, { editorsMayShare: true }))).toEqual({ editorsMayShare: true })
    expect(await invite('editor')).toMatchObject({ status: 201, body: { status: 'joined', role: 'editor' } })
    expect(await invite('admin')).toMatchObject(refused(403, 'not-allowed'))
    expect(await link('editor')).toMatchObject({ status: 201 })
    expect(await link('admin')).toMatchObject(refused(403, 'not-allowed'))
    const change = await ben.put(`/lists/${id}/members/${cleo.userId}`, { role: 'editor' })
    expect(change).toMatchObject(refused(403, 'not-allowed'))
    expect(await ben.delete(`/lists/${id}/members/${cleo.userId}`)).toMatchObject(refused(403, 'not-allowed'))

    good(await ana.patch(settings, { editorsMayShare: false }))
    expect(await link('viewer')).toMatchObject(refused(403, 'not-allowed'))
  })

  it('[SHARE-3][P-05] an admin removes an admin and never the owner; nobody below removes anybody', async () => {
    const id = await shared(server, ana, [
      [ben, 'admin'],
      [cleo, 'admin'],
      [dave, 'editor'],
    ])
    const remove = (who: Person, whom: Person) => who.delete(`/lists/${id}/members/${whom.userId}`)
    expect(await remove(ben, ana)).toMatchObject(refused(409, 'owner-is-fixed'))
    expect(await remove(dave, ben)).toMatchObject(refused(403, 'not-allowed'))
    expect(await remove(ben, eve)).toMatchObject(refused(404, 'no-such-member'))
    good(await remove(ben, cleo))
    expect((await membersOf(ana, id)).map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Dave'])
  })

  it('[SHARE-3][P-07][P-08] removing somebody names whom they had let in; those stay until they are removed too', async () => {
    const id = await shared(server, ana, [[ben, 'admin']])
    good(await ben.put(`/lists/${id}/members/${dave.userId}`, { role: 'editor' }))
    const removed = good(await ana.delete(`/lists/${id}/members/${ben.userId}`))
    expect(removed).toEqual({ invited: [{ userId: dave.userId, name: 'Dave', role: 'editor' }] })
    expect(await dave.post(`/lists/${id}/items`, { title: 'Still here' })).toMatchObject({ status: 201 })
    expect((await membersOf(ana, id)).map(({ name }) => name)).toEqual(['Ana', 'Dave'])
    expect(good(await ana.delete(`/lists/${id}/members/${dave.userId}`))).toEqual({ invited: [] })
    expect(await dave.get(`/lists/${id}`)).toMatchObject(refused(403, 'access-ended'))
  })

  it('[SHARE-4][P-10][P-23][Q-07] who was removed is told by whom, everywhere, and finds the list in no overview and no search', async () => {
    const id = await shared(server, ana, [[ben, 'editor']])
    expect(good<{ lists: object[] }>(await ben.get('/lists')).lists).toContainEqual(
      expect.objectContaining({ id }),
    )
    good(await ana.delete(`/lists/${id}/members/${ben.userId}`))
    for (const view of ['', '?view=recent', '?view=shared', '?include=content']) {
      const { lists } = good<{ lists: { id: string }[] }>(await ben.get(`/lists${view}`))
      expect(lists.map((list) => list.id)).not.toContain(id)
    }
    for (const path of [
      '',
      '/members',
      '/items',
      '/items?text=milk',
      '/settings',
      '/changes?since_seq=0',
      '/history',
    ]) {
      expect(await ben.get(`/lists/${id}${path}`), path).toMatchObject({
        status: 403,
        body: { code: 'access-ended', detail: 'Ana removed you from this list.', why: 'removed', by: 'Ana' },
      })
    }
    expect(await ben.patch(`/lists/${id}`, { title: 'Mine now' })).toMatchObject(refused(403, 'access-ended'))
    expect(good(await ana.get(`/lists/${id}`))).toMatchObject({ title: 'Groceries' })
  })

  it('[SHARE-5] everybody but the owner can leave, and is told so afterwards', async () => {
    const id = await shared(server, ana, [[ben, 'viewer']])
    expect(good(await ben.post(`/lists/${id}/leave`))).toEqual({ left: true })
    expect(await ben.get(`/lists/${id}`)).toMatchObject({
      status: 403,
      body: { code: 'access-ended', detail: 'You left this list.', why: 'left' },
    })
    expect(await ana.post(`/lists/${id}/leave`)).toMatchObject(refused(409, 'owner-is-fixed'))
    expect((await membersOf(ana, id)).map(({ name }) => name)).toEqual(['Ana'])
  })

  it('[SHARE-6][P-05] handing a list over leaves one owner, and the one before is an admin', async () => {
    const id = await shared(server, ana, [
      [ben, 'viewer'],
      [cleo, 'admin'],
    ])
    const hand = (who: Person, whom: Person) => who.post(`/lists/${id}/transfer`, { userId: whom.userId })
    expect(await hand(cleo, cleo)).toMatchObject(refused(403, 'not-allowed'))
    expect(await hand(ana, dave)).toMatchObject(refused(404, 'no-such-member'))
    const answers = await Promise.all([hand(ana, ben), hand(ana, cleo), hand(ana, ben), hand(ana, cleo)])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const members = await membersOf(cleo, id)
    expect(members.filter(({ role }) => role === 'owner')).toHaveLength(1)
    expect(members.find(({ name }) => name === 'Ana')).toMatchObject({ role: 'admin' })
    expect(members[0]).toMatchObject({ role: 'owner' })
  })

  it('[SHARE-6][P-05] at every moment of handing a list back and forth it has exactly one owner', async () => {
    const id = await shared(server, ana, [[ben, 'admin']])
    let isDone = false
    const seen: number[] = []
    const watch = async (): Promise<void> => {
      while (!isDone) seen.push((await membersOf(ana, id)).filter(({ role }) => role === 'owner').length)
    }
    const watching = watch()
    for (let round = 0; round < 10; round++) {
      good(await ana.post(`/lists/${id}/transfer`, { userId: ben.userId }))
      good(await ben.post(`/lists/${id}/transfer`, { userId: ana.userId }))
    }
    isDone = true
    await watching
    expect(seen.length).toBeGreaterThan(3)
    expect(new Set(seen)).toEqual(new Set([1]))
  })
})
