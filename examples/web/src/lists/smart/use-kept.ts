import type { AcrossRow } from '@tandem/client-sdk'
import { useClient, useValue } from '@tandem/client-sdk/react'
import { useState } from 'react'

/**
 * Rows of a view of open items, and those ticked on this page in their places: a row that goes under the finger takes the next one's
 * tick with it. They go with the page.
 */
export function useKept(
  open: readonly AcrossRow[],
  isInView: (row: AcrossRow) => boolean,
): readonly AcrossRow[] {
  const [since] = useState(() => Date.now())
  const [seen] = useState(() => new Map<string, number>())
  const client = useClient()
  const done = useValue(client.items(DONE)).rows
  for (const row of open) if (!seen.has(keyOf(row))) seen.set(keyOf(row), seen.size)
  const ticked = done.filter(
    (row) => seen.has(keyOf(row)) && (row.item.completed?.at ?? 0) >= since && isInView(row),
  )
  if (ticked.length === 0) return open
  const place = (row: AcrossRow): number => seen.get(keyOf(row)) ?? 0
  return [...open, ...ticked].sort((a, b) => place(a) - place(b))
}

const DONE = { done: true } as const

export function keyOf({ listId, item }: AcrossRow): string {
  return `${listId} ${item.id}`
}
