import type { TextDelta } from './changes.ts'
import { nameOf, namesIn, type TextRun, type TextUnit } from './text-runs.ts'

/** What a text change did, in names instead of positions. */
export interface TextInverse {
  readonly type: 'text'
  readonly itemId: string
  readonly inserted: readonly TextRun[]
  readonly deleted: readonly TextRun[]
}

/** The delta that takes text changes back, with the runs it puts back, one for each of its inserts, in their order. */
export interface TextUndo {
  readonly delta: readonly TextDelta[]
  readonly restored: readonly TextRun[]
}

/**
 * Which restored characters stand for which deleted ones.
 *
 * Deleted characters cannot come back to life in Yjs, they are typed again. Whoever undoes an older step must
 * find them under their old names: to delete them, and to know where what stood beside them belongs.
 */
export class RestoredNames {
  readonly #next = new Map<string, string>()
  readonly #previous = new Map<string, string>()

  add(old: TextRun, restored: TextRun): void {
    for (const [offset, name] of namesIn(old).entries()) {
      const now = nameOf(restored.client, restored.clock + offset)
      this.#next.set(name, now)
      this.#previous.set(now, name)
    }
  }

  isRestored(name: string): boolean {
    return this.#previous.has(name)
  }

  latest(name: string): string {
    let latest = name
    for (let next = this.#next.get(latest); next !== undefined; next = this.#next.get(latest)) latest = next
    return latest
  }

  first(name: string): string {
    let first = name
    for (let old = this.#previous.get(first); old !== undefined; old = this.#previous.get(first)) first = old
    return first
  }
}

/**
 * How to take back what was typed and deleted in one note: typed characters that are still there go, deleted ones come back
 * where they stood, everything others typed stays. Runs this document does not know (any more) are left out.
 */
export function undoText(
  units: readonly TextUnit[],
  inverses: readonly TextInverse[],
  names: RestoredNames,
): TextUndo {
  const visible = new Map<string, number>()
  const standing = new Map<string, number>()
  for (const [position, unit] of units.entries()) {
    standing.set(unit.name, position)
    if (unit.index >= 0) visible.set(unit.name, unit.index)
  }
  const typed = new Set(inverses.flatMap((inverse) => inverse.inserted.flatMap(namesIn)))
  const doomed = new Set<number>()
  for (const name of typed) {
    const index = visible.get(names.latest(name))
    if (index !== undefined) doomed.add(index)
  }
  const returning: { readonly run: TextRun; readonly index: number; readonly position: number }[] = []
  for (const run of inverses.flatMap((inverse) => inverse.deleted).flatMap((run) => without(run, typed))) {
    const name = nameOf(run.client, run.clock)
    const position = standing.get(names.first(name)) ?? standing.get(name)
    if (position === undefined || visible.has(names.latest(name))) continue
    returning.push({ run, position, index: indexBehind(units, position, visible, names) })
  }
  returning.sort((a, b) => a.index - b.index || a.position - b.position)
  return { delta: deltaOf(doomed, returning), restored: returning.map(({ run }) => run) }
}

/** The position right behind the nearest character before `position` that is still to be seen. */
function indexBehind(
  units: readonly TextUnit[],
  position: number,
  visible: ReadonlyMap<string, number>,
  names: RestoredNames,
): number {
  for (let before = position - 1; before >= 0; before -= 1) {
    const name = units[before]?.name ?? ''
    // A restored character belongs where the one it stands for was, not where it happened to be typed again.
    if (names.isRestored(name)) continue
    const index = visible.get(names.latest(name))
    if (index !== undefined) return index + 1
  }
  return 0
}

/** The parts of a run that are not in `typed`: what the same step typed and deleted again never was there. */
function without(run: TextRun, typed: ReadonlySet<string>): TextRun[] {
  const parts: TextRun[] = []
  let start = 0
  for (let offset = 0; offset <= run.text.length; offset += 1) {
    const isEnd = offset === run.text.length
    if (!isEnd && !typed.has(nameOf(run.client, run.clock + offset))) continue
    if (start < offset) parts.push({ ...run, clock: run.clock + start, text: run.text.slice(start, offset) })
    start = offset + 1
  }
  return parts
}

function deltaOf(
  doomed: ReadonlySet<number>,
  returning: readonly { run: TextRun; index: number }[],
): TextDelta[] {
  const delta: TextDelta[] = []
  let at = 0
  const goTo = (index: number): void => {
    if (index > at) delta.push({ retain: index - at })
    at = index
  }
  const edits = [
    ...returning.map(({ run, index }) => ({ index, insert: run.text })),
    ...[...doomed].map((index) => ({ index, insert: null })),
  ]
  // Inserts before deletes at the same position: sort is stable.
  for (const { index, insert } of edits.sort((a, b) => a.index - b.index)) {
    goTo(index)
    at += insert === null ? 1 : 0
    const last = delta.at(-1)
    if (insert !== null) delta.push({ insert })
    // One delete for neighbours: Yjs spoils a surrogate pair that is deleted half by half.
    else if (last !== undefined && 'delete' in last) delta[delta.length - 1] = { delete: last.delete + 1 }
    else delta.push({ delete: 1 })
  }
  return delta
}
