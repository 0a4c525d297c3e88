import { type FormEvent, useEffect, useState } from 'react'
import { LanguageRow } from '../shell/language-row.tsx'
import { Page } from '../shell/page.tsx'
import { messageOf } from '../ui/message-of.ts'
import { useWords, wordsNow } from '../words/use-words.ts'
import {
  type Found,
  type Methods,
  mailLink,
  methods,
  paySignOut,
  signInByName,
  signInByPassword,
  signUp,
} from './session.ts'
import { SignInFields, type Way } from './sign-in-fields.tsx'
import './sign-in.css'

/** Every way this server offers; by name first, because a list is easier to try than to sign up for. */
export function SignIn({ onSignedIn, said }: { onSignedIn: (found: Found) => void; said?: string }) {
  const words = useWords().session
  const { offered, problem: fault } = useMethods()
  const [chosen, setChosen] = useState<Way | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const way = chosen ?? (offered === null || offered.guests ? 'name' : 'password')
  const shown = problem ?? fault

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const field = (name: string): string => String(fields.get(name) ?? '').trim()
    setBusy(true)
    setProblem(null)
    setDone(null)
    try {
      if (way === 'mail') {
        await mailLink(field('email'))
        setDone(wordsNow().session.mailSent)
      } else if (way === 'name') onSignedIn(await signInByName(field('name')))
      else if (way === 'password') onSignedIn(await signInByPassword(field('email'), field('password')))
      else onSignedIn(await signUp(field('name'), field('email'), field('password')))
    } catch (error) {
      setProblem(messageOf(error))
    }
    setBusy(false)
  }

  const choose = (next: Way): void => {
    setChosen(next)
    setProblem(null)
    setDone(null)
  }
  const ways: readonly (readonly [Way, string, boolean])[] = [
    ['password', words.byPassword, true],
    ['new-account', words.newAccount, true],
    ['mail', words.byMail, offered?.emailLinks === true],
    ['name', words.byName, offered?.guests === true],
  ]

  return (
    <Page title="" className="welcome">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <h1>Tandem</h1>
      <p className="muted">{words.tagline}</p>
      {said !== undefined && (
        <p className="notice" role="status">
          {said}
        </p>
      )}
      <form key={way} onSubmit={submit} className="card stack">
        <SignInFields way={way} />
        <button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? words.busy : buttonWords(way, words)}
        </button>
        {shown !== null && (
          <p role="alert" className="problem">
            {shown}
          </p>
        )}
        {done !== null && <p role="status">{done}</p>}
      </form>
      {offered?.accounts === true && (
        <p className="ways">
          {ways.map(
            ([one, text, isOffered]) =>
              isOffered &&
              one !== way && (
                <button key={one} type="button" className="quiet" onClick={() => choose(one)}>
                  {text}
                </button>
              ),
          )}
        </p>
      )}
      <LanguageRow />
    </Page>
  )
}

/** What the server offers; asked again when the network is back. */
function useMethods() {
  const [offered, setOffered] = useState<Methods | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    const read = (): void => {
      methods().then(setOffered, (error: unknown) => setProblem(String((error as Error).message)))
    }
    const onOnline = (): void => {
      setProblem(null)
      read()
      // Tried again before the next sign-in.
      paySignOut().catch(() => undefined)
    }
    read()
    addEventListener('online', onOnline)
    return () => removeEventListener('online', onOnline)
  }, [])
  return { offered, problem }
}

function buttonWords(way: Way, words: ReturnType<typeof wordsNow>['session']): string {
  switch (way) {
    case 'name':
      return words.start
    case 'password':
      return words.signIn
    case 'new-account':
      return words.makeAccount
    case 'mail':
      return words.sendLink
  }
}
