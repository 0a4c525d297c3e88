import type { ReactNode } from 'react'

/** A piece of text, and whether it was searched for. */
export interface Piece {
  readonly text: string
  readonly isMatch: boolean
}

/**
 * Where the words of a search stand in a text, whatever their case. Works on the letters as they are written: a form that only
 * normalising makes equal is found, and not marked, because its places are others.
 */
export function piecesOf(text: string, search: string): readonly Piece[] {
  const lower = text.toLocaleLowerCase()
  // Some letters change their length with their case, and places in one text are none in the other.
  if (lower.length !== text.length) return [{ text, isMatch: false }]
  const words = search
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
  const marked = new Array<boolean>(text.length).fill(false)
  for (const word of words) {
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length)) {
      marked.fill(true, at, at + word.length)
    }
  }
  const pieces: Piece[] = []
  for (let from = 0; from < text.length; ) {
    let to = from + 1
    while (to < text.length && marked[to] === marked[from]) to += 1
    pieces.push({ text: text.slice(from, to), isMatch: marked[from] === true })
    from = to
  }
  return pieces
}

/** The text with its matches marked; always text, never markup. */
export function Highlight({ text, search }: { text: string; search: string }): ReactNode {
  let at = 0
  return piecesOf(text, search).map((piece) => {
    const key = at
    at += piece.text.length
    return piece.isMatch ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>
  })
}

const AROUND_CHARS = 60

/** The part of a long text around its first match; null when there is none in it. */
export function excerptOf(text: string, search: string): string | null {
  const pieces = piecesOf(text, search)
  const first = pieces.findIndex(({ isMatch }) => isMatch)
  if (first === -1) return null
  const at = pieces.slice(0, first).reduce((sum, piece) => sum + piece.text.length, 0)
  const from = Math.max(0, at - AROUND_CHARS / 2)
  const to = Math.min(text.length, at + AROUND_CHARS * 2)
  // Cut between letters, not inside one.
  const part = text
    .slice(from, to)
    .replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
    .replace(/\s+/gu, ' ')
  return `${from > 0 ? '…' : ''}${part}${to < text.length ? '…' : ''}`
}
