import { generateKeyBetween } from 'fractional-indexing'
import { LIMITS } from './limits.ts'

export interface Placed {
  readonly id: string
  readonly order: string
}

export interface NewPlaces {
  /** One key for each inserted item, ascending. */
  readonly keys: readonly string[]
  /** Neighbours that need another key to make room; few, and none as a rule. */
  readonly rekeyed: readonly Placed[]
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const JITTER_CHARS = 3
/** Rekeyed runs end well below the limit, or every insert after one would rekey again. */
const RELAXED_CHARS = LIMITS.orderRebalanceChars / 2

/**
 * Keys that put `count` new items before `sorted[index]`. `sorted` is by order, then id; equal keys may occur in it.
 *
 * Two devices that insert at the same place draw different keys, but for a chance of 1 in 200,000 (then the ids decide), and
 * several items inserted at once stay together. Where there is no room (equal keys, or keys beyond 48 characters),
 * a run of neighbours around the place gets new keys in the same plan. It stays inside the same outer bounds, so items
 * that others move at the same time keep a well defined place.
 */
export function placeAt(
  sorted: readonly Placed[],
  index: number,
  count: number,
  random: () => number,
): NewPlaces {
  if (count === 0) return { keys: [], rekeyed: [] }
  let from = index
  let to = index
  for (let reach = 1; ; reach *= 2) {
    const before = sorted[from - 1]?.order ?? null
    const after = sorted[to]?.order ?? null
    const isFirstTry = from === to
    if (before === null || after === null || before < after) {
      const keys = keysBetween(before, after, to - from + count, random)
      const limit = isFirstTry ? LIMITS.orderRebalanceChars : RELAXED_CHARS
      const isWhole = from === 0 && to === sorted.length
      if (isWhole || keys.every((key) => key.length <= limit)) return split(sorted, from, index, keys, count)
    }
    from = Math.max(0, from - reach)
    to = Math.min(sorted.length, to + reach)
  }
}

/**
 * `count` ascending keys strictly between two, null being the open end. All of them start alike, behind three random
 * digits, so that what another device inserts at the same place falls before or behind all of them.
 */
export function keysBetween(
  before: string | null,
  after: string | null,
  count: number,
  random: () => number,
): string[] {
  const stem = jittered(before, after, random)
  if (count === 1) return [stem]
  let digits = 1
  while (62 ** digits < 4 * (count + 1)) digits += 1
  const step = 62 ** digits / (count + 1)
  return Array.from({ length: count }, (_, index) => stem + fraction(Math.floor(step * (index + 1)), digits))
}

/** A key between the two whose extensions are all between them, too. */
function jittered(before: string | null, after: string | null, random: () => number): string {
  let stem = generateKeyBetween(before, after)
  // Half way to "G2" may be "G", and "Gx" is already behind "G2". At the open start, one lower keeps the keys short.
  while (after?.startsWith(stem)) {
    stem = before === null ? generateKeyBetween(null, stem) : generateKeyBetween(stem, after)
  }
  let digits = ''
  for (let count = 0; count < JITTER_CHARS; count += 1) digits += DIGITS[1 + Math.floor(random() * 61)]
  return stem + digits
}

/** `value` as `digits` base-62 digits. Never ends in 0, which would not be a canonical key: then the next value. */
function fraction(value: number, digits: number): string {
  let rest = value % 62 === 0 ? value + 1 : value
  let written = ''
  for (let count = 0; count < digits; count += 1) {
    written = DIGITS[rest % 62] + written
    rest = Math.floor(rest / 62)
  }
  return written
}

function split(
  sorted: readonly Placed[],
  from: number,
  index: number,
  keys: readonly string[],
  count: number,
): NewPlaces {
  const newFrom = index - from
  const others = [...keys.slice(0, newFrom), ...keys.slice(newFrom + count)]
  const rekeyed = others.map((order, offset) => ({ id: sorted[from + offset]?.id ?? '', order }))
  return { keys: keys.slice(newFrom, newFrom + count), rekeyed }
}
