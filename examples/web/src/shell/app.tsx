import { useCallback, useEffect, useState } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { type Found, findSession, type SignedIn } from '../session/session.ts'
import { useLanguage } from '../words/use-words.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { JoinAsGuest, SignIn } from './parts.ts'
import { changePage } from './places.ts'
import { useRoute } from './route.ts'
import { SignedInApp } from './signed-in-app.tsx'

export function App() {
  const { tag } = useLanguage()
  return (
    // Menus and fields of React Aria would go by the browser's language and its direction, not by the chosen one.
    <I18nProvider locale={tag}>
      <ErrorBoundary>
        <WhoeverIsHere />
      </ErrorBoundary>
    </I18nProvider>
  )
}

function WhoeverIsHere() {
  const [found, setFound] = useState<Found | null>(null)
  const [said, setSaid] = useState('')
  const { page } = useRoute()
  const onOther = useCallback((user: SignedIn) => setFound({ state: 'signed-in', user }), [])
  const onSignedOut = useCallback((words: string) => {
    setSaid(words)
    setFound({ state: 'signed-out' })
  }, [])

  useEffect(() => {
    void findSession().then(setFound)
  }, [])

  if (found === null) return null
  if (found.state === 'signed-in') {
    const { user } = found
    return <SignedInApp key={user.id} user={user} onOther={onOther} onSignedOut={onSignedOut} />
  }
  const onSignedIn = (now: Found): void => {
    changePage()
    setFound(now)
  }
  if (page === 'join') return <JoinAsGuest onSignedIn={onSignedIn} />
  return <SignIn onSignedIn={onSignedIn} {...(said === '' ? {} : { said })} />
}
