/** Order keys are compared by code unit, never by locale; the same key twice is settled by id. */
export function byOrder(a: { order: string; id: string }, b: { order: string; id: string }): number {
  return compare(a.order, b.order) || compare(a.id, b.id)
}

export function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The sorted list without `gone` and with `added` at their places. Linear, and sorts nothing but `added`. */
export function mergeSorted<T>(
  sorted: readonly T[],
  isGone: (entry: T) => boolean,
  added: T[],
  order: (a: T, b: T) => number,
): T[] {
  added.sort(order)
  const merged: T[] = []
  let next = 0
  for (const entry of sorted) {
    if (isGone(entry)) continue
    for (let other = added[next]; other !== undefined && order(other, entry) < 0; other = added[next]) {
      merged.push(other)
      next += 1
    }
    merged.push(entry)
  }
  for (; next < added.length; next += 1) {
    const other = added[next]
    if (other !== undefined) merged.push(other)
  }
  return merged
}
