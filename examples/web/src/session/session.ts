import { wordsNow } from '../words/use-words.ts'
import {
  forgetUser,
  isSignOutOwed,
  noteSignOutPaid,
  oweSignOut,
  rememberedUser,
  rememberUser,
} from './remembered.ts'

/**
 * Who is signed in on this page.
 *
 * The way back is a cookie that no script can read. Scripts see tokens of 15 minutes, and keep them in memory only: a hole in a page
 * gives a stranger a quarter of an hour, not an account.
 */
export interface SignedIn {
  readonly id: string
  readonly name: string
  /** By name alone: the cookie is the only way back. */
  readonly isGuest: boolean
}

export type Found =
  | { readonly state: 'signed-in'; readonly user: SignedIn }
  | { readonly state: 'signed-out' }
  /** Nobody answers, and this device remembers nobody either. */
  | { readonly state: 'unreachable' }

export interface Methods {
  readonly guests: boolean
  readonly accounts: boolean
  readonly emailLinks: boolean
  readonly passkeys: boolean
}

/** Who the cookie says is here, or without a network whoever was here last: their lists are on this device. */
export async function findSession(): Promise<Found> {
  const remembered = await rememberedUser()
  // Asked first and not waited for: with somebody on the device the page opens at once, and the SDK asks for itself.
  if (remembered !== null) return { state: 'signed-in', user: remembered }
  try {
    await paySignOut()
    const answer = await ask('POST', '/auth/token')
    if (answer.status === 401) return { state: 'signed-out' }
    return await opened(answer)
  } catch {
    // The sign-in page can say more than an error could.
    return { state: 'unreachable' }
  }
}

/** The token that came with signing in. In memory only, and for whoever asks first: the network may be gone a moment later. */
let handed: { readonly userId: string; readonly token: string } | null = null

/** A new token of this person, or who is signed in now instead of them. Rejects without a network. */
export async function tokenOf(userId: string): Promise<{ token: string } | { now: SignedIn | null }> {
  const given = handed
  handed = null
  if (given?.userId === userId) return given
  const answer = await ask('POST', '/auth/token')
  if (answer.status === 401) return { now: null }
  const { token, user } = await bodyOf<Answer>(answer)
  return user.id === userId ? { token } : { now: await remember(user) }
}

export async function signInByName(name: string): Promise<Found> {
  await paySignOut()
  return opened(await ask('POST', '/auth/guest-session', { name }))
}

export async function signInByPassword(email: string, password: string): Promise<Found> {
  await paySignOut()
  await bodyOf(await ask('POST', '/auth/accounts/sign-in/email', { email, password }))
  return opened(await ask('POST', '/auth/token'))
}

export async function signUp(name: string, email: string, password: string): Promise<Found> {
  await paySignOut()
  await bodyOf(await ask('POST', '/auth/accounts/sign-up/email', { name, email, password }))
  return opened(await ask('POST', '/auth/token'))
}

/** Sends a link that signs in whoever has that mailbox. */
export async function mailLink(email: string): Promise<void> {
  await bodyOf(await ask('POST', '/auth/accounts/sign-in/magic-link', { email, callbackURL: '/' }))
}

export async function methods(): Promise<Methods> {
  return bodyOf<Methods>(await ask('GET', '/auth/methods'))
}

/** Whoever joined by a link as somebody new is signed in by the same cookie. */
export async function cameByLink(): Promise<Found> {
  return opened(await ask('POST', '/auth/token'))
}

/**
 * Forgets who is here, and ends the session on the server. Without a network it is ended as soon as this page is open with one; until
 * then nobody gets back in by this page. False: it waits for that.
 */
export async function signOut(): Promise<boolean> {
  handed = null
  await oweSignOut()
  return endSession().then(
    () => true,
    () => false,
  )
}

/** Ends the sessions of all devices. Rejects without a network. */
export async function signOutEverywhere(): Promise<void> {
  const answer = await ask('POST', '/auth/sign-out-everywhere', {})
  // Signed out already is signed out.
  if (answer.status !== 401) await bodyOf(answer)
  handed = null
  await forgetUser()
}

/** Ends a session that was given up without a network. Rejects without one. */
export async function paySignOut(): Promise<void> {
  if (await isSignOutOwed()) await endSession()
}

async function endSession(): Promise<void> {
  const answer = await ask('POST', '/auth/accounts/sign-out', {})
  // Signed out already is signed out.
  if (answer.status !== 401) await bodyOf(answer)
  await noteSignOutPaid()
}

interface Answer {
  readonly token: string
  readonly user: { readonly id: string; readonly name: string; readonly kind: string }
}

async function opened(answer: Response): Promise<Found> {
  const { user, token } = await bodyOf<Answer>(answer)
  handed = { userId: user.id, token }
  return { state: 'signed-in', user: await remember(user) }
}

async function remember({ id, name, kind }: Answer['user']): Promise<SignedIn> {
  const user = { id, name, isGuest: kind === 'guest' }
  await rememberUser(user)
  return user
}

async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin' }
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' }
    init.body = JSON.stringify(body)
  }
  return fetch(`/api/v1${path}`, init).catch(() => {
    throw new Error(wordsNow().session.unreachable)
  })
}

/** The answer's content. Rejects with a sentence for a person. */
async function bodyOf<T>(answer: Response): Promise<T> {
  const body: unknown = await answer.json().catch(() => null)
  if (answer.ok) return body as T
  const words = wordsNow().session
  const refusals: Readonly<Record<string, string>> = words.refusals
  const problem = (body ?? {}) as Readonly<Record<'code' | 'detail' | 'title' | 'message', unknown>>
  const known = typeof problem.code === 'string' ? refusals[problem.code] : undefined
  const said = [known, problem.detail, problem.title, problem.message].find(
    (text) => typeof text === 'string',
  )
  throw new Error(typeof said === 'string' ? said : words.failed(answer.status))
}
