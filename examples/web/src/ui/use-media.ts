import { useCallback, useSyncExternalStore } from 'react'

/** Room for the sidebar beside the page. */
export const WIDE = '(min-width: 60rem)'
/** Room for a third column. */
export const VERY_WIDE = '(min-width: 80rem)'

/** Whether a media query holds, for what styles alone cannot do. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
