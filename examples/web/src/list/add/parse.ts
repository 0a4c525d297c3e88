import { findDate } from './parse-dates.ts'
import { findMarks } from './parse-marks.ts'
import { findQuantity } from './parse-quantity.ts'
import { findRepeat } from './parse-repeat.ts'
import { type Claim, masked, type ParseContext, type Parsed, type Part, tokenKey } from './parse-types.ts'

/** A mark that is meant as it stands: `\@home`, `\#1`. The backslash goes. */
const ESCAPED = /(?<=^|\s)\\(?=[@#/!])\S*/gu
const WORD = /\S+/gu

/**
 * Reads what was typed into the add field. Everything that is not certainly meant stays in the title, and so does everything when
 * nothing else would be left: an item always has the name that was typed.
 */
export function parse(text: string, context: ParseContext): Parsed {
  const inert = [...text.matchAll(ESCAPED), ...addressesIn(text)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
  const open = masked(text, inert)
  const claims: Claim[] = []
  for (const find of [findMarks, findRepeat, findQuantity, findDate]) {
    const found = find(masked(open, claims), context).filter(
      ({ start, end, token }) => !context.plain.has(tokenKey(token.kind, text.slice(start, end))),
    )
    claims.push(...found)
  }
  claims.sort((a, b) => a.start - b.start)
  const title = titleOf(text, claims)
  if (title === '') return { parts: text === '' ? [] : [{ text, token: null }], title: tidy(text) }
  return { parts: partsOf(text, claims), title }
}

/** They contain marks and dates that mean nothing here. Looked for word by word: one pattern for all would try each `@` with each dot. */
function addressesIn(text: string): RegExpExecArray[] {
  return [...text.matchAll(WORD)].filter(([word]) => {
    const at = word.indexOf('@', 1)
    const isMail = at !== -1 && word.lastIndexOf('.', word.length - 2) > at + 1
    return isMail || word.indexOf('://', 1) !== -1
  })
}

function partsOf(text: string, claims: readonly Claim[]): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { start, end, token } of claims) {
    if (start > at) parts.push({ text: text.slice(at, start), token: null })
    parts.push({ text: text.slice(start, end), token })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), token: null })
  return parts
}

function titleOf(text: string, claims: readonly Claim[]): string {
  let rest = ''
  let at = 0
  for (const { start, end } of claims) {
    rest += `${text.slice(at, start)} `
    at = end
  }
  const left = tidy(rest + text.slice(at))
  // Commas that stood between tokens; where there are none, the last comma is the person's own.
  return claims.length === 0 ? left : left.replace(/^[,;\s]+|[,;\s]+$/gu, '')
}

function tidy(text: string): string {
  const single = text
    .trim()
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[,;.](?: |$))/gu, '')
  return single.replace(/(?<=^| )\\(?=[@#/!])/gu, '')
}
