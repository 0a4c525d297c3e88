import type { SignedIn } from './session.ts'

/**
 * Who was here last: a name and an id, and nothing that opens anything.
 *
 * In IndexedDB and not in localStorage, which browsers write to disk seconds later: a browser that dies in between has the lists,
 * and nobody to show them to.
 */
const DATABASE = 'tandem-session'
const STORE = 'session'
const USER = 'user'
const OWED = 'sign-out-owed'

/** Null when nobody is remembered, or when this browser cannot remember anybody. */
export async function rememberedUser(): Promise<SignedIn | null> {
  try {
    const value = await request('readonly', (store) => store.get(USER))
    return isSignedIn(value) ? value : null
  } catch {
    // Unreadable storage is the same as none: the cookie decides.
    return null
  }
}

/** Resolves when it is on disk. Without storage the page works as long as the network does. */
export async function rememberUser({ id, name, isGuest }: SignedIn): Promise<void> {
  await request('readwrite', (store) => store.put({ id, name, isGuest }, USER)).catch(complain)
}

export async function forgetUser(): Promise<void> {
  await request('readwrite', (store) => store.delete(USER)).catch(complain)
}

/** Forgets who was here, and notes that their session on the server is still to be ended: both or nothing. */
export async function oweSignOut(): Promise<void> {
  await request('readwrite', (store) => {
    store.delete(USER)
    return store.put(true, OWED)
  }).catch(complain)
}

export async function isSignOutOwed(): Promise<boolean> {
  // A browser that keeps nothing has kept no debt either; ending the session here would end that of whoever is signed in now.
  return (await request('readonly', (store) => store.get(OWED)).catch(() => false)) === true
}

export async function noteSignOutPaid(): Promise<void> {
  await request('readwrite', (store) => store.delete(OWED)).catch(complain)
}

function complain(error: unknown): void {
  console.warn('This browser will not remember who is signed in:', error)
}

function isSignedIn(value: unknown): value is SignedIn {
  const user = value as SignedIn | null | undefined
  return typeof user?.id === 'string' && typeof user.name === 'string' && typeof user.isGuest === 'boolean'
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 2)
    opening.onupgradeneeded = () => {
      const { result } = opening
      // An earlier version kept a long-lived token here.
      if (result.objectStoreNames.contains(STORE)) result.deleteObjectStore(STORE)
      result.createObjectStore(STORE)
    }
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
}

async function request(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => { readonly result: unknown },
): Promise<unknown> {
  const database = await open()
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
