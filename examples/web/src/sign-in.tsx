import { type FormEvent, useState } from 'react'
import { type Session, signInAsGuest } from './session.ts'

export function SignIn({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      onSignedIn(await signInAsGuest(name.trim()))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }

  return (
    <main className="welcome">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <h1>Tandem</h1>
      <p className="muted">Lists you share. They work without a network, and no edit gets lost.</p>
      <form onSubmit={submit} className="card stack">
        <label htmlFor="name">Your name</label>
        <input
          id="name"
          autoComplete="nickname"
          maxLength={100}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="primary" disabled={isBusy || name.trim() === ''}>
          {isBusy ? 'Signing in…' : 'Start'}
        </button>
        {problem !== null && (
          <p role="alert" className="problem">
            {problem}
          </p>
        )}
      </form>
    </main>
  )
}
