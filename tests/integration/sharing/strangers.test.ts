import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../support/server.ts'
import { type Answer, ask } from '../http/ask.ts'
import { good, type Person, people, shared } from './stage.ts'

let server: RunningServer
let api: string
let ana: Person
let ben: Person
let eve: Person
let routes: Route[]
beforeAll(async () => {
  server = await startServer()
  api = `${server.url}/api/v1`
  ;[ana, ben, eve] = (await people(server, 'Ana', 'Ben', 'Eve')) as [Person, Person, Person]
  routes = await routesOfLists()
})
afterAll(() => server.stop())

interface Route {
  readonly method: string
  /** With `{listId}` and other names in it. */
  readonly path: string
}

/** Every route about one list, as the server itself describes them: a new one is tested from its first day. */
async function routesOfLists(): Promise<Route[]> {
  const { paths } = good<{ paths: Record<string, Record<string, unknown>> }>(await ask(`${api}/openapi.json`))
  return Object.entries(paths).flatMap(([path, methods]) =>
    path.includes('{listId}')
      ? Object.keys(methods).map((method) => ({
          method: method.toUpperCase(),
          path: path.replace(/^\/api\/v1/, ''),
        }))
      : [],
  )
}

/** A body that the route would take; a route that needs one and has none here fails the test. */
const BODIES: Readonly<Record<string, unknown>> = {
  'PATCH /lists/{listId}': { title: 'Mine' },
  'PUT /lists/{listId}/members/{userId}': { role: 'editor' },
  'PATCH /lists/{listId}/members/me': { anonymous: true },
  'POST /lists/{listId}/transfer': { userId: 'u_somebody' },
  'PATCH /lists/{listId}/settings': { editorsMayShare: true },
  'POST /lists/{listId}/invitations': { email: 'eve@example.org', role: 'admin' },
  'POST /lists/{listId}/links': { role: 'admin' },
  'POST /lists/{listId}/items': { title: 'Milk' },
  'PATCH /lists/{listId}/items/{itemId}': { done: true },
  'POST /lists/{listId}/sections': { title: 'Dairy' },
  'PATCH /lists/{listId}/sections/{sectionId}': { title: 'Dairy' },
  'POST /lists/{listId}/labels': { title: 'cheap' },
  'PATCH /lists/{listId}/labels/{labelId}': { title: 'cheap' },
  'POST /lists/{listId}/sync': { stateVector: 'AA==' },
}

const IDS: Readonly<Record<string, string>> = {
  userId: 'u_somebody',
  invitationId: randomUUID(),
  linkId: randomUUID(),
  itemId: 'k3J9xQ2mZt7LpV4a',
  sectionId: 'k3J9xQ2mZt7LpV4a',
  labelId: 'k3J9xQ2mZt7LpV4a',
}

function send(token: string | undefined, { method, path }: Route, listId: string): Promise<Answer> {
  const address = path
    .replace('{listId}', listId)
    .replace(/\{(\w+)\}/g, (_all, name: string) => IDS[name] ?? '')
  const query = path.endsWith('/changes') ? '?since_seq=0' : ''
  const json = BODIES[`${method} ${path}`]
  return ask(`${api}${address}${query}`, { method, token, ...(json === undefined ? {} : { json }) })
}

/** What a caller can see of an answer; the clock is not the list's doing. */
function visible({ status, text, headers }: Answer) {
  const shown = [...headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
  return { status, text, headers: Object.fromEntries(shown) }
}

describe('strangers', () => {
  it('[SHARE-4][P-18][ACCESS-1] on every route, a list of others and no list at all are one answer, byte for byte', async () => {
    const theirs = await shared(server, ana, [[ben, 'editor']], 'Secret plans')
    expect(routes.length).toBeGreaterThanOrEqual(30)
    for (const route of routes) {
      const name = `${route.method} ${route.path}`
      const closed = await send(eve.token, route, theirs)
      expect(closed, name).toMatchObject({ status: 404, body: { code: 'no-such-list' } })
      expect(visible(closed), name).toEqual(visible(await send(eve.token, route, randomUUID())))
    }
    expect(good(await ana.get(`/lists/${theirs}`))).toMatchObject({
      title: 'Secret plans',
      items: [],
      seq: 1,
    })
  })

  it('[SHARE-4][P-18] a deleted list is, to a stranger, no list either', async () => {
    const gone = await shared(server, ana)
    good(await ana.delete(`/lists/${gone}`))
    for (const route of routes) {
      const name = `${route.method} ${route.path}`
      expect(visible(await send(eve.token, route, gone)), name).toEqual(
        visible(await send(eve.token, route, randomUUID())),
      )
    }
  })

  it('[SHARE-4][P-10] on every route, somebody who was removed is told who did it', async () => {
    const id = await shared(server, ana, [[ben, 'admin']])
    good(await ana.delete(`/lists/${id}/members/${ben.userId}`))
    for (const route of routes) {
      expect(await send(ben.token, route, id), `${route.method} ${route.path}`).toMatchObject({
        status: 403,
        body: { code: 'access-ended', detail: 'Ana removed you from this list.', listTitle: null },
      })
    }
  })

  it('[SHARE-4][API-1] on every route, somebody who is not signed in is told to sign in', async () => {
    const id = await shared(server, ana)
    for (const route of routes) {
      const name = `${route.method} ${route.path}`
      expect(await send(undefined, route, id), name).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
      })
    }
  })

  it('[SHARE-2][P-03] on every route, a viewer who may not is told so, and nothing changes', async () => {
    const id = await shared(server, ana, [[ben, 'viewer']])
    const before = good<object>(await ana.get(`/lists/${id}`))
    const mayBe = new Set([
      'POST /lists/{listId}/leave',
      'PATCH /lists/{listId}/members/me',
      'POST /lists/{listId}/sync',
    ])
    const allowed: string[] = []
    for (const route of routes) {
      const name = `${route.method} ${route.path}`
      if (mayBe.has(name)) continue
      const { status, body } = await send(ben.token, route, id)
      if (status === 200) allowed.push(name)
      // Reading one that is not there tells a member just that.
      else if (route.method === 'GET' && status === 404)
        expect(body, name).toMatchObject({ code: 'no-such-record' })
      else expect({ status, body }, name).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    }
    expect(allowed.filter((name) => !name.startsWith('GET '))).toEqual([])
    expect(allowed).toContain('GET /lists/{listId}/members')
    expect(allowed).not.toContain('GET /lists/{listId}/audit')
    expect(allowed).not.toContain('GET /lists/{listId}/links')
    expect(good(await ana.get(`/lists/${id}`))).toEqual(before)
  })
})
