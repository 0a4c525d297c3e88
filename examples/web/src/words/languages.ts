import { words as english } from './en/index.ts'
import type { Words } from './words.ts'

export type LanguageTag = 'en' | 'de' | 'ar'

export interface Language {
  readonly tag: LanguageTag
  /** In the language itself: who cannot read the present one must find theirs. */
  readonly name: string
  readonly dir: 'ltr' | 'rtl'
  /** English comes with the page; the others when they are chosen. */
  load(): Promise<Words>
}

export const LANGUAGES: readonly Language[] = [
  { tag: 'en', name: 'English', dir: 'ltr', load: async () => english },
  { tag: 'de', name: 'Deutsch', dir: 'ltr', load: async () => (await import('./de/index.ts')).words },
  { tag: 'ar', name: 'العربية', dir: 'rtl', load: async () => (await import('./ar/index.ts')).words },
]

/** The chosen language, or the first of the browser's that we speak. */
export function languageFor(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = chosen === null ? preferred : [chosen, ...preferred]
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language.tag)
    if (found !== undefined) return found
  }
  return LANGUAGES[0] as Language
}
