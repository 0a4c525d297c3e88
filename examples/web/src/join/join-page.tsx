import { ClientError, type LinkPreview } from '@tandem/client-sdk'
import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from 'react'
import { useAction } from '../sharing/use-action.ts'
import { faultWords } from '../sharing/words.ts'
import { Page } from '../shell/page.tsx'
import { follow } from '../shell/route.ts'
import { Problem } from '../ui/problem.tsx'
import { Said } from '../ui/said.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'
import { useLinkInAddress } from './link-in-address.ts'
import '../session/sign-in.css'

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
  const words = useWords().sharing
  return (
    <Page title={words.joinTitle} className="welcome">
      <img src="/icon.svg" alt="" width="56" height="56" />
      {link === null ? (
        <>
          <h1>{words.joinTitle}</h1>
          <p>{words.joinNoLink}</p>
        </>
      ) : (
        <Invitation key={link} {...props} link={link} />
      )}
      <p className="ways">
        {props.children}
        <a {...follow({ page: 'lists' })}>{props.name === null ? words.toStart : words.toMyLists}</a>
      </p>
    </Page>
  )
}

function Invitation({ link, name, look, join }: Props & { link: string }) {
  const [preview, setPreview] = useState<LinkPreview | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const [isWaiting, setWaiting] = useState(false)
  const { once, isBusy, problem } = useAction()
  const words = useWords().sharing
  const { tag } = useLanguage()

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
    void once(() => join({ link, name: name ?? given, ...(password === '' ? {} : { password }) }))
  }

  if (preview === null) {
    return (
      <>
        <h1>{words.joinTitle}</h1>
        {fault === null ? (
          <p className="muted">{words.looking}</p>
        ) : (
          <div className="notice bad" role="alert">
            <p>{faultWords(fault, words, tag)}</p>
            {!(fault instanceof ClientError && !fault.retryable) && (
              <div>
                <button type="button" disabled={isWaiting} onClick={() => void read()}>
                  {words.tryAgain}
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
      <h1 dir="auto">{preview.title}</h1>
      <p>
        <Said>{`${words.sharesWithYou(preview.invitedBy)} ${words.youMay(preview.role)}`}</Said>
      </p>
      <form onSubmit={submit} className="card stack">
        {name === null ? (
          <label className="field">
            {words.yourName}
            <input name="name" dir="auto" autoComplete="nickname" maxLength={80} required />
          </label>
        ) : (
          <p>
            <Said>{words.joinAs(name)}</Said>
          </p>
        )}
        {preview.needsPassword && (
          <label className="field">
            {words.linkPassword}
            <input name="password" type="password" autoComplete="off" maxLength={200} required />
          </label>
        )}
        <button type="submit" className="primary" aria-disabled={isBusy}>
          {isBusy ? words.oneMoment : words.join}
        </button>
        <Problem text={problem} />
      </form>
    </>
  )
}
