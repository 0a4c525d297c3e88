import type { HistoryEntry } from '@tandem/client-sdk'
import { clockOf } from '../detail/moments.ts'
import { type Deed, deedsOf } from './deeds.ts'

/** Who writes on within this time of their last letter is still at it. */
const SITTING_MS = 30 * 60_000

export interface Line {
  readonly key: string
  readonly entry: HistoryEntry
  readonly deed: Deed
}

export interface Day {
  /** On this device's calendar. */
  readonly day: string
  readonly lines: readonly Line[]
}

/** The history in lines by day, newest first. Notes are stored every few letters: who writes at one sitting has changed them once. */
export function daysOf(entries: readonly HistoryEntry[]): readonly Day[] {
  const days = new Map<string, Line[]>()
  // Told or not: a long sitting reaches from one to the next.
  let newer: Line | null = null
  for (const entry of entries) {
    for (const [at, deed] of deedsOf(entry).entries()) {
      const line: Line = { key: `${entry.seq}.${at}`, entry, deed }
      const isToldAlready = newer !== null && isOneSitting(line, newer)
      newer = line
      if (isToldAlready) continue
      const day = clockOf(entry.at).slice(0, 10)
      const known = days.get(day)
      if (known === undefined) days.set(day, [line])
      else known.push(line)
    }
  }
  return [...days].map(([day, lines]) => ({ day, lines }))
}

export function countLines(entries: readonly HistoryEntry[]): number {
  return daysOf(entries).reduce((sum, { lines }) => sum + lines.length, 0)
}

function isOneSitting(older: Line, newer: Line): boolean {
  return (
    older.deed.what === 'noted' &&
    newer.deed.what === 'noted' &&
    older.entry.by === newer.entry.by &&
    older.deed.ids.join() === newer.deed.ids.join() &&
    newer.entry.at - older.entry.at <= SITTING_MS
  )
}
