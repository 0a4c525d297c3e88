import { history as ar } from '../../words/ar/history.ts'
import { history as de } from '../../words/de/history.ts'
import { history as en } from '../../words/en/history.ts'
import type { LanguageTag } from '../../words/languages.ts'

/** They come with the history: nobody needs them before it is opened. */
export const HISTORY_WORDS: Readonly<Record<LanguageTag, typeof en>> = { ar, de, en }
