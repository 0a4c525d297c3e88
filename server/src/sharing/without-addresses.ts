/** What mail programs make a link of: a scheme, a mailbox, or a name with a dot and letters behind it. */
const ADDRESS = /:\/\/|@|[.。․．｡]\p{L}{2}|^(?:mailto|tel|javascript|data):/iu
/** Also those that are not seen: they could hide the dot, or turn the text around. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]+/gu
const WORDS_CHARS = 80

/**
 * Text of somebody's choice as it may stand in a mail to somebody else: one short line, with "…" for every word that a mail program
 * would make a link of.
 */
export function withoutAddresses(text: string): string {
  const words = text
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(INVISIBLE, '')
    .trim()
    .split(' ')
    .map((word) => (ADDRESS.test(word) ? '…' : word))
  const line = words.join(' ')
  return line.length <= WORDS_CHARS ? line : `${[...line].slice(0, WORDS_CHARS).join('')}…`
}
