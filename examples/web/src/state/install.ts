import { useSyncExternalStore } from 'react'

const VISITS = 'tandem:visits'
const SHARED = 'tandem:has-shared'
const DECLINED = 'tandem:install-declined'
const COUNTED = 'tandem:visit-counted'
/** Asked again after so long. */
const DECLINED_MS = 90 * 86_400_000

interface InstallPrompt extends Event {
  prompt(): Promise<void>
}

/** How this browser installs: by its own prompt, by hand on an iPhone or iPad, or not at all. */
export type InstallWay = 'prompt' | 'ios' | null

let held: InstallPrompt | null = null
const listeners = new Set<() => void>()

/** To be called before the first rendering: browsers offer their prompt once, early. */
export function watchInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    held = event as InstallPrompt
    tell()
  })
  addEventListener('appinstalled', () => {
    held = null
    tell()
  })
  if (sessionStorage.getItem(COUNTED) !== null) return
  sessionStorage.setItem(COUNTED, 'yes')
  localStorage.setItem(VISITS, String(Number(localStorage.getItem(VISITS) ?? '0') + 1))
}

/** Somebody has shared a list: they mean to come back. */
export function noteShared(): void {
  localStorage.setItem(SHARED, 'yes')
  tell()
}

/** Null until it is worth offering: at the second visit, or after the first sharing, and not again soon after a no. */
export function useInstallOffer(): InstallWay {
  return useSyncExternalStore(subscribe, offer)
}

export async function install(): Promise<void> {
  const prompt = held
  held = null
  tell()
  await prompt?.prompt()
}

export function declineInstall(): void {
  localStorage.setItem(DECLINED, String(Date.now()))
  tell()
}

function offer(): InstallWay {
  const isBack = Number(localStorage.getItem(VISITS) ?? '0') >= 2
  const isDeclined = Date.now() - Number(localStorage.getItem(DECLINED) ?? '0') < DECLINED_MS
  return (isBack || localStorage.getItem(SHARED) !== null) && !isDeclined ? way() : null
}

function way(): InstallWay {
  const isInstalled = matchMedia('(display-mode: standalone)').matches
  if (isInstalled) return null
  if (held !== null) return 'prompt'
  // Only Safari on iPhones and iPads has this, and it never prompts.
  return (navigator as { standalone?: boolean }).standalone === false ? 'ios' : null
}

function tell(): void {
  for (const listener of [...listeners]) listener()
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}
