/** In Unicode mode this matches only surrogates that stand alone. */
const LONE_SURROGATE = /\p{Cs}/u
const LONE_SURROGATES = /\p{Cs}/gu

export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text)
}

/**
 * The text with every lone surrogate replaced by U+FFFD. Yjs does the same on the way out, silently: without this the
 * author's copy would differ from everybody else's for ever.
 */
export function toWellFormed(text: string): string {
  return isWellFormed(text) ? text : text.replace(LONE_SURROGATES, '\uFFFD')
}
