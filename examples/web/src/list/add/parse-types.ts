import type { LanguageTag } from '../../words/languages.ts'

/** What a piece of the typed text means. Ids are null for what does not exist yet and is made on adding. */
export type Token =
  | { readonly kind: 'date'; readonly date: string; readonly time: string | null }
  | { readonly kind: 'time'; readonly time: string }
  | { readonly kind: 'repeat'; readonly rule: string }
  | { readonly kind: 'person'; readonly id: string; readonly name: string }
  | { readonly kind: 'label'; readonly id: string | null; readonly title: string }
  | { readonly kind: 'section'; readonly id: string | null; readonly title: string }
  | { readonly kind: 'priority'; readonly priority: 1 | 2 | 3 }
  | { readonly kind: 'quantity'; readonly quantity: string }

/** A token and where it stands. */
export interface Claim {
  readonly start: number
  readonly end: number
  readonly token: Token
}

/** A stretch of the typed text, in order; the texts of all parts together are what was typed, letter for letter. */
export interface Part {
  readonly text: string
  /** Null: part of the title. */
  readonly token: Token | null
}

export interface Parsed {
  readonly parts: readonly Part[]
  /** What is left without tokens, with single spaces. */
  readonly title: string
}

export interface Named {
  readonly id: string
  readonly title: string
}

export interface ParseContext {
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly labels: readonly Named[]
  readonly sections: readonly Named[]
  readonly language: LanguageTag
  /** 24/12 rather than 12/24, where it must be guessed. */
  readonly isDayFirst: boolean
  readonly now: Date
  /** More ways to say a date; null until they are loaded. */
  readonly findDates: DateFinder | null
  /** Tokens that the person took off, by `tokenKey`: they stay plain text. */
  readonly plain: ReadonlySet<string>
}

/** Dates in a text whose other tokens are masked. It may find too much: what is doubtful is sorted out by who asks. */
export type DateFinder = (text: string, now: Date) => readonly FoundDate[]

export interface FoundDate {
  readonly start: number
  readonly end: number
  /** Null: only a time of day was said. */
  readonly date: string | null
  readonly time: string | null
}

/** What stands in place of a claimed letter: no pattern matches it and no word runs across it. */
export const TAKEN = '\u0001'

export function masked(text: string, claims: readonly Pick<Claim, 'start' | 'end'>[]): string {
  let result = text
  for (const { start, end } of claims) {
    result = result.slice(0, start) + TAKEN.repeat(end - start) + result.slice(end)
  }
  return result
}

/** True where no letter or digit touches: `Sat` is a word in "on Sat", and none in "Satsumas" or "Sat's". */
export function isWhole(text: string, start: number, end: number): boolean {
  return (
    !/[\p{L}\p{N}\p{M}_]$/u.test(text.slice(0, start)) &&
    !/^(?:[\p{L}\p{N}\p{M}_]|['’]\p{L})/u.test(text.slice(end))
  )
}

/** Names a token for "this one is plain text": the same words of the same kind, wherever they stand. */
export function tokenKey(kind: Token['kind'], text: string): string {
  return `${kind} ${text.trim().toLowerCase()}`
}
