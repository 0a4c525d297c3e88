import { type FormEvent, useEffect, useState } from 'react'
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

type Way = 'name' | 'password' | 'new-account' | 'mail'

/** Every way this server offers; by name first, because a list is easier to try than to sign up for. */
export function SignIn({ onSignedIn, said }: { onSignedIn: (found: Found) => void; said?: string }) {
  const [offered, setOffered] = useState<Methods | null>(null)
  const [chosen, setChosen] = useState<Way | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  useEffect(() => {
    const read = (): void => {
      methods().then(setOffered, (error: unknown) => setProblem(wordsOf(error)))
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

  const way = chosen ?? (offered === null || offered.guests ? 'name' : 'password')

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
        setDone('Look into your mailbox: the link in it signs you in on this device.')
      } else if (way === 'name') onSignedIn(await signInByName(field('name')))
      else if (way === 'password') onSignedIn(await signInByPassword(field('email'), field('password')))
      else onSignedIn(await signUp(field('name'), field('email'), field('password')))
    } catch (error) {
      setProblem(wordsOf(error))
    }
    setBusy(false)
  }

  const choose = (next: Way): void => {
    setChosen(next)
    setProblem(null)
    setDone(null)
  }

  return (
    <main className="welcome">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <h1>Tandem</h1>
      <p className="muted">Lists you share. They work without a network, and no edit gets lost.</p>
      {said !== undefined && (
        <p className="notice" role="status">
          {said}
        </p>
      )}
      <form key={way} onSubmit={submit} className="card stack">
        {(way === 'name' || way === 'new-account') && (
          <label className="field">
            Your name
            <input name="name" autoComplete="nickname" maxLength={80} required />
          </label>
        )}
        {way !== 'name' && (
          <label className="field">
            E-mail
            <input name="email" type="email" autoComplete="username" maxLength={254} required />
          </label>
        )}
        {(way === 'password' || way === 'new-account') && (
          <label className="field">
            Password
            <input
              name="password"
              type="password"
              autoComplete={way === 'password' ? 'current-password' : 'new-password'}
              minLength={way === 'password' ? 1 : 8}
              maxLength={128}
              required
            />
          </label>
        )}
        <button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? 'One moment…' : BUTTONS[way]}
        </button>
        {problem !== null && (
          <p role="alert" className="problem">
            {problem}
          </p>
        )}
        {done !== null && <p role="status">{done}</p>}
      </form>
      {offered?.accounts === true && (
        <p className="ways">
          {way !== 'password' && <Choice onChoose={() => choose('password')}>Sign in with a password</Choice>}
          {way !== 'new-account' && <Choice onChoose={() => choose('new-account')}>Make an account</Choice>}
          {way !== 'mail' && offered.emailLinks && (
            <Choice onChoose={() => choose('mail')}>Get a link by e-mail</Choice>
          )}
          {way !== 'name' && offered.guests && (
            <Choice onChoose={() => choose('name')}>Go on with just a name</Choice>
          )}
        </p>
      )}
    </main>
  )
}

const BUTTONS: Readonly<Record<Way, string>> = {
  name: 'Start',
  password: 'Sign in',
  'new-account': 'Make account',
  mail: 'Send link',
}

function Choice({ onChoose, children }: { onChoose: () => void; children: string }) {
  return (
    <button type="button" className="quiet" onClick={onChoose}>
      {children}
    </button>
  )
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
