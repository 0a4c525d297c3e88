/**
 * Who is signed in on this device.
 *
 * The SDK never stores a token, so the app decides. This one keeps it in localStorage: a guest has no password and no
 * other way back to their lists, so the token must outlive the browser. Any script of this origin could read it; the
 * server's content policy allows none but our own. An app with real accounts would rather hand out short tokens and
 * renew them in `getToken('expired')`.
 */
export interface Session {
  readonly token: string
  readonly user: { readonly id: string; readonly name: string }
}

const KEY = 'tandem.session'

export function readSession(): Session | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return isSession(value) ? value : null
  } catch {
    // Unreadable storage is the same as none: the person signs in again.
    return null
  }
}

export function writeSession(session: Session | null): void {
  if (session === null) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, JSON.stringify(session))
}

/** Makes a new guest on the server. Rejects with a sentence for the person. */
export async function signInAsGuest(name: string): Promise<Session> {
  const response = await fetch('/api/v1/auth/guest', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  }).catch(() => {
    throw new Error('The server cannot be reached. Signing in for the first time needs a connection.')
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok && isSession(body)) return body
  throw new Error(messageOf(body) ?? `The server answered with an error (${response.status}).`)
}

function isSession(value: unknown): value is Session {
  const session = value as Session | null
  return typeof session?.token === 'string' && typeof session.user?.id === 'string'
}

function messageOf(body: unknown): string | null {
  const message = (body as { message?: unknown } | null)?.message
  return typeof message === 'string' ? message : null
}
