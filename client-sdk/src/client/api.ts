import { ROLES, type Role } from '../protocol/messages.ts'
import { fieldsOf, numberOf } from './fields.ts'
import type { Answer, Request } from './request.ts'

/** What the server's REST interface says of one list. */
export interface ServerList {
  readonly id: string
  readonly title: string
  readonly role: Role
  /** How many edits its log holds; null when the server does not say. */
  readonly seq: number | null
}

/** What a list's own document cannot answer. Never rejects: an answer is a value, whatever it says. */
export interface Api {
  lists(): Promise<Answer<readonly ServerList[]>>
  create(list: { id: string; title: string }): Promise<Answer<ServerList>>
}

export function createApi(request: Request): Api {
  return {
    lists: () => request({ method: 'GET', path: '/lists', parse: parseLists }),
    create: (list) => request({ method: 'POST', path: '/lists', body: list, parse: parseList }),
  }
}

function parseLists(json: unknown): readonly ServerList[] | null {
  const { lists } = fieldsOf(json)
  if (!Array.isArray(lists)) return null
  return lists.map(parseList).filter((list) => list !== null)
}

export function parseList(json: unknown): ServerList | null {
  const { id, title, role, seq } = fieldsOf(json)
  if (typeof id !== 'string' || typeof title !== 'string') return null
  const known = ROLES.find((name) => name === role)
  return known === undefined ? null : { id, title, role: known, seq: numberOf(seq) }
}
