/** One stretch of a text that reads differently: `removed` characters at `at` gave way to `inserted`. In UTF-16 units. */
export interface TextChange {
  readonly at: number
  readonly removed: number
  readonly inserted: string
}

/**
 * What turned one text into the other; null when they are equal. Of several stretches that would do, the one that ends at `caret`, where
 * the person was typing: "aa" after "a" says by itself not which of them is new. Never cuts a character in two.
 */
export function changeBetween(before: string, after: string, caret = 0): TextChange | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  let longestEnd = 0
  while (longestEnd < shorter && before.at(-1 - longestEnd) === after.at(-1 - longestEnd)) longestEnd += 1
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  // Never more than has to be: what reads as before keeps its letters, and with them the carets of others.
  let end = Math.min(longestEnd, Math.max(after.length - caret, shorter - start))
  start = Math.min(start, shorter - end)
  if (isHigh(before, start - 1) || isHigh(after, start - 1)) start -= 1
  if (isLow(before, before.length - end) || isLow(after, after.length - end)) end -= 1
  return { at: start, removed: before.length - end - start, inserted: after.slice(start, after.length - end) }
}

/** Where a position of the text before a change is in the text after it. One right at the change stays before what was inserted. */
export function positionAfter({ at, removed, inserted }: TextChange, position: number): number {
  if (position <= at) return position
  return position < at + removed ? at : position - removed + inserted.length
}

/**
 * The same change, made to a text that others have changed meanwhile: to be made one after the other. What they wrote into the stretch that
 * goes away stays.
 */
export function changesAfter(change: TextChange, others: readonly TextChange[]): TextChange[] {
  if (others.length === 0) return [change]
  const { removed, inserted } = change
  let { at } = change
  let places = Array.from({ length: removed }, (_, index) => at + index)
  for (const other of others) {
    const isThere = (place: number): boolean => place < other.at || place >= other.at + other.removed
    const moved = other.inserted.length - other.removed
    places = places.filter(isThere).map((place) => (place < other.at ? place : place + moved))
    at = positionAfter(other, at)
  }
  const changes: TextChange[] = []
  // From behind, so that the places before it stay what they are.
  for (const place of places.reverse()) {
    const last = changes.at(-1)
    if (last?.at === place + 1)
      changes[changes.length - 1] = { ...last, at: place, removed: last.removed + 1 }
    else changes.push({ at: place, removed: 1, inserted: '' })
  }
  return inserted === '' ? changes : [...changes, { at, removed: 0, inserted }]
}

function isHigh(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800
}

function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00
}
