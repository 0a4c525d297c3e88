import type { Environment } from '../connection/port.ts'
import { ROLES, type Role } from '../protocol/messages.ts'

/** What the server's REST interface says of one list. */
export interface ServerList {
  readonly id: string
  readonly title: string
  readonly role: Role
}

export type Answer<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  /** The server understood and said no; asking again the same way cannot help. */
  | { readonly outcome: 'refused'; readonly status: number; readonly message: string }
  /** No answer, or one that says "later". */
  | { readonly outcome: 'unreachable'; readonly cause: unknown }

export interface ApiOptions {
  readonly url: string
  readonly fetch: typeof fetch
  readonly token: (why: 'start' | 'expired') => Promise<string | null>
  readonly setTimer: Environment['setTimer']
}

/** Browsers wait for minutes on a network that has gone quiet. */
const TIMEOUT_MS = 30_000

export interface Api {
  lists(): Promise<Answer<readonly ServerList[]>>
  create(list: { id: string; title: string }): Promise<Answer<ServerList>>
}

/** The two calls that a list's own document cannot answer. Never rejects: an answer is a value, whatever it says. */
export function createApi(options: ApiOptions): Api {
  const call = async <T>(
    method: 'GET' | 'POST',
    body: unknown,
    parse: (json: unknown) => T | null,
  ): Promise<Answer<T>> => {
    try {
      let response = await send(options, method, body, 'start')
      // One try with a new token: the old one may just have run out.
      if (response?.status === 401) response = await send(options, method, body, 'expired')
      if (response === null) return { outcome: 'refused', status: 401, message: 'Nobody is signed in.' }
      const json: unknown = await response.json().catch(() => null)
      if (response.ok) {
        const value = parse(json)
        return value === null ? unreachable('The answer was not understood.') : { outcome: 'ok', value }
      }
      const isFinal =
        response.status >= 400 && response.status < 500 && ![408, 425, 429].includes(response.status)
      if (!isFinal) return unreachable(`The server answered ${response.status}.`)
      return { outcome: 'refused', status: response.status, message: titleOf(json, response.status) }
    } catch (cause) {
      return { outcome: 'unreachable', cause }
    }
  }
  return {
    lists: () => call('GET', undefined, parseLists),
    create: (list) => call('POST', list, parseList),
  }
}

async function send(
  options: ApiOptions,
  method: string,
  body: unknown,
  why: 'start' | 'expired',
): Promise<Response | null> {
  const token = await options.token(why)
  if (token === null) return null
  // Taken out of the object: browsers' fetch refuses to be called as a method of something else.
  const { fetch: fetchIt } = options
  const late = new AbortController()
  const stopTimer = options.setTimer(
    () => late.abort(new Error('The server did not answer in time.')),
    TIMEOUT_MS,
  )
  return fetchIt(`${options.url}/api/v1/lists`, {
    method,
    signal: late.signal,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).finally(stopTimer)
}

function unreachable(why: string): Answer<never> {
  return { outcome: 'unreachable', cause: new Error(why) }
}

function parseLists(json: unknown): readonly ServerList[] | null {
  const lists = (json as { lists?: unknown } | null)?.lists
  if (!Array.isArray(lists)) return null
  return lists.map(parseList).filter((list) => list !== null)
}

function parseList(json: unknown): ServerList | null {
  const { id, title, role } = (json ?? {}) as Record<string, unknown>
  if (typeof id !== 'string' || typeof title !== 'string') return null
  const known = ROLES.find((name) => name === role)
  return known === undefined ? null : { id, title, role: known }
}

function titleOf(json: unknown, status: number): string {
  const { title, detail } = (json ?? {}) as { title?: unknown; detail?: unknown }
  if (typeof title !== 'string') return `The server answered ${status}.`
  return typeof detail === 'string' ? `${title} ${detail}` : title
}
