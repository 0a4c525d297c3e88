import { useEffect, useState } from 'react'

let taken: string | null = null

/**
 * The secret of the share link somebody came by, taken out of the address bar: there it would be in the browser's history, in
 * screenshots, and in what the next person at this screen sees. Kept in memory, so a reload needs the link once more.
 */
export function takeLink(): string | null {
  if (location.pathname === '/join' && location.hash.length > 1) {
    taken = location.hash.slice(1)
    history.replaceState(null, '', '/join')
  }
  return taken
}

/** Null: this page was opened without one. Follows a second link that is opened in the same tab. */
export function useLinkInAddress(): string | null {
  const [link, setLink] = useState(takeLink)
  useEffect(() => {
    const onChange = (): void => setLink(takeLink())
    addEventListener('hashchange', onChange)
    return () => removeEventListener('hashchange', onChange)
  }, [])
  return link
}

/** The link has been used, or its visitor went away from it. */
export function forgetLink(): void {
  taken = null
}
