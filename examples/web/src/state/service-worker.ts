/** How often a page that stays open asks whether there is a newer one. Browsers ask by themselves only when a page is loaded. */
const LOOK_EVERY_MS = 3_600_000
/** Not more often than this when somebody comes back to the page again and again. */
const LOOK_PAUSE_MS = 60_000

const WORKER = '/sw.js'

let waiting: ServiceWorker | null = null
let registration: ServiceWorkerRegistration | null = null
let lookedAt = 0
const listeners = new Set<() => void>()

/** Lets the page open without a network, and learns of new versions. The app works without it. */
export async function startServiceWorker(): Promise<void> {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (container === undefined) return
  // At the first visit nobody was in control before, so nothing that is on the screen is old.
  let isFirst = container.controller === null
  container.addEventListener('controllerchange', () => {
    if (!isFirst) tookOver()
    isFirst = false
  })
  try {
    registration = await container.register(workerAddress(), { updateViaCache: 'none' })
  } catch (error) {
    // Only a reload without a network does not work then.
    console.warn('The page will not open offline:', error)
    return
  }
  lookedAt = Date.now()
  const look = (): void => watch(registration?.installing ?? null)
  registration.addEventListener('updatefound', look)
  look()
  if (registration.waiting !== null && container.controller !== null) found(registration.waiting)
  setInterval(() => void lookForNewVersion(), LOOK_EVERY_MS)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void lookForNewVersion()
  })
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string
  }
}

/** Where browsers know trusted types, the server lets no other text of this page become a script's address. */
function workerAddress(): string {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes
  if (types === undefined) return WORKER
  return types.createPolicy('tandem-worker', { createScriptURL: () => WORKER }).createScriptURL('')
}

/** Asks the server whether there is a newer version; without a network the next look finds it. */
export async function lookForNewVersion(): Promise<void> {
  if (registration === null || Date.now() - lookedAt < LOOK_PAUSE_MS) return
  lookedAt = Date.now()
  await registration.update().catch(() => undefined)
}

/** A newer version that is on this device whole and waits to be let in. */
export function waitingVersion(): ServiceWorker | null {
  return waiting
}

export function subscribeToVersions(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

/** Lets the waiting version in, for all tabs of this browser; each of them follows when nothing is in its way. */
export function letIn(): void {
  if (waiting === null || isTakenOver) {
    location.reload()
    return
  }
  isWished = true
  waiting.postMessage('let-in')
}

/** Set once another version is in charge of this page than the one it came from. */
let isTakenOver = false
/** The person of this tab asked for it, so nothing is in the way. */
let isWished = false

export function isAnotherInCharge(): boolean {
  return isTakenOver
}

function tookOver(): void {
  isTakenOver = true
  if (isWished) location.reload()
  else for (const listener of [...listeners]) listener()
}

function watch(worker: ServiceWorker | null): void {
  if (worker === null) return
  worker.addEventListener('statechange', () => {
    // Without a page in control this is the first version, and it takes over by itself.
    if (worker.state === 'installed' && navigator.serviceWorker.controller !== null) found(worker)
  })
}

function found(worker: ServiceWorker): void {
  waiting = worker
  for (const listener of [...listeners]) listener()
}
