import * as Y from 'yjs'

/**
 * Characters by the names Yjs gives them: `length` of them, from `clock` on, typed by `client`. A name stays with a character
 * whatever others type around it, which is what positions do not do.
 *
 * Reads Yjs internals (`_start`, `Item`); they are read nowhere else but here and in `collision.ts`.
 */
export interface TextRun {
  readonly client: number
  readonly clock: number
  readonly text: string
}

/** One character of a text, deleted ones included, in the order in which they stand. */
export interface TextUnit {
  readonly name: string
  /** Position in the visible text, or -1 when deleted. */
  readonly index: number
}

export function nameOf(client: number, clock: number): string {
  return `${client}:${clock}`
}

/** The names of the run's characters. */
export function namesIn(run: TextRun): string[] {
  return Array.from({ length: run.text.length }, (_, offset) => nameOf(run.client, run.clock + offset))
}

/** The runs that make up `count` visible characters from `index` on. */
export function runsBetween(text: Y.Text, index: number, count: number): TextRun[] {
  const runs: TextRun[] = []
  let at = 0
  for (let item = text._start; item !== null && at < index + count; item = item.right) {
    if (item.deleted || !item.countable) continue
    const from = Math.max(index - at, 0)
    const to = Math.min(index + count - at, item.length)
    if (from < to && item.content instanceof Y.ContentString) {
      const { client, clock } = item.id
      runs.push({ client, clock: clock + from, text: item.content.str.slice(from, to) })
    }
    at += item.length
  }
  return runs
}

/** Every character that ever was in the text, as far as Yjs still knows it. */
export function unitsOf(text: Y.Text): TextUnit[] {
  const units: TextUnit[] = []
  let at = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.countable && !item.deleted) continue
    for (let offset = 0; offset < item.length; offset += 1) {
      units.push({
        name: nameOf(item.id.client, item.id.clock + offset),
        index: item.deleted ? -1 : at + offset,
      })
    }
    if (!item.deleted) at += item.length
  }
  return units
}
