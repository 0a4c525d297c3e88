import { useEffect, useLayoutEffect, useRef } from 'react'

/**
 * Calls back when its component goes, or the page does: Back, a link, a reload take a field away without leaving it first, and what was
 * typed into it is kept all the same.
 */
export function useOnLeave(keep: () => void): void {
  const latest = useRef(keep)
  useLayoutEffect(() => {
    latest.current = keep
  })
  // Before anything above it lets go of the list.
  useLayoutEffect(() => () => latest.current(), [])
  useEffect(() => {
    const onHide = (): void => latest.current()
    addEventListener('pagehide', onHide)
    return () => removeEventListener('pagehide', onHide)
  }, [])
}
