import { type Client, createClient } from '@tandem/client-sdk'
import { ClientProvider } from '@tandem/client-sdk/react'
import { useCallback, useEffect, useState } from 'react'
import { JoinAsGuest, JoinAsSelf } from '../join/join-as.tsx'
import { ListPage } from '../list/list-page.tsx'
import { ListsPage } from '../lists/lists-page.tsx'
import { type Found, findSession, type SignedIn, tokenOf } from '../session/session.ts'
import { SignIn } from '../session/sign-in.tsx'
import { useNewVersion } from '../state/new-version.ts'
import { go, useRoute } from './route.ts'

export function App() {
  const [found, setFound] = useState<Found | null>(null)
  const [said, setSaid] = useState('')
  const isNewVersion = useNewVersion()
  const { page } = useRoute()
  const onOther = useCallback((user: SignedIn) => setFound({ state: 'signed-in', user }), [])

  useEffect(() => {
    void findSession().then(setFound)
  }, [])

  if (found === null) return null
  if (found.state !== 'signed-in') {
    if (page === 'join') return <JoinAsGuest onSignedIn={setFound} />
    return <SignIn onSignedIn={setFound} {...(said === '' ? {} : { said })} />
  }
  const { user } = found
  return (
    <>
      {isNewVersion && (
        <div className="toast" role="status">
          <span>A new version is ready.</span>
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
        </div>
      )}
      <Lists
        key={user.id}
        user={user}
        onOther={onOther}
        onSignedOut={(words) => {
          setSaid(words)
          setFound({ state: 'signed-out' })
        }}
      />
    </>
  )
}

interface Props {
  readonly user: SignedIn
  /** Somebody else has signed in with this browser. */
  readonly onOther: (other: SignedIn) => void
  readonly onSignedOut: (said: string) => void
}

function Lists({ user, onOther, onSignedOut }: Props) {
  const [client, setClient] = useState<Client | null>(null)
  const [isExpired, setExpired] = useState(false)
  const route = useRoute()

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

  if (client === null) return null
  return (
    <ClientProvider client={client}>
      {isExpired && (
        <div className="notice bad across" role="alert">
          <p>You are signed out. Your lists and changes are kept on this device until you are back.</p>
          <div>
            <button
              type="button"
              onClick={() => onSignedOut(`${user.name} was signed out. Sign in again to go on.`)}
            >
              Sign in again
            </button>
          </div>
        </div>
      )}
      {route.page === 'list' && <ListPage key={route.id} id={route.id} />}
      {route.page === 'join' && <JoinAsSelf user={user} />}
      {route.page === 'lists' && (
        <ListsPage
          user={user}
          onSignedOut={(words) => {
            go({ page: 'lists' })
            onSignedOut(words)
          }}
        />
      )}
    </ClientProvider>
  )
}
