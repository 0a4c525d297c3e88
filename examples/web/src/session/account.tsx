import { useClient } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { useAction } from '../sharing/use-action.ts'
import { Avatar } from '../ui/avatar.tsx'
import { later } from '../ui/later.tsx'
import { useWords, wordsNow } from '../words/use-words.ts'
import { useMe } from './me.ts'
import { signOut, signOutEverywhere } from './session.ts'
import { forgetTraces } from './traces.ts'

const LeaveDialog = later(async () => (await import('./leave-dialog.tsx')).LeaveDialog)

/** Who is here, how others can invite them, and the ways out. */
export function Account() {
  const me = useMe()
  const client = useClient()
  const words = useWords().session
  const { run, isBusy, problem } = useAction()
  /** Which way out is being asked about. */
  const [asking, setAsking] = useState<'here' | 'everywhere' | null>(null)

  async function leave(where: 'here' | 'everywhere'): Promise<void> {
    // First the session: a page that has forgotten who was here could not end it any more.
    const isTold = where === 'everywhere' ? await signOutEverywhere().then(() => true) : await signOut()
    forgetTraces()
    await client.signOut({ discardPending: true })
    const { signedOut, signedOutUntold } = wordsNow().session
    me.onSignedOut(isTold ? signedOut : signedOutUntold)
  }

  async function leaveIfSafe(where: 'here' | 'everywhere'): Promise<void> {
    // Without a connection nobody has to wait for the question.
    const isOffline = client.status.getSnapshot().summary.state === 'offline'
    const isSafe = await client.flush({ timeoutMs: isOffline ? 0 : 2_000 })
    if (isSafe && !me.isGuest) await leave(where)
    else setAsking(where)
  }

  return (
    <>
      <div className="row">
        <Avatar userId={me.id} name={me.name} />
        <p className="grow">
          {words.signedInAs} <strong dir="auto">{me.name}</strong>
        </p>
      </div>
      {me.isGuest && <p className="muted">{words.guest}</p>}
      <p className="muted">
        {words.userId} <code dir="ltr">{me.id}</code>
      </p>
      <div className="row wrap">
        <button type="button" disabled={isBusy} onClick={() => void run(() => leaveIfSafe('here'))}>
          {words.signOut}
        </button>
        <button type="button" disabled={isBusy} onClick={() => void run(() => leaveIfSafe('everywhere'))}>
          {words.signOutEverywhere}
        </button>
      </div>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {asking !== null && (
        <LeaveDialog
          isGuest={me.isGuest}
          onLeave={() => {
            setAsking(null)
            void run(() => leave(asking))
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}
