import { ArrowUp } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { type Board, focusRow, shownIds, useBoard } from '../board/board.ts'

/** Says that somebody added rows above what is seen, where they do not move it, and leads there. */
export function NewAbove() {
  const board = useBoard()
  const words = useWords().list
  const above = useNewAbove(board)
  const [first] = above
  // Always there and without height: what says that nothing moves must not move anything.
  return (
    <div className="new-above">
      {first !== undefined && (
        <button type="button" onClick={() => focusRow(board, first)}>
          <ArrowUp aria-hidden />
          {words.newAbove(above.length)}
        </button>
      )}
    </div>
  )
}

/** Ids that others added and that stand above the window, from top to bottom. */
function useNewAbove(board: Board): readonly string[] {
  const [above, setAbove] = useState<readonly string[]>([])
  useEffect(() => {
    const unseen = new Set<string>()
    let frame = 0
    const look = (): void => {
      frame = 0
      const shown = shownIds(board)
      const firstSeen = firstSeenRow()
      const end = firstSeen === null ? 0 : shown.indexOf(firstSeen)
      const now = shown.slice(0, Math.max(0, end)).filter((id) => unseen.has(id))
      // What stands in or below the window is seen, or comes into view by itself.
      const isShown = new Set(shown)
      for (const id of unseen) if (isShown.has(id) && !now.includes(id)) unseen.delete(id)
      setAbove((before) => (before.join() === now.join() ? before : now))
    }
    const later = (): void => {
      frame ||= requestAnimationFrame(look)
    }
    const stopEvents = board.list.items.onEvent(({ type, id, by }) => {
      const isReading = board.list.status.getSnapshot().state === 'loading'
      if (type !== 'added' || by === 'here' || isReading || scrollY === 0) return
      unseen.add(id)
      later()
    })
    const stopEntries = board.entries.subscribe(later)
    addEventListener('scroll', later, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      stopEvents()
      stopEntries()
      removeEventListener('scroll', later)
    }
  }, [board])
  return above
}

function firstSeenRow(): string | null {
  for (const row of document.querySelectorAll<HTMLElement>('.items > [data-id]')) {
    if (row.getBoundingClientRect().bottom > 0) return row.dataset['id'] ?? null
  }
  return null
}
