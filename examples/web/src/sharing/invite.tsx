import type { GivenRole, List } from '@tandem/client-sdk'
import { useInvitations, useValue } from '@tandem/client-sdk/react'
import { type FormEvent, useState } from 'react'
import { RoleSelect } from './role-select.tsx'
import { useAction } from './use-action.ts'
import { ROLE_WORDS, rolesUpTo } from './words.ts'

/** Lets people in by e-mail address or user id, now or when they arrive. */
export function Invite({ list }: { list: List }) {
  const waiting = useInvitations(list)
  const { role: own } = useValue(list.info)
  const roles = rolesUpTo(own)
  const [role, setRole] = useState<GivenRole>('editor')
  const [whom, setWhom] = useState('')
  const [said, setSaid] = useState<string | null>(null)
  const { run, isBusy, problem } = useAction()

  async function invite(event: FormEvent): Promise<void> {
    event.preventDefault()
    const name = whom.trim()
    setSaid(null)
    await run(async () => {
      const outcome = await list.invitations.invite(
        name.includes('@') ? { email: name } : { userId: name },
        role,
      )
      setSaid(outcome === 'joined' ? `${name} has the list now.` : `${name} gets the list when they sign in.`)
      setWhom('')
      if (outcome === 'joined') await list.members.refresh()
    })
  }

  return (
    <section className="stack" aria-labelledby="invite-title">
      <h3 id="invite-title">Invite somebody</h3>
      <form onSubmit={invite} className="row wrap">
        <input
          className="grow"
          aria-label="E-mail address or user id"
          placeholder="E-mail address or user id"
          maxLength={254}
          required
          value={whom}
          onChange={(event) => setWhom(event.target.value)}
        />
        <RoleSelect label="What they may do" roles={roles} value={role} onChange={setRole} />
        <button type="submit" className="primary" disabled={isBusy || whom.trim() === ''}>
          Invite
        </button>
      </form>
      {said !== null && <p role="status">{said}</p>}
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {waiting.length > 0 && (
        <ul className="people" aria-label="Invitations that wait">
          {waiting.map((invitation) => (
            <li key={invitation.id} className="person">
              <span className="grow">
                {invitation.email ?? invitation.userId}
                <span className="origin">waits for them to sign in · {ROLE_WORDS[invitation.role]}</span>
              </span>
              <button
                type="button"
                className="quiet"
                disabled={isBusy}
                onClick={() => void run(() => list.invitations.withdraw(invitation.id))}
              >
                Withdraw
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
