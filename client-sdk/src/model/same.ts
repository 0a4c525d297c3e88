/** Deep equality of plain JSON values. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  return keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]))
}

/**
 * `next`, but with every part that is equal to `before`'s replaced by that one; `before` itself when nothing differs.
 * Rows and effects that depend on an unchanged part then see the same object.
 */
export function shareParts<T extends object>(before: T | undefined, next: T): T {
  if (before === undefined) return next
  const shared: Record<string, unknown> = {}
  let isSame = true
  for (const [key, value] of Object.entries(next)) {
    const old = (before as Record<string, unknown>)[key]
    if (sameValue(old, value)) {
      shared[key] = old
    } else {
      shared[key] = value
      isSame = false
    }
  }
  return isSame ? before : (Object.freeze(shared) as T)
}
