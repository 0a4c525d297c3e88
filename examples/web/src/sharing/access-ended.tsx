import type { Access, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { useEffect, useState } from 'react'
import { Page } from '../shell/page.tsx'
import { follow, go } from '../shell/route.ts'
import { download } from '../state/download.ts'
import { editWords } from '../state/edit-words.ts'
import { momentWords } from '../state/moment.ts'
import { unsay } from '../ui/announce.ts'
import { later } from '../ui/later.tsx'
import { Said } from '../ui/said.tsx'
import { closeToasts } from '../ui/toast-store.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import './people.css'

const Ask = later(() => import('../ui/ask.tsx').then(({ Ask }) => Ask))

/** All that is left of a list whose person was removed: who did it, and their own edits that came too late. */
export function AccessEnded(props: { list: List; access: Extract<Access, { state: 'ended' }> }) {
  const { list, access } = props
  const { sharing: words, state } = useWords()
  const { tag } = useLanguage()
  const { title } = useValue(list.info)
  const status = useValue(list.status)
  const edits = useValue(list.refused)
  const [isAsked, setAsked] = useState(false)
  const { pending } = access
  const own = words.ended[access.why]

  useEffect(() => {
    unsay()
    closeToasts()
  }, [])

  async function forget(): Promise<void> {
    go({ page: 'lists' })
    if (status.state === 'attention') await status.resolve()
  }

  return (
    <Page title={title}>
      <p>
        <a className="alone" {...follow({ page: 'lists' })}>
          {words.toLists}
        </a>
      </p>
      <h1 dir="auto">{title}</h1>
      <section className="notice bad" aria-label={words.endedTitle}>
        <div role="alert">
          {own !== '' && <strong>{own} </strong>}
          <strong lang="en">{access.message}</strong>
        </div>
        {pending === 0 ? (
          <p>{words.nothingLeft}</p>
        ) : (
          <>
            <p>{words.notSaved(pending)}</p>
            <ul className="refused">
              {edits.map((edit) => (
                <li key={edit.id}>
                  <Said>{editWords(edit, state)}</Said>
                  <span className="muted small"> {momentWords(edit.at, tag, state)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        <div className="row wrap">
          {pending > 0 && (
            <button type="button" onClick={() => download(list.exportPending(), `${title}.json`)}>
              {words.exportThem(pending)}
            </button>
          )}
          {access.why === 'list-deleted' && status.state === 'attention' && (
            <button type="button" onClick={() => void status.retry()}>
              {words.lookAgain}
            </button>
          )}
          <button type="button" onClick={() => (pending > 0 ? setAsked(true) : void forget())}>
            {pending > 0 ? words.forgetThem(pending) : words.takeOff}
          </button>
        </div>
      </section>
      {isAsked && (
        <Ask
          title={words.forgetAsk(pending)}
          yes={words.forgetThem(pending)}
          no={words.cancel}
          onYes={() => void forget()}
          onClose={() => setAsked(false)}
        >
          <p>{words.forgetMeans}</p>
        </Ask>
      )}
    </Page>
  )
}
