import type { TextDelta } from './changes.ts'

/** Beyond this many differing characters the middle is replaced as a whole: finding the least edit costs their square. */
const MAX_EDITS = 400

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
  const frontiers: Map<number, number>[] = []
  let frontier = new Map<number, number>([[1, 0]])
  for (let edits = 0; edits <= Math.min(MAX_EDITS, old.length + now.length); edits += 1) {
    frontiers.push(new Map(frontier))
    const next = new Map(frontier)
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isDown(frontier, diagonal, edits) ? at(frontier, diagonal + 1) : at(frontier, diagonal - 1) + 1
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1
      next.set(diagonal, x)
      if (x >= old.length && x - diagonal >= now.length) return walkBack(old, now, frontiers)
    }
    frontier = next
  }
  return [
    ...now.map((character) => ['insert', character] as const),
    ...old.map((character) => ['delete', character] as const),
  ]
}

function walkBack(
  old: readonly string[],
  now: readonly string[],
  frontiers: readonly Map<number, number>[],
): Step[] {
  const steps: Step[] = []
  let x = old.length
  let y = now.length
  for (let edits = frontiers.length - 1; edits >= 0; edits -= 1) {
    const frontier = frontiers[edits] ?? new Map<number, number>()
    const diagonal = x - y
    const isInsert = isDown(frontier, diagonal, edits)
    const fromX = isInsert ? at(frontier, diagonal + 1) : at(frontier, diagonal - 1)
    const fromY = fromX - (isInsert ? diagonal + 1 : diagonal - 1)
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0)) {
      x -= 1
      y -= 1
      steps.push(['retain', old[x] ?? ''])
    }
    if (edits === 0) break
    if (isInsert) steps.push(['insert', now[fromY] ?? ''])
    else steps.push(['delete', old[fromX] ?? ''])
    x = fromX
    y = fromY
  }
  return steps.reverse()
}

function isDown(frontier: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true
  return diagonal !== edits && at(frontier, diagonal - 1) < at(frontier, diagonal + 1)
}

function at(frontier: ReadonlyMap<number, number>, diagonal: number): number {
  return frontier.get(diagonal) ?? 0
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
