import { forgetUser, rememberedUser, rememberUser } from './remembered.ts'

/**
 * Who is signed in on this page.
 *
 * The way back is a cookie that no script can read. Scripts see tokens of 15 minutes, and keep them in memory only: a hole in a page
 * gives a stranger a quarter of an hour, not an account.
 */
export interface SignedIn {
  readonly id: string
  readonly name: string
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
    const answer = await ask('POST', '/auth/token')
    if (answer.status === 401) return { state: 'signed-out' }
    return await opened(answer)
  } catch {
    // The sign-in page can say more than an error could.
    return { state: 'unreachable' }
  }
}

/** The token that came with signing in. In memory only, and for whoever asks first: the network may be gone a moment later. */
let handed: string | null = null

/** For `createClient`: a new token, null when nobody is signed in any more. Rejects without a network. */
export async function getToken(why: 'start' | 'expired'): Promise<string | null> {
  const token = handed
  handed = null
  if (why === 'start' && token !== null) return token
  const answer = await ask('POST', '/auth/token')
  if (answer.status === 401) return null
  return (await bodyOf<{ token: string }>(answer)).token
}

export async function signInByName(name: string): Promise<Found> {
  return opened(await ask('POST', '/auth/guest-session', { name }))
}

export async function signInByPassword(email: string, password: string): Promise<Found> {
  await bodyOf(await ask('POST', '/auth/accounts/sign-in/email', { email, password }))
  return opened(await ask('POST', '/auth/token'))
}

export async function signUp(name: string, email: string, password: string): Promise<Found> {
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

/** Ends the session on the server, and with `everywhere` those of all other devices too. Rejects without a network. */
export async function endSession(options: { everywhere: boolean }): Promise<void> {
  const path = options.everywhere ? '/auth/sign-out-everywhere' : '/auth/accounts/sign-out'
  const answer = await ask('POST', path, {})
  // Signed out already is signed out.
  if (answer.status !== 401) await bodyOf(answer)
  handed = null
  await forgetUser()
}

async function opened(answer: Response): Promise<Found> {
  const { user, token } = await bodyOf<{ user: SignedIn; token: string }>(answer)
  handed = token
  const signedIn = { id: user.id, name: user.name }
  await rememberUser(signedIn)
  return { state: 'signed-in', user: signedIn }
}

async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin' }
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' }
    init.body = JSON.stringify(body)
  }
  return fetch(`/api/v1${path}`, init).catch(() => {
    throw new Error('The server cannot be reached. Signing in for the first time needs a connection.')
  })
}

/** The answer's content. Rejects with the server's sentence for a person. */
async function bodyOf<T>(answer: Response): Promise<T> {
  const body: unknown = await answer.json().catch(() => null)
  if (answer.ok) return body as T
  const problem = (body ?? {}) as { title?: unknown; detail?: unknown; message?: unknown }
  const said = [problem.detail, problem.title, problem.message].find((text) => typeof text === 'string')
  throw new Error(typeof said === 'string' ? said : `The server answered with an error (${answer.status}).`)
}
