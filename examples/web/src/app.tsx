import { type Client, createClient } from '@tandem/client-sdk'
import { ClientProvider } from '@tandem/client-sdk/react'
import { useEffect, useState } from 'react'
import { ListPage } from './list-page.tsx'
import { ListsPage } from './lists-page.tsx'
import { useNewVersion } from './new-version.ts'
import { go, useRoute } from './route.ts'
import { readSession, type Session, writeSession } from './session.ts'
import { SignIn } from './sign-in.tsx'

export function App() {
  const [session, setSession] = useState<Session | null | 'reading'>('reading')
  const isNewVersion = useNewVersion()

  useEffect(() => {
    void readSession().then(setSession)
  }, [])

  if (session === 'reading') return null
  if (session === null) {
    return <SignIn onSignedIn={(signedIn) => void writeSession(signedIn).then(() => setSession(signedIn))} />
  }
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
      <SignedIn key={session.user.id} session={session} onSignedOut={() => setSession(null)} />
    </>
  )
}

function SignedIn({ session, onSignedOut }: { session: Session; onSignedOut: () => void }) {
  const [client, setClient] = useState<Client | null>(null)
  const route = useRoute()

  // Made here and not in useState: React may build a component twice, and a client must be closed by who made it.
  useEffect(() => {
    const made = createClient({
      url: location.origin,
      getToken: async (why) => (why === 'start' ? session.token : null),
    })
    setClient(made)
    return () => void made.close()
  }, [session])

  async function signOut(of: Client): Promise<void> {
    const isSafe = await of.flush({ timeoutMs: 2_000 })
    const question = 'Some changes are not on the server yet and would be lost. Sign out anyway?'
    if (!isSafe && !confirm(question)) return
    await of.signOut({ discardPending: true })
    await writeSession(null)
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
