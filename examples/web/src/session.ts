/**
 * Who is signed in on this device.
 *
 * The SDK never stores a token, so the app decides. This one keeps it for as long as the browser keeps anything: a guest
 * has no password and no other way back to their lists. It is in IndexedDB and not in localStorage, which browsers write
 * to disk seconds later: a browser that dies in between has the lists, and nobody to show them to. Any script of this origin could
 * read it; the server's content policy allows none but our own. An app with real accounts would rather hand out short
 * tokens and renew them in `getToken('expired')`.
 */
export interface Session {
  readonly token: string
  readonly user: { readonly id: string; readonly name: string }
}

const DATABASE = 'tandem-session'
const STORE = 'session'
const KEY = 'current'

/** Null when nobody is signed in, or when this browser cannot remember anybody. */
export async function readSession(): Promise<Session | null> {
  try {
    const value = await request(await open(), 'readonly', (store) => store.get(KEY))
    return isSession(value) ? value : null
  } catch {
    // Unreadable storage is the same as none: the person signs in again.
    return null
  }
}

/** Resolves when it is on disk. Without storage the session lasts as long as the page. */
export async function writeSession(session: Session | null): Promise<void> {
  try {
    const database = await open()
    await request(database, 'readwrite', (store) =>
      session === null ? store.delete(KEY) : store.put(session, KEY),
    )
  } catch (error) {
    console.warn('This browser will not remember who is signed in:', error)
  }
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
  const session = value as Session | null | undefined
  return typeof session?.token === 'string' && typeof session.user?.id === 'string'
}

function messageOf(body: unknown): string | null {
  const problem = body as { title?: unknown; detail?: unknown } | null
  const message = problem?.detail ?? problem?.title
  return typeof message === 'string' ? message : null
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
}

function request(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => { readonly result: unknown },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: 'strict' })
    const done = work(transaction.objectStore(STORE))
    transaction.oncomplete = () => {
      database.close()
      resolve(done.result)
    }
    transaction.onabort = () => reject(transaction.error)
  })
}
