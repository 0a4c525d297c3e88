import type { Invitation, List } from '@tandem/client-sdk'
import { useInvitations } from '@tandem/client-sdk/react'
import { Clock } from 'lucide-react'
import { Problem } from '../ui/problem.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'
import { useAction } from './use-action.ts'

/** Who was invited and has not come yet. */
export function WaitingInvitations({ list }: { list: List }) {
  const words = useWords().sharing
  const waiting = useInvitations(list)
  if (waiting.length === 0) return null
  return (
    <ul className="people" aria-label={words.waitingInvitations}>
      {waiting.map((invitation) => (
        <Waiting key={invitation.id} list={list} invitation={invitation} />
      ))}
    </ul>
  )
}

function Waiting({ list, invitation }: { list: List; invitation: Invitation }) {
  const { id, email, userId, role, expiresAt } = invitation
  const words = useWords().sharing
  const { tag } = useLanguage()
  const { once, isBusy, problem } = useAction()
  const whom = email ?? userId ?? ''
  const facts = [
    words.waitsForThem,
    expiresAt === null ? '' : words.until(new Date(expiresAt).toLocaleDateString(tag)),
  ]
  return (
    <li className="person">
      <span className="avatar hollow" aria-hidden>
        <Clock />
      </span>
      <div className="grow">
        <bdi>{whom}</bdi>
        <span className="origin">{facts.filter((fact) => fact !== '').join(' · ')}</span>
        <Problem text={problem} />
      </div>
      <span className="muted">{words.roles[role]}</span>
      <button
        type="button"
        className="quiet"
        aria-label={words.withdrawFor(whom)}
        aria-disabled={isBusy}
        onClick={() => void once(() => list.invitations.withdraw(id), words.withdrawFor(whom))}
      >
        {words.withdraw}
      </button>
    </li>
  )
}
