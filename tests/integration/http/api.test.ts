import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createList, giveRole, guest } from '../../support/people.ts'
import { type RunningServer, startServer } from '../../support/server.ts'
import { type Ask, ask } from './ask.ts'

let server: RunningServer
let api: string
beforeAll(async () => {
  server = await startServer()
  api = `${server.url}/api/v1`
})
afterAll(() => server.stop())

const problem = (code: string, retryable = false) => ({
  type: `urn:tandem:problem:${code}`,
  code,
  retryable,
  title: expect.any(String),
  status: expect.any(Number),
  detail: expect.any(String),
  advice: expect.any(String),
})

describe('signing in', () => {
  it('[API-1] a guest gets a token that says who they are', async () => {
    const answer = await ask(`${api}/auth/guest`, { json: { name: '  Ana Müller ' } })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        token: expect.any(String),
        user: { id: expect.stringMatching(/^u_\w{12}$/), name: 'Ana Müller' },
      },
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it.each<[string, Ask]>([
    ['GET lists', {}],
    ['POST lists', { json: { title: 'x' } }],
    [`GET lists/${randomUUID()}`, {}],
    [`PUT lists/${randomUUID()}/members/u_1`, { method: 'PUT', json: { role: 'editor' } }],
  ])(
    '[API-1][AUTH-1][C-16] %s without a token, or with a bad one, is 401 with the reason',
    async (route, request) => {
      const url = `${api}/${route.split(' ')[1]}`
      const missing = await ask(url, request)
      expect(missing).toMatchObject({ status: 401, body: problem('unauthenticated') })
      expect(missing.headers.get('www-authenticate')).toBe('Bearer')
      expect(missing.text).toContain('No token was sent.')
      const forged = await ask(url, { ...request, token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1XzEifQ.' })
      expect(forged).toMatchObject({ status: 401, body: problem('unauthenticated') })
      expect(forged.text).toContain('an algorithm that does not count here')
    },
  )
})

describe('lists', () => {
  it('[API-2][DIR-2] the creator is owner, finds the list and sees its title as the first edit', async () => {
    const ana = await guest(server.url, 'Ana')
    const created = await ask(`${api}/lists`, { token: ana.token, json: { title: 'Groceries' } })
    expect(created).toMatchObject({
      status: 201,
      body: { title: 'Groceries', role: 'owner', ownerId: ana.userId, seq: 1 },
    })
    const { id } = created.body as { id: string }
    expect((await ask(`${api}/lists/${id}`, { token: ana.token })).body).toMatchObject(created.body as object)
    expect((await ask(`${api}/lists`, { token: ana.token })).body).toMatchObject({ lists: [created.body] })
  })

  it('[DIR-1] the same id by the same person is the same list, ten times at once and later, with one title edit', async () => {
    const ana = await guest(server.url, 'Ana')
    const json = { id: randomUUID(), title: 'Once' }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ask(`${api}/lists`, { token: ana.token, json })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201])
    const again = await ask(`${api}/lists`, { token: ana.token, json: { ...json, title: 'Other' } })
    expect(again).toMatchObject({ status: 200, body: { id: json.id, title: 'Once', seq: 1 } })
  })

  it('[DIR-1][ACCESS-1] somebody else’s id is refused without a word about the list', async () => {
    const [ana, ben] = [await guest(server.url, 'Ana'), await guest(server.url, 'Ben')]
    const { id } = await createList(server.url, ana.token, { title: 'Secret plans' })
    const taken = await ask(`${api}/lists`, { token: ben.token, json: { id, title: 'Mine' } })
    expect(taken).toMatchObject({ status: 409, body: problem('list-id-taken') })
    expect(taken.text).not.toMatch(/Secret plans|u_/)
  })

  it('[ACCESS-1][C-16] a list without access answers exactly like one that does not exist', async () => {
    const [ana, ben] = [await guest(server.url, 'Ana'), await guest(server.url, 'Ben')]
    const { id } = await createList(server.url, ana.token, { title: 'Private' })
    const requests: [string, Ask][] = [
      ['', { token: ben.token }],
      [`/members/${ben.userId}`, { token: ben.token, method: 'PUT', json: { role: 'editor' } }],
    ]
    for (const [path, request] of requests) {
      const closed = await ask(`${api}/lists/${id}${path}`, request)
      const absent = await ask(`${api}/lists/${randomUUID()}${path}`, request)
      expect(closed).toMatchObject({ status: 404, body: problem('no-such-list') })
      expect(closed.text).toBe(absent.text)
    }
  })

  it('[API-2][ACCESS-1] a role opens the list to exactly that person', async () => {
    const [ana, ben, eve] = await Promise.all(['Ana', 'Ben', 'Eve'].map((name) => guest(server.url, name)))
    if (!ana || !ben || !eve) throw new Error('three guests')
    const { id } = await createList(server.url, ana.token, { title: 'Shared' })
    await giveRole(server.url, ana.token, { listId: id, userId: ben.userId, role: 'checker' })
    expect((await ask(`${api}/lists/${id}`, { token: ben.token })).body).toMatchObject({ role: 'checker' })
    expect((await ask(`${api}/lists`, { token: ben.token })).body).toMatchObject({
      lists: [{ id, role: 'checker' }],
    })
    expect((await ask(`${api}/lists`, { token: eve.token })).body).toEqual({ lists: [] })
  })

  it('[API-2][DIR-2][C-16] only owners and admins give roles, never that of the owner, and only to people who exist', async () => {
    const [ana, ben, eve] = await Promise.all(['Ana', 'Ben', 'Eve'].map((name) => guest(server.url, name)))
    if (!ana || !ben || !eve) throw new Error('three guests')
    const { id } = await createList(server.url, ana.token, { title: 'Shared' })
    const put = (token: string, userId: string, role: string) =>
      ask(`${api}/lists/${id}/members/${userId}`, { method: 'PUT', token, json: { role } })
    expect(await put(ana.token, ben.userId, 'editor')).toMatchObject({
      status: 200,
      body: { role: 'editor' },
    })
    expect(await put(ben.token, eve.userId, 'viewer')).toMatchObject({
      status: 403,
      body: problem('not-allowed'),
    })
    expect(await put(ana.token, ben.userId, 'admin')).toMatchObject({ status: 200 })
    expect(await put(ben.token, eve.userId, 'viewer')).toMatchObject({ status: 200 })
    expect(await put(ben.token, ana.userId, 'viewer')).toMatchObject({
      status: 409,
      body: problem('owner-is-fixed'),
    })
    expect(await put(ana.token, eve.userId, 'owner')).toMatchObject({
      status: 400,
      body: problem('validation-error'),
    })
    expect(await put(ana.token, 'u_nobody', 'viewer')).toMatchObject({
      status: 404,
      body: problem('no-such-user'),
    })
  })
})
