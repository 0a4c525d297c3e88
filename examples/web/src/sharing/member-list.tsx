import type { InvitedPerson, List, Member } from '@tandem/client-sdk'
import { useCan, useMembers, useValue } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { RoleSelect } from './role-select.tsx'
import { useAction } from './use-action.ts'
import { ROLE_WORDS, rolesUpTo } from './words.ts'

/** A removed person, and those they had let in: removing one removes nobody else, so it is asked. */
interface LeftBehind {
  readonly name: string
  readonly invited: readonly InvitedPerson[]
}

export function MemberList({ list }: { list: List }) {
  const members = useMembers(list)
  const can = useCan(list)
  const { role } = useValue(list.info)
  const { run, isBusy, problem } = useAction()
  const [asked, setAsked] = useState<Member | null>(null)
  const [left, setLeft] = useState<LeftBehind | null>(null)
  const roles = rolesUpTo(role)

  async function remove(member: Member): Promise<void> {
    setAsked(null)
    await run(async () => {
      const { invited } = await list.members.remove(member.userId)
      setLeft(invited.length === 0 ? null : { name: member.name, invited })
    })
  }

  async function removeInvited(people: readonly InvitedPerson[]): Promise<void> {
    const isDone = await run(() => Promise.all(people.map(({ userId }) => list.members.remove(userId))))
    if (isDone) setLeft(null)
  }

  return (
    <section className="stack" aria-label="People">
      {left !== null && (
        <div className="notice" role="status">
          <p>
            {left.name} invited {left.invited.length === 1 ? '1 person' : `${left.invited.length} people`} (
            {left.invited.map(({ name }) => name).join(', ')}). Remove them too?
          </p>
          <div className="row wrap">
            <button type="button" disabled={isBusy} onClick={() => void removeInvited(left.invited)}>
              Remove them too
            </button>
            <button type="button" className="quiet" onClick={() => setLeft(null)}>
              Keep them
            </button>
          </div>
        </div>
      )}
      {members.length === 0 && (
        <p className="muted">Who has this list is shown when there is a connection.</p>
      )}
      <ul className="people">
        {members.map((member) => {
          const given = member.role === 'owner' ? null : member.role
          const isChangeable = can.manageMembers && !member.isYou && given !== null && roles.includes(given)
          return (
            <li key={member.userId} className="person">
              <span className="grow">
                {member.name}
                {member.isYou && <span className="muted"> (you)</span>}
                <span className="origin">{originOf(member)}</span>
              </span>
              {isChangeable && given !== null ? (
                <RoleSelect
                  label={`What ${member.name} may do`}
                  roles={roles}
                  value={given}
                  disabled={isBusy}
                  onChange={(next) => void run(() => list.members.setRole(member.userId, next))}
                />
              ) : (
                <span className="muted">{ROLE_WORDS[member.role]}</span>
              )}
              {isChangeable && (
                <button type="button" className="quiet" disabled={isBusy} onClick={() => setAsked(member)}>
                  Remove<span className="only-read"> {member.name}</span>
                </button>
              )}
              {can.transfer && !member.isYou && (
                <button
                  type="button"
                  className="quiet"
                  disabled={isBusy}
                  onClick={() => {
                    const question = `Make ${member.name} the owner of this list? You will go on managing it with them.`
                    if (confirm(question)) void run(() => list.members.transfer(member.userId))
                  }}
                >
                  Make owner<span className="only-read">: {member.name}</span>
                </button>
              )}
            </li>
          )
        })}
      </ul>
      {asked !== null && (
        <div className="notice" role="alertdialog" aria-label={`Remove ${asked.name}?`}>
          <p>Remove {asked.name}? They lose this list at once, on all their devices.</p>
          <div className="row wrap">
            <button type="button" disabled={isBusy} onClick={() => void remove(asked)}>
              Remove {asked.name}
            </button>
            <button type="button" className="quiet" onClick={() => setAsked(null)}>
              Cancel
            </button>
          </div>
        </div>
      )}
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </section>
  )
}

function originOf({ email, invitedBy, viaLink, isYou }: Member): string {
  const how = invitedBy === null || isYou ? '' : `invited by ${invitedBy.name}`
  return [email ?? '', viaLink ? 'came by a link' : how].filter((part) => part !== '').join(' · ')
}
