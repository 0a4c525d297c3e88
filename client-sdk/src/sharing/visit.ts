import { parseList, type ServerList } from '../client/api.ts'
import { valueOrThrow } from '../client/faults.ts'
import { fieldsOf, textOf, timeOf } from '../client/fields.ts'
import { createRequest, type Request } from '../client/request.ts'
import { createEnvironment } from '../environment.ts'
import { ClientError } from '../errors.ts'
import type { User } from '../types.ts'
import { parsePreview } from './parse.ts'
import type { LinkPreview } from './types.ts'

export interface JoinAsGuestOptions {
  /** The server, as for `createClient`. */
  readonly url: string
  /** The address somebody was given, or the token in it. */
  readonly link: string
  /** What the guest is called. */
  readonly name: string
  readonly password?: string
  readonly fetch?: typeof fetch
}

export interface Joined {
  readonly listId: string
  readonly title: string
  /** Null, like `token`: a cookie of this page's says who this is, and they have joined as themselves. */
  readonly user: User | null
  /** For `createClient`; on pages of the server's own origin the session cookie can be turned into the next one. */
  readonly token: string | null
  readonly expiresAt: number | null
}

const TOKEN = /^[A-Za-z0-9_-]{16,200}$/

/** The token in `https://host/join#<token>`, or the token itself. Throws `link-over` for anything else. */
function tokenOfLink(link: string): string {
  const token = link.trim().split('#').at(-1) ?? ''
  if (!TOKEN.test(token)) throw new ClientError('link-over', 'This is not the address of a shared list.')
  return token
}

/** What a link says of itself. Costs no use of it, and needs nobody to be signed in. */
export async function lookAtLink(request: Request, link: string): Promise<LinkPreview> {
  const body = { token: tokenOfLink(link) }
  return valueOrThrow(
    await request({ method: 'POST', path: '/links/look', body, as: 'anyone', parse: parsePreview }),
  )
}

/** Joins as the person who is signed in. */
export async function redeemLink(
  request: Request,
  link: string,
  { password }: { readonly password?: string },
): Promise<ServerList> {
  const body = { token: tokenOfLink(link), ...(password === undefined ? {} : { password }) }
  const parse = (json: unknown): ServerList | null => parseList(fieldsOf(json)['list'])
  return valueOrThrow(await request({ method: 'POST', path: '/links/redeem', body, parse }))
}

/**
 * Joins by a link as somebody new, with a name and no account.
 *
 * Rejects with `link-over`, `wrong-password`, `too-many-requests` or `network`. Who joins again is another guest, unless a cookie says
 * who they are; so this is not tried twice by itself.
 */
export async function joinAsGuest(options: JoinAsGuestOptions): Promise<Joined> {
  const { name, password } = options
  const request = asNobody(options)
  const body = { token: tokenOfLink(options.link), name, ...(password === undefined ? {} : { password }) }
  return valueOrThrow(
    await request({
      method: 'POST',
      path: '/links/redeem',
      body,
      as: 'anyone',
      isRepeatable: false,
      parse: parseJoined,
    }),
  )
}

/** `lookAtLink` for a page on which nobody is signed in yet. */
export function previewLink(
  options: Pick<JoinAsGuestOptions, 'url' | 'link' | 'fetch'>,
): Promise<LinkPreview> {
  return lookAtLink(asNobody(options), options.link)
}

function asNobody(options: Pick<JoinAsGuestOptions, 'url' | 'fetch'>): Request {
  return createRequest({
    url: options.url.replace(/\/+$/, ''),
    fetch: options.fetch ?? globalThis.fetch,
    token: async () => null,
    setTimer: createEnvironment().setTimer,
  })
}

function parseJoined(json: unknown): Joined | null {
  const { list, token, expiresAt, user } = fieldsOf(json)
  const joined = parseList(list)
  const { id, name } = fieldsOf(user)
  if (joined === null) return null
  return {
    listId: joined.id,
    title: joined.title,
    user: typeof id === 'string' ? { id, name: textOf(name) ?? id } : null,
    token: textOf(token),
    expiresAt: timeOf(expiresAt),
  }
}
