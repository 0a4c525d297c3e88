import { type Client, createClient } from '@tandem/client-sdk'
import { ClientProvider } from '@tandem/client-sdk/react'
import { useEffect, useMemo, useState } from 'react'
import { ListDialogs } from '../lists/list-dialogs.tsx'
import { type Me, MeContext } from '../session/me.ts'
import { type SignedIn, tokenOf } from '../session/session.ts'
import { Banners } from '../state/banners.tsx'
import { later } from '../ui/later.tsx'
import { wordsNow } from '../words/use-words.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Layout } from './layout.tsx'
import { Pages } from './pages.tsx'
import { preloadWhenIdle } from './preload.ts'
import { go, placeOf, useRoute } from './route.ts'
import { ShellCommands } from './shell-commands.tsx'
import { ShellWindows } from './shell-windows.tsx'

const Reminders = later(async () => (await import('../list/detail/reminders.tsx')).Reminders, {
  isExtra: true,
})

interface Props {
  readonly user: SignedIn
  /** Somebody else has signed in with this browser. */
  readonly onOther: (other: SignedIn) => void
  readonly onSignedOut: (said: string) => void
}

/** Everything of one person. */
export function SignedInApp({ user, onOther, onSignedOut }: Props) {
  const [client, setClient] = useState<Client | null>(null)
  const [isExpired, setExpired] = useState(false)
  const route = useRoute()
  const me = useMemo<Me>(
    () => ({
      ...user,
      onSignedOut: (said) => {
        go({ page: 'lists' })
        onSignedOut(said)
      },
    }),
    [user, onSignedOut],
  )

  // Made here and not in useState: React may build a component twice, and a client must be closed by who made it.
  useEffect(() => {
    const getToken = async (): Promise<string | null> => {
      const answer = await tokenOf(user.id)
      setExpired('now' in answer && answer.now === null)
      if ('token' in answer) return answer.token
      if (answer.now !== null) onOther(answer.now)
      return null
    }
    const made = createClient({ url: location.origin, getToken })
    setClient(made)
    return () => void made.close()
  }, [user.id, onOther])

  useEffect(preloadWhenIdle, [])

  if (client === null) return null
  const signedOut = isExpired
    ? { onSignIn: () => onSignedOut(wordsNow().shell.wasSignedOut(user.name)) }
    : null
  return (
    <MeContext value={me}>
      <ClientProvider client={client}>
        <Layout banners={<Banners signedOut={signedOut} />}>
          <ErrorBoundary key={placeOf(route)}>
            <Pages />
          </ErrorBoundary>
        </Layout>
        <ListDialogs />
        <ShellWindows />
        <ShellCommands />
        <Reminders />
      </ClientProvider>
    </MeContext>
  )
}
