import { useSyncExternalStore } from 'react'
import { words as english } from './en/index.ts'
import { LANGUAGES, type Language, type LanguageTag, languageFor } from './languages.ts'
import type { Words } from './words.ts'

const KEY = 'tandem:language'
const listeners = new Set<() => void>()
let language = LANGUAGES[0] as Language
let words: Words = english

/** The sentences of the language that is spoken now. */
export function useWords(): Words {
  return useSyncExternalStore(subscribe, () => words)
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => language)
}

/** For code that is no component: toasts, announcements. Not for rendering, which would miss a change of language. */
export function wordsNow(): Words {
  return words
}

/** To be awaited before the first rendering, so that nobody sees a flash of another language. */
export function startLanguage(): Promise<void> {
  // Other tabs follow.
  addEventListener('storage', (event) => {
    if (event.key === KEY) void speak(languageFor(chosenLanguage(), navigator.languages))
  })
  return speak(languageFor(chosenLanguage(), navigator.languages))
}

/** Null: as the browser says. */
export function chooseLanguage(tag: LanguageTag | null): Promise<void> {
  if (tag === null) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, tag)
  return speak(languageFor(tag, navigator.languages))
}

/** Null: as the browser says. */
export function chosenLanguage(): string | null {
  return localStorage.getItem(KEY)
}

/** A language that cannot be fetched leaves the one before: a page in English is better than none. */
async function speak(next: Language): Promise<void> {
  const loaded = await next.load().catch(() => null)
  if (loaded !== null) {
    language = next
    words = loaded
  }
  document.documentElement.lang = language.tag
  document.documentElement.dir = language.dir
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
