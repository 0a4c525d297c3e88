import type { TextDelta } from './changes.ts'

/** Beyond this many differing characters the middle is replaced as a whole: finding the least edit costs their square. */
const MAX_EDITS = 200

/**
 * The least edit that turns `before` into `after`, as a delta in UTF-16 units; empty when they are equal.
 *
 * What is not touched keeps its identity in the text, so that somebody else's concurrent typing beside it survives.
 * Never cuts a surrogate pair in two.
 */
export function diffText(before: string, after: string): TextDelta[] {
  const old = Array.from(before)
  const now = Array.from(after)
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1
  let end = 0
  const longestEnd = Math.min(old.length, now.length) - start
  while (end < longestEnd && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1
  const delta: TextDelta[] = []
  append(delta, 'retain', old.slice(0, start).join(''))
  for (const [kind, part] of middle(old.slice(start, old.length - end), now.slice(start, now.length - end))) {
    append(delta, kind, part)
  }
  const last = delta.at(-1)
  if (last !== undefined && 'retain' in last) delta.pop()
  return delta
}

type Kind = 'retain' | 'insert' | 'delete'
type Step = readonly [kind: Kind, character: string]

/** Myers' greedy algorithm, keeping the frontier of every round to walk back along. */
function middle(old: readonly string[], now: readonly string[]): Step[] {
  const most = Math.min(MAX_EDITS, old.length + now.length)
  const frontiers: Frontier[] = []
  const frontier = new Frontier(most)
  for (let edits = 0; edits <= most; edits += 1) {
    frontiers.push(frontier.copy())
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = frontier.start(diagonal, edits)
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1
      frontier.set(diagonal, x)
      if (x >= old.length && x - diagonal >= now.length) return walkBack(old, now, frontiers)
    }
  }
  return [
    ...old.map((character) => ['delete', character] as const),
    ...now.map((character) => ['insert', character] as const),
  ]
}

function walkBack(old: readonly string[], now: readonly string[], frontiers: readonly Frontier[]): Step[] {
  const steps: Step[] = []
  let x = old.length
  let y = now.length
  for (const [edits, frontier] of [...frontiers.entries()].reverse()) {
    const isInsert = frontier.isInsert(x - y, edits)
    const fromX = edits === 0 ? 0 : frontier.get(x - y + (isInsert ? 1 : -1))
    const fromY = edits === 0 ? 0 : fromX - (x - y + (isInsert ? 1 : -1))
    while (x > fromX && y > fromY) {
      x -= 1
      y -= 1
      steps.push(['retain', old[x] ?? ''])
    }
    if (edits === 0) break
    steps.push(isInsert ? ['insert', now[fromY] ?? ''] : ['delete', old[fromX] ?? ''])
    x = fromX
    y = fromY
  }
  return steps.reverse()
}

/** For each diagonal (position in the old text less position in the new) how far into the old text one gets. */
class Frontier {
  readonly #reach: Int32Array
  readonly #middle: number

  constructor(most: number, reach = new Int32Array(2 * most + 3)) {
    this.#middle = most + 1
    this.#reach = reach
  }

  copy(): Frontier {
    return new Frontier(this.#middle - 1, this.#reach.slice())
  }

  get(diagonal: number): number {
    return this.#reach[this.#middle + diagonal] ?? 0
  }

  set(diagonal: number, x: number): void {
    this.#reach[this.#middle + diagonal] = x
  }

  /** True when the last of `edits` steps onto the diagonal was an insertion, false when it was a deletion. */
  isInsert(diagonal: number, edits: number): boolean {
    if (diagonal === -edits) return true
    return diagonal !== edits && this.get(diagonal - 1) < this.get(diagonal + 1)
  }

  start(diagonal: number, edits: number): number {
    if (edits === 0) return 0
    return this.isInsert(diagonal, edits) ? this.get(diagonal + 1) : this.get(diagonal - 1) + 1
  }
}

function append(delta: TextDelta[], kind: Kind, part: string): void {
  if (part === '') return
  const last = delta.at(-1)
  if (kind === 'insert') {
    if (last !== undefined && 'insert' in last) delta[delta.length - 1] = { insert: last.insert + part }
    else delta.push({ insert: part })
  } else if (kind === 'delete') {
    if (last !== undefined && 'delete' in last)
      delta[delta.length - 1] = { delete: last.delete + part.length }
    else delta.push({ delete: part.length })
  } else if (last !== undefined && 'retain' in last) {
    delta[delta.length - 1] = { retain: last.retain + part.length }
  } else {
    delta.push({ retain: part.length })
  }
}
