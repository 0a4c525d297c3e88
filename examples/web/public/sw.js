/**
 * Lets the page open without a network. The lists are not here: the SDK keeps them in IndexedDB.
 *
 * Cached are the files of one build, all of them or none, and never an answer of the API: an old answer must not be able to hide a new
 * edit. A new build is another VERSION of this file with a cache of its own; it is fetched whole, then waits until a page lets it in.
 * Files of the build before stay for pages that are still open. The build fills in the two lines below.
 */
const VERSION = 'development'
const FILES = {}

const SHELL = '/index.html'
const PREFIX = 'tandem-files-'
const CACHE = PREFIX + VERSION
/** Where stands which build is in charge: one that was fetched, and then overtaken by the next, never was. */
const CHARGE = 'tandem-charge'
const IN_CHARGE = '/build-in-charge'
/** What is the server's. `/sync` is a socket, and does not come here. */
const RESERVED = /^\/(api|sync|yjs|health|metrics|docs)(\/|$)/
/** A file with its content's hash in its name is the same wherever it is found. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/

self.addEventListener('install', (event) => {
  event.waitUntil(fetchAll())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()))
})

self.addEventListener('message', (event) => {
  if (event.data === 'let-in') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || RESERVED.test(pathname)) return
  // An address that looks like a file is one: somebody opens the icon by itself.
  if (request.mode === 'navigate' && !/\.\w+$/.test(pathname)) event.respondWith(show(SHELL, request))
  else if (pathname in FILES || HASHED.test(pathname)) event.respondWith(show(pathname, request))
})

/** From this build, else from the one before, else from the server. */
async function show(path, request) {
  const own = await (await caches.open(CACHE)).match(path)
  return own ?? (await caches.match(path)) ?? fetch(request)
}

/** Rejects when one file is missing or is of another build: then there is no new version yet. */
async function fetchAll() {
  const cache = await caches.open(CACHE)
  await Promise.all(Object.entries(FILES).map(([path, integrity]) => store(cache, path, integrity)))
}

async function store(cache, path, integrity) {
  const known = HASHED.test(path) ? await caches.match(path) : undefined
  if (known !== undefined) return cache.put(path, known)
  const response = await fetch(path, { integrity, cache: HASHED.test(path) ? 'default' : 'no-store' })
  if (!response.ok || response.redirected) throw new Error(`${path} answered ${response.status}`)
  return cache.put(path, response)
}

/** Keeps this build and the one that was in charge before: a page of it may still be open in another tab. */
async function dropOld() {
  const charge = await caches.open(CHARGE)
  const before = await (await charge.match(IN_CHARGE))?.text()
  await charge.put(IN_CHARGE, new Response(CACHE))
  const kept = [CACHE, before]
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !kept.includes(name))
  await Promise.all([...older, 'tandem-shell-1'].map((name) => caches.delete(name)))
}
