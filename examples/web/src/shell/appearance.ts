import { useSyncExternalStore } from 'react'

/** As the device says, or as the person does. */
export type Appearance = 'system' | 'light' | 'dark'

export const APPEARANCES: readonly Appearance[] = ['system', 'light', 'dark']

const KEY = 'tandem:appearance'
const listeners = new Set<() => void>()

export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, appearanceNow)
}

export function appearanceNow(): Appearance {
  const chosen = localStorage.getItem(KEY)
  return APPEARANCES.find((one) => one === chosen) ?? 'system'
}

export function chooseAppearance(next: Appearance): void {
  if (next === 'system') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, next)
  show()
  for (const listener of listeners) listener()
}

/** Before the first rendering, so that nobody is dazzled; other tabs follow. */
export function startAppearance(): void {
  show()
  addEventListener('storage', (event) => {
    if (event.key !== KEY) return
    show()
    for (const listener of listeners) listener()
  })
}

function show(): void {
  const chosen = appearanceNow()
  if (chosen === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = chosen
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    // The browser's own bar: the one for the device's appearance, or the chosen one for both.
    const own = meta.dataset['appearance'] ?? 'light'
    meta.media = chosen === 'system' ? `(prefers-color-scheme: ${own})` : mediaFor(own === chosen)
  }
}

function mediaFor(isShown: boolean): string {
  return isShown ? 'all' : 'not all'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
