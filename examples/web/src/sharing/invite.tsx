import type { GivenRole, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { type FormEvent, useState } from 'react'
import { noteShared } from '../state/install.ts'
import { Problem } from '../ui/problem.tsx'
import { Said } from '../ui/said.tsx'
import { useWords } from '../words/use-words.ts'
import { RoleSelect } from './role-select.tsx'
import { useAction } from './use-action.ts'
import { WaitingInvitations } from './waiting-invitations.tsx'
import { rolesUpTo } from './words.ts'

/** Lets people in by e-mail address or user id, now or when they arrive. */
export function Invite({ list }: { list: List }) {
  const words = useWords().sharing
  const { role: own } = useValue(list.info)
  const [role, setRole] = useState<GivenRole>('editor')
  const [whom, setWhom] = useState('')
  const [said, setSaid] = useState<string | null>(null)
  const [sent, setSent] = useState<readonly string[]>([])
  const { run, problem } = useAction()
  const canSend = whom.trim() !== '' && !sent.includes(whom.trim())

  async function invite(event: FormEvent): Promise<void> {
    event.preventDefault()
    const name = whom.trim()
    // Pressed twice it is one invitation; the next person may be invited while this one is under way.
    if (!canSend) return
    setSent([...sent, name])
    setSaid(null)
    await run(async () => {
      const to = name.includes('@') ? { email: name } : { userId: name }
      const outcome = await list.invitations.invite(to, role)
      setSaid(outcome === 'joined' ? words.hasItNow(name) : words.getsItLater(name))
      // Unless somebody else stands there by now.
      setWhom((now) => (now.trim() === name ? '' : now))
      noteShared()
    }, words.inviteThem(name))
    setSent((all) => all.filter((one) => one !== name))
  }

  return (
    <section className="stack" aria-labelledby="invite-title">
      <h3 id="invite-title">{words.invite}</h3>
      <form onSubmit={invite} className="row wrap">
        <input
          className="grow"
          dir="auto"
          aria-label={words.whom}
          placeholder={words.whom}
          autoComplete="off"
          maxLength={254}
          required
          value={whom}
          onChange={(event) => setWhom(event.target.value)}
        />
        <RoleSelect label={words.theyMay} roles={rolesUpTo(own)} value={role} onChange={setRole} />
        <button type="submit" className="primary" aria-disabled={!canSend}>
          {words.inviteNow}
        </button>
      </form>
      {said !== null && (
        <p role="status">
          <Said>{said}</Said>
        </p>
      )}
      <Problem text={problem} />
      <WaitingInvitations list={list} />
    </section>
  )
}
