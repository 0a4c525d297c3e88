import { expect } from 'vitest'
import { createList, giveRole, guest } from '../../support/people.ts'
import type { RunningServer } from '../../support/server.ts'
import { type Answer, type Ask, ask } from '../http/ask.ts'

/** Somebody signed in, asking one server. */
export interface Person {
  readonly name: string
  readonly userId: string
  readonly token: string
  get(path: string): Promise<Answer>
  post(path: string, json?: unknown, headers?: Record<string, string>): Promise<Answer>
  put(path: string, json: unknown): Promise<Answer>
  patch(path: string, json: unknown): Promise<Answer>
  delete(path: string, headers?: Record<string, string>): Promise<Answer>
}

type Server = Pick<RunningServer, 'url'>

export async function person(server: Server, name: string): Promise<Person> {
  return personOf(server, name, await guest(server.url, name))
}

/** The same person on another node. */
export function personOf(
  server: Server,
  name: string,
  { userId, token }: { readonly userId: string; readonly token: string },
): Person {
  const send = (method: string, path: string, o: Ask = {}) =>
    ask(`${server.url}/api/v1${path}`, { method, token, ...o })
  return {
    name,
    userId,
    token,
    get: (path) => send('GET', path),
    post: (path, json = {}, headers = {}) => send('POST', path, { json, headers }),
    put: (path, json) => send('PUT', path, { json }),
    patch: (path, json) => send('PATCH', path, { json }),
    delete: (path, headers = {}) => send('DELETE', path, { headers }),
  }
}

/** One person for each name, in that order. */
export async function people(server: Server, ...names: string[]): Promise<Person[]> {
  return Promise.all(names.map((name) => person(server, name)))
}

/** A list of this owner's and who else has which role on it; its id. */
export async function shared(
  server: Server,
  owner: Person,
  roles: readonly (readonly [Person, string])[] = [],
  title = 'Groceries',
): Promise<string> {
  const { id } = await createList(server.url, owner.token, { title })
  for (const [member, role] of roles) {
    await giveRole(server.url, owner.token, { listId: id, userId: member.userId, role })
  }
  return id
}

/** The answer's body, when it is a success. */
export function good<T = Record<string, unknown>>(answer: Answer): T {
  expect(answer, answer.text).toMatchObject({ status: expect.toBeOneOf([200, 201]) })
  return answer.body as T
}

/** What a refused request looks like. */
export function refused(status: number, code: string) {
  return { status, body: { code, status, advice: expect.any(String) } }
}

export interface MemberJson {
  readonly userId: string
  readonly name: string
  readonly role: string
  readonly email?: string
  readonly invitedBy: { readonly userId: string; readonly name: string } | null
  readonly isAnonymous: boolean
  readonly isYou: boolean
  readonly viaLink: boolean
}

export async function membersOf(who: Person, listId: string): Promise<MemberJson[]> {
  return good<{ members: MemberJson[] }>(await who.get(`/lists/${listId}/members`)).members
}

export interface LinkJson {
  readonly id: string
  readonly url: string
  readonly token: string
  readonly uses: number
}

export async function newLink(
  who: Person,
  listId: string,
  options: object = { role: 'viewer' },
): Promise<LinkJson> {
  return good<LinkJson>(await who.post(`/lists/${listId}/links`, options))
}
