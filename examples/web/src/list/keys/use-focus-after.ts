import { useEffect, useRef } from 'react'
import { type Board, focusRow } from '../board/board.ts'

/**
 * Whoever closes the details of an item goes on at its row, where nothing else gets the focus back: they came from a search, by a link, or
 * the page was opened with it.
 */
export function useFocusAfter(board: Board, item: string | undefined): void {
  const last = useRef(item)
  useEffect(() => {
    const closed = last.current
    last.current = item
    if (item !== undefined || closed === undefined) return
    // Dialogs give it back with the next frame.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) focusRow(board, closed)
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [board, item])
}
