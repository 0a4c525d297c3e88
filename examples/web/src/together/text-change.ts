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
  const longestEnd = Math.min(shorter, after.length - caret)
  let end = 0
  while (end < longestEnd && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  let start = 0
  while (start < shorter - end && before[start] === after[start]) start += 1
  if (isHigh(before, start - 1) || isHigh(after, start - 1)) start -= 1
  if (isLow(before, before.length - end) || isLow(after, after.length - end)) end -= 1
  return { at: start, removed: before.length - end - start, inserted: after.slice(start, after.length - end) }
}

/** Where a position of the text before a change is in the text after it. One right at the change stays before what was inserted. */
export function positionAfter({ at, removed, inserted }: TextChange, position: number): number {
  if (position <= at) return position
  return position < at + removed ? at : position - removed + inserted.length
}

/** The same change, made to a text that somebody else has changed meanwhile. */
export function changeAfter(change: TextChange, other: TextChange): TextChange {
  const at = positionAfter(other, change.at)
  const end = positionAfter(other, change.at + change.removed)
  return { at, removed: Math.max(0, end - at), inserted: change.inserted }
}

function isHigh(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800
}

function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00
}
