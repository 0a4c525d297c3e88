import type { List } from '@tandem/client-sdk'
import { useEffect } from 'react'
import { useShownToOthers } from './shown-to-others.ts'

/** Who has not touched anything for this long looks at something else. */
const IDLE_AFTER_MS = 3 * 60_000
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Shows the others that this person is here: as long as the page is, dimmed while nobody looks at it, and not at all for who wants that. */
export function useOwnPresence(list: List): void {
  const isShown = useShownToOthers()
  useEffect(() => {
    const { presence } = list
    presence.show(isShown)
    // A page that is put away may never run again: the others are told now, and not when the server notices.
    const leave = (): void => presence.show(false)
    const comeBack = (): void => presence.show(isShown)
    addEventListener('pagehide', leave)
    addEventListener('pageshow', comeBack)
    return () => {
      removeEventListener('pagehide', leave)
      removeEventListener('pageshow', comeBack)
    }
  }, [list, isShown])

  useEffect(() => {
    let timer = 0
    const rest = (): void => list.presence.set({ idle: true })
    const live = (): void => {
      clearTimeout(timer)
      list.presence.set({ idle: document.hidden })
      if (!document.hidden) timer = window.setTimeout(rest, IDLE_AFTER_MS)
    }
    live()
    document.addEventListener('visibilitychange', live)
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, live, { passive: true })
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', live)
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, live)
    }
  }, [list])
}
