import type { AttentionStatus } from '@tandem/client-sdk'
import { useState } from 'react'
import { later } from '../ui/later.tsx'
import { useWords } from '../words/use-words.ts'
import { download } from './download.ts'
import { explainStatus, giveUpWords } from './status-words.ts'

const GiveUp = later(() => import('./give-up.tsx').then(({ GiveUp }) => GiveUp))

/** What is wrong, and every way out of it. Nothing is lost by looking at it. */
export function AttentionBox({ status, name }: { status: AttentionStatus; name: string }) {
  const words = useWords().state
  const [isAsked, setAsked] = useState(false)
  const giveUp = giveUpWords(status.reason, words)
  return (
    <section className="notice bad" aria-label={words.attention}>
      <p>{explainStatus(status, words)}</p>
      <ServerSaid status={status} />
      <div className="row wrap">
        <button type="button" onClick={() => void status.retry()}>
          {words.tryAgain}
        </button>
        {(status.pending > 0 || giveUp !== null) && (
          <button type="button" onClick={() => download(status.exportPending(), `${name}.json`)}>
            {words.exportAll}
          </button>
        )}
        {giveUp !== null && (
          <button type="button" className="quiet" onClick={() => setAsked(true)}>
            {giveUp}
          </button>
        )}
      </div>
      {isAsked && (
        <GiveUp words={giveUp ?? ''} onYes={() => void status.resolve()} onClose={() => setAsked(false)} />
      )}
    </section>
  )
}

/** Reasons of which the server says more than we can: whom, and why. */
const SAID: readonly AttentionStatus['reason'][] = [
  'update-rejected',
  'access-revoked',
  'create-refused',
  'client-too-old',
]

/** The server's own sentence names people and reasons that no translation can know. It is English. */
function ServerSaid({ status }: { status: AttentionStatus }) {
  if (!SAID.includes(status.reason)) return null
  return (
    <p className="muted" lang="en" dir="ltr">
      {status.message}
    </p>
  )
}
