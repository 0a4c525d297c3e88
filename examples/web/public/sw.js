/**
 * Lets the page itself open without a network. The lists are not here: the SDK keeps them in IndexedDB.
 *
 * Cached are the shell (index.html) and the files it names, never an answer of the API: an old answer must not be able
 * to hide a new edit. The shell is shown from the cache at once and renewed behind it, so a hanging network is as quick
 * as none; a renewed shell is told to the page, which offers to reload.
 */
const CACHE = 'tandem-shell-1'
const SHELL = '/'

self.addEventListener('install', (event) => {
  event.waitUntil(renewShell().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate' && isOwnPage(url.pathname)) event.respondWith(showShell(event))
  else if (isShellFile(url.pathname)) event.respondWith(showFile(request))
})

function isOwnPage(path) {
  return path === '/' || path === '/join' || path.startsWith('/l/')
}

function isShellFile(path) {
  return path.startsWith('/assets/') || path === '/icon.svg' || path === '/manifest.webmanifest'
}

async function showShell(event) {
  const cached = await caches.match(SHELL)
  const renewed = renewShell()
  if (cached === undefined) return renewed
  // Offline is a normal state here: the cached shell is on its way, and the next visit tries again.
  event.waitUntil(renewed.catch(() => undefined))
  return cached
}

async function showFile(request) {
  return (await caches.match(request)) ?? fetch(request)
}

/** Stores the files a shell names before the shell itself, so that no cached shell ever names a missing file. */
async function renewShell() {
  const response = await fetch(SHELL, { cache: 'no-store' })
  if (!response.ok) throw new Error(`The shell answered ${response.status}`)
  const html = await response.clone().text()
  const cache = await caches.open(CACHE)
  const old = await (await cache.match(SHELL))?.text()
  if (old === html) return response

  const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1])
  await cache.addAll(files)
  await cache.put(SHELL, response.clone())
  const kept = new Set([SHELL, ...files])
  for (const request of await cache.keys()) {
    if (!kept.has(new URL(request.url).pathname)) await cache.delete(request)
  }
  if (old !== undefined) {
    for (const client of await self.clients.matchAll()) client.postMessage('new-version')
  }
  return response
}
