import { useCan } from '@tandem/client-sdk/react'
import {
  type FocusEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { later } from '../../ui/later.tsx'
import { useStore } from '../../ui/store.ts'
import { useWords } from '../../words/use-words.ts'
import { type Board, focusRow, useBoard } from '../board/board.ts'
import { type Entry, entriesOf, rowIds } from '../board/entries.ts'
import { useDrag } from '../drag/use-drag.ts'
import { stillThere } from '../select/selection.ts'
import { PlainRows } from './row-list.tsx'
import { useStill } from './use-still.ts'
import './rows.css'
import './still.css'

/** More lines than this are shown as a window that follows the scroll. Fewer stay plain: simpler for whoever reads, searches or prints. */
const MANY = 300
/** What is shown of a long list until the code for the window has come. */
const FIRST = 60

const WindowedRows = later(async () => (await import('./windowed-rows.tsx')).WindowedRows)

/** The rows of the list, and everything that concerns all of them: what is focused, held down, dragged. */
export function Rows({ isManual }: { isManual: boolean }) {
  const board = useBoard()
  const words = useWords().list
  const outline = useSyncExternalStore(board.order.subscribe, board.order.getSnapshot)
  const folds = useStore(board.folds, (all) => all)
  const canAddSection = useCan(board.list).edit
  const addingTo = useStore(board.addingTo, (parent) => parent)
  const entries = useMemo(
    () => entriesOf(outline.order, folds, { addingTo, canAddSection }),
    [outline.order, folds, addingTo, canAddSection],
  )
  const element = useRef<HTMLUListElement>(null)
  const focus = useFocusKept(board, entries)
  const holds = useHolds(board)
  useDrag(board, element)
  useStill(board, element)
  useLayoutEffect(() => board.entries.set(entries), [board, entries])

  const how = useHow(entries.length)

  if (entries.length === 0) return null
  const { progress } = outline
  return (
    <ul
      ref={element}
      className="items"
      aria-label={words.items}
      data-manual={isManual || undefined}
      {...focus}
      {...holds}
    >
      {how !== 'window' ? (
        <PlainRows entries={how === 'all' ? entries : entries.slice(0, FIRST)} progress={progress} />
      ) : (
        <WindowedRows entries={entries} progress={progress} list={element} />
      )}
    </ul>
  )
}

/** How the rows are shown. Without the code for the window, which may not come, all of them are: slower, and complete. */
function useHow(count: number): 'all' | 'first' | 'window' {
  const [code, setCode] = useState<'none' | 'there' | 'missing'>('none')
  const isLong = count > MANY
  useEffect(() => {
    if (!isLong) return
    WindowedRows.load().then(
      () => setCode('there'),
      () => setCode('missing'),
    )
  }, [isLong])
  if (!isLong || code === 'missing') return 'all'
  return code === 'there' ? 'window' : 'first'
}

/** The roving focus of all rows, in one place: which row Tab leads to, and where focus goes when its row does. */
function useFocusKept(board: Board, entries: readonly Entry[]) {
  const focused = useRef<string | null>(null)
  const before = useRef<readonly string[]>([])

  useLayoutEffect(() => {
    const ids = rowIds(entries)
    const cursor = board.cursor.get()
    const neighbour = neighbourOf(cursor, before.current, ids)
    if (cursor !== neighbour) board.cursor.set(neighbour)
    const isThere = new Set(ids)
    board.selection.set(stillThere(board.selection.get(), (id) => isThere.has(id)))
    before.current = ids
    const lost = focused.current
    // Focus that was on a row which is no longer there has fallen to the page.
    if (lost === null || isThere.has(lost) || document.activeElement !== document.body) return
    focused.current = null
    if (neighbour !== null) focusRow(board, neighbour)
  }, [board, entries])

  return {
    onFocus: (event: FocusEvent) => {
      const id = rowOf(event.target)
      if (id === null) return
      focused.current = id
      board.cursor.set(id)
      board.order.touch({ focused: id })
    },
    onBlur: (event: FocusEvent) => {
      const next = event.relatedTarget instanceof Element ? rowOf(event.relatedTarget) : null
      if (next !== null) return
      focused.current = null
      // Looking into another window is not leaving the row.
      if (document.hasFocus()) board.order.touch({ focused: null })
    },
  }
}

/** What the person is busy with, told to the order: nothing moves under a pressed pointer, and what is hovered stays. */
function useHolds(board: Board) {
  useEffect(() => {
    const release = (): void => {
      // The click that belongs to it comes first.
      setTimeout(() => board.order.touch({ isPointerDown: false }))
    }
    addEventListener('pointerup', release)
    addEventListener('pointercancel', release)
    const stop = board.draft.subscribe(() => board.order.touch({ editing: board.draft.get()?.id ?? null }))
    return () => {
      removeEventListener('pointerup', release)
      removeEventListener('pointercancel', release)
      stop()
    }
  }, [board])
  return {
    onPointerDown: () => board.order.touch({ isPointerDown: true }),
    onPointerOver: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') board.order.touch({ hovered: rowOf(event.target) })
    },
    onPointerLeave: () => board.order.touch({ hovered: null }),
  }
}

export function rowOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null
  return target.closest<HTMLElement>('[data-id]')?.dataset['id'] ?? null
}

/** The row itself where it still is; else who stands where it stood. */
function neighbourOf(id: string | null, before: readonly string[], now: readonly string[]): string | null {
  const there = new Set(now)
  if (id !== null && there.has(id)) return id
  const at = id === null ? 0 : before.indexOf(id)
  const below = before.slice(at).find((one) => there.has(one))
  return below ?? before.slice(0, Math.max(at, 0)).findLast((one) => there.has(one)) ?? now[0] ?? null
}
