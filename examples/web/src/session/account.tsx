import { useClient } from '@tandem/client-sdk/react'
import { useAction } from '../sharing/use-action.ts'
import { type SignedIn, signOut, signOutEverywhere } from './session.ts'

const TOLD = 'You are signed out.'
const NOT_TOLD =
  'You are signed out, and your lists are off this device. The server cannot be reached just now: your session there ends as soon as this page is open with a connection.'

/** Who is here, how others can invite them, and the ways out. */
export function Account({ user, onSignedOut }: { user: SignedIn; onSignedOut: (said: string) => void }) {
  const client = useClient()
  const { run, isBusy, problem } = useAction()

  async function leave({ everywhere }: { everywhere: boolean }): Promise<void> {
    const isSafe = await client.flush({ timeoutMs: 2_000 })
    const loss = [
      ...(isSafe ? [] : ['Some changes are not on the server yet and would be lost.']),
      ...(user.isGuest
        ? ['You signed in by name only: afterwards nobody gets back to your lists as you, not even you.']
        : []),
    ]
    if (loss.length > 0 && !confirm(`${loss.join(' ')} Sign out anyway?`)) return
    // First the session: a page that has forgotten who was here could not end it any more.
    const isTold = everywhere ? await signOutEverywhere().then(() => true) : await signOut()
    await client.signOut({ discardPending: true })
    onSignedOut(isTold ? TOLD : NOT_TOLD)
  }

  return (
    <footer className="account muted">
      <p>
        Signed in as {user.name}
        <span className="origin">
          Your user id, for invitations: <code>{user.id}</code>
        </span>
      </p>
      <div className="row wrap">
        <button
          type="button"
          className="quiet"
          disabled={isBusy}
          onClick={() => void run(() => leave({ everywhere: false }))}
        >
          Sign out
        </button>
        <button
          type="button"
          className="quiet"
          disabled={isBusy}
          onClick={() => void run(() => leave({ everywhere: true }))}
        >
          Sign out on all devices
        </button>
      </div>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </footer>
  )
}
