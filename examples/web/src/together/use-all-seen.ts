import type { Away } from '@tandem/client-sdk'
import { type RefObject, useEffect } from 'react'

const LOOK_EVERY_MS = 1_000

/**
 * Calls back when every row that is new has been on the screen and the summary no longer is: taking it away under somebody's eyes would
 * move the list.
 */
export function useAllSeen(away: Away, summary: RefObject<HTMLElement | null>, onSeen: () => void): void {
  useEffect(() => {
    const unseen = new Set(away.items)
    const look = (): void => {
      if (document.hidden) return
      for (const row of document.querySelectorAll<HTMLElement>('.item[data-id]')) {
        const { id = '' } = row.dataset
        if (unseen.has(id) && isOnScreen(row)) unseen.delete(id)
      }
      const isAway = summary.current !== null && !isOnScreen(summary.current)
      if (unseen.size === 0 && isAway) onSeen()
    }
    const timer = setInterval(look, LOOK_EVERY_MS)
    const hidden = (): void => {
      if (document.hidden && unseen.size === 0) onSeen()
    }
    document.addEventListener('visibilitychange', hidden)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', hidden)
    }
  }, [away, summary, onSeen])
}

function isOnScreen(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}
