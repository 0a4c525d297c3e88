import { ClientError, type LinkPreview } from '@tandem/client-sdk'
import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from 'react'
import { useAction } from '../sharing/use-action.ts'
import { faultWords, MAY_WORDS } from '../sharing/words.ts'
import { follow } from '../shell/route.ts'
import { useLinkInAddress } from './link-in-address.ts'

export interface Joining {
  readonly link: string
  readonly name: string
  readonly password?: string
}

interface Props {
  /** Null: nobody is signed in, so whoever joins is asked for a name. */
  readonly name: string | null
  readonly look: (link: string) => Promise<LinkPreview>
  readonly join: (joining: Joining) => Promise<void>
  /** Other ways to go on. */
  readonly children?: ReactNode
}

/** Where a share link leads: what it is for and who sent it, before anybody joins. */
export function JoinPage(props: Props) {
  const link = useLinkInAddress()
  return (
    <main className="welcome">
      <img src="/icon.svg" alt="" width="56" height="56" />
      {link === null ? (
        <>
          <h1>Join a list</h1>
          <p>
            Open the link you were given once more. For safety it is not kept when this page is loaded again.
          </p>
        </>
      ) : (
        <Invitation key={link} {...props} link={link} />
      )}
      <p className="ways">
        {props.children}
        <a {...follow({ page: 'lists' })}>{props.name === null ? 'To the start page' : 'To my lists'}</a>
      </p>
    </main>
  )
}

function Invitation({ link, name, look, join }: Props & { link: string }) {
  const [preview, setPreview] = useState<LinkPreview | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const [isWaiting, setWaiting] = useState(false)
  const { run, isBusy, problem } = useAction()

  const read = useCallback(async (): Promise<void> => {
    setWaiting(true)
    await look(link).then((found) => {
      setPreview(found)
      setFault(null)
    }, setFault)
    setWaiting(false)
  }, [look, link])

  useEffect(() => void read(), [read])

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const password = String(fields.get('password') ?? '')
    const given = String(fields.get('name') ?? '').trim()
    void run(() => join({ link, name: name ?? given, ...(password === '' ? {} : { password }) }))
  }

  if (preview === null) {
    return (
      <>
        <h1>Join a list</h1>
        {fault === null ? (
          <p className="muted">Looking at the link…</p>
        ) : (
          <div className="notice bad" role="alert">
            <p>{faultWords(fault)}</p>
            {!(fault instanceof ClientError && !fault.retryable) && (
              <div>
                <button type="button" disabled={isWaiting} onClick={() => void read()}>
                  Try again
                </button>
              </div>
            )}
          </div>
        )}
      </>
    )
  }
  return (
    <>
      <h1>{preview.title}</h1>
      <p>
        {preview.invitedBy ?? 'Somebody'} shares this list with you. You {MAY_WORDS[preview.role]}.
      </p>
      <form onSubmit={submit} className="card stack">
        {name === null ? (
          <label className="field">
            Your name
            <input name="name" autoComplete="nickname" maxLength={80} required />
          </label>
        ) : (
          <p>You join as {name}.</p>
        )}
        {preview.needsPassword && (
          <label className="field">
            Password of the link
            <input name="password" type="password" autoComplete="off" maxLength={200} required />
          </label>
        )}
        <button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? 'One moment…' : 'Join'}
        </button>
        {problem !== null && (
          <p role="alert" className="problem">
            {problem}
          </p>
        )}
      </form>
    </>
  )
}
