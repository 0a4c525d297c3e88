import { type RefObject, useEffect } from 'react'
import { useRoute } from '../../shell/route.ts'
import type { Board } from '../board/board.ts'
import { keep, letGo, rowsNear, type Stood, stoodOf } from './stood.ts'

type Rows = RefObject<HTMLUListElement | null>

/**
 * What others do to a row in view does not make it higher, so that nothing moves under whoever reads below it. It takes the room it needs
 * when this person has edited it, when nobody sees it (it is scrolled away, or the page is hidden), and when lines get another length.
 */
export function useStill(board: Board, rows: Rows): void {
  const route = useRoute()
  const opened = route.page === 'list' ? route.item : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: the panel of an item takes its room from the rows
  useEffect(() => holdStill(board, rows), [board, rows, opened])
}

/** Rows are measured where a change is told: before it is drawn, and only those it is about. */
function holdStill({ list, draft }: Board, rows: Rows): () => void {
  const kept = new Map<string, HTMLElement>()
  const noted = new Map<HTMLElement, Stood>()
  let near: ReadonlyMap<string, HTMLElement> | null = null

  function note(id: string): void {
    if (near === null) {
      near = rowsNear(rows.current)
      // Written once React has drawn: while rows are only read, the browser lays out once for all of them.
      queueMicrotask(write)
    }
    const row = near.get(id)
    if (row === undefined || noted.has(row) || kept.get(id) === row) return
    const stood = stoodOf(row)
    if (stood !== null) noted.set(row, stood)
  }

  function write(): void {
    near = null
    for (const [row, stood] of noted) {
      keep(row, stood)
      kept.set(row.dataset['id'] ?? '', row)
    }
    noted.clear()
  }

  function free(id: string): void {
    const row = kept.get(id)
    if (row !== undefined) letGo(row)
    kept.delete(id)
  }

  function freeAll(): void {
    for (const id of [...kept.keys()]) free(id)
  }

  /** A tick leaves rows where they are: the next one is ticked where it is seen. The row shows the box as it was before. */
  function isTick(id: string): boolean {
    const done = list.items.item(id).getSnapshot()?.done
    return kept.get(id)?.dataset['done'] !== String(done)
  }

  function freeSkipped(event: Event): void {
    const { target } = event
    if (target instanceof HTMLElement && 'skipped' in event && event.skipped === true)
      free(target.dataset['id'] ?? '')
  }

  function freeHidden(): void {
    if (document.visibilityState === 'hidden') freeAll()
  }

  let width = innerWidth
  function freeResized(): void {
    // A phone's bars and keyboard change the height alone.
    if (innerWidth !== width) freeAll()
    width = innerWidth
  }

  let edited = draft.get()?.id
  const stops = [
    list.items.onEvent(({ type, id, by }) => {
      if (type !== 'updated') return
      if (by === 'elsewhere') note(id)
      else if (!isTick(id)) free(id)
    }),
    // Who is in a row is shown in it as well.
    list.presence.others.subscribe(() => {
      for (const { editing, viewing } of list.presence.others.getSnapshot())
        for (const id of [editing, viewing]) if (id !== null) note(id)
    }),
    draft.subscribe(() => {
      const now = draft.get()?.id
      if (edited !== undefined && edited !== now) free(edited)
      edited = now
    }),
  ]
  addEventListener('resize', freeResized)
  document.addEventListener('visibilitychange', freeHidden)
  document.addEventListener('contentvisibilityautostatechange', freeSkipped, true)
  return () => {
    for (const stop of stops) stop()
    removeEventListener('resize', freeResized)
    document.removeEventListener('visibilitychange', freeHidden)
    document.removeEventListener('contentvisibilityautostatechange', freeSkipped, true)
    freeAll()
  }
}
