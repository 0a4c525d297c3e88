import { type Client, createClient } from '@tandem/client-sdk'
import { ClientProvider } from '@tandem/client-sdk/react'
import { useEffect, useState } from 'react'
import { ListPage } from './list-page.tsx'
import { ListsPage } from './lists-page.tsx'
import { useNewVersion } from './new-version.ts'
import { go, useRoute } from './route.ts'
import { endSession, type Found, findSession, getToken } from './session.ts'
import { SignIn } from './sign-in.tsx'

export function App() {
  const [found, setFound] = useState<Found | null>(null)
  const isNewVersion = useNewVersion()

  useEffect(() => {
    void findSession().then(setFound)
  }, [])

  if (found === null) return null
  if (found.state !== 'signed-in') return <SignIn onSignedIn={setFound} />
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
      <Lists key={user.id} onSignedOut={() => setFound({ state: 'signed-out' })} />
    </>
  )
}

function Lists({ onSignedOut }: { onSignedOut: () => void }) {
  const [client, setClient] = useState<Client | null>(null)
  const route = useRoute()

  // Made here and not in useState: React may build a component twice, and a client must be closed by who made it.
  useEffect(() => {
    const made = createClient({ url: location.origin, getToken })
    setClient(made)
    return () => void made.close()
  }, [])

  async function signOut(of: Client): Promise<void> {
    const isSafe = await of.flush({ timeoutMs: 2_000 })
    const question = 'Some changes are not on the server yet and would be lost. Sign out anyway?'
    if (!isSafe && !confirm(question)) return
    // First on the server: a page that has forgotten who was here could not end their session any more.
    await endSession({ everywhere: false }).catch((error: unknown) =>
      console.warn('Still signed in on the server:', error),
    )
    await of.signOut({ discardPending: true })
    go({ page: 'lists' })
    onSignedOut()
  }

  if (client === null) return null
  return (
    <ClientProvider client={client}>
      {route.page === 'list' ? (
        <ListPage key={route.id} id={route.id} />
      ) : (
        <ListsPage onSignOut={() => void signOut(client)} />
      )}
    </ClientProvider>
  )
}
