import type { InvitedPerson, List, Member } from '@tandem/client-sdk'
import { useMembers } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { Ask } from '../ui/ask.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'
import { LeftBehind } from './left-behind.tsx'
import { MemberRow } from './member-row.tsx'
import { Problem } from './problem.tsx'
import { useAction } from './use-action.ts'

interface Question {
  readonly about: 'remove' | 'make-owner'
  readonly member: Member
}

/** Everybody with access, with their roles. */
export function MemberList({ list }: { list: List }) {
  const words = useWords().sharing
  const { tag } = useLanguage()
  const members = useMembers(list)
  const { run, once, isBusy, problem } = useAction()
  const [asked, setAsked] = useState<Question | null>(null)
  const [left, setLeft] = useState<{ name: string; invited: readonly InvitedPerson[] } | null>(null)

  async function remove(member: Member): Promise<void> {
    await run(async () => {
      const { invited } = await list.members.remove(member.userId)
      setLeft(invited.length === 0 ? null : { name: member.name, invited })
    })
  }

  async function removeInvited(people: readonly InvitedPerson[]): Promise<void> {
    const isDone = await once(() => Promise.all(people.map(({ userId }) => list.members.remove(userId))))
    if (isDone) setLeft(null)
  }

  return (
    <section className="stack" aria-label={words.people}>
      {left !== null && (
        <LeftBehind
          {...left}
          language={tag}
          isBusy={isBusy}
          onRemove={() => void removeInvited(left.invited)}
          onKeep={() => setLeft(null)}
        />
      )}
      {members.length === 0 && <p className="muted">{words.unknownPeople}</p>}
      <ul className="people">
        {members.map((member) => (
          <MemberRow
            key={member.userId}
            list={list}
            member={member}
            onRole={(role) => run(() => list.members.setRole(member.userId, role))}
            onRemove={() => setAsked({ about: 'remove', member })}
            onMakeOwner={() => setAsked({ about: 'make-owner', member })}
          />
        ))}
      </ul>
      <Problem text={problem} />
      {asked?.about === 'remove' && (
        <Ask
          title={words.removeAsk(asked.member.name)}
          yes={words.remove(asked.member.name)}
          no={words.cancel}
          onYes={() => void remove(asked.member)}
          onClose={() => setAsked(null)}
        >
          <p>{words.removeMeans}</p>
        </Ask>
      )}
      {asked?.about === 'make-owner' && (
        <Ask
          title={words.makeOwnerAsk(asked.member.name)}
          yes={words.makeOwner(asked.member.name)}
          no={words.cancel}
          onYes={() => void run(() => list.members.transfer(asked.member.userId))}
          onClose={() => setAsked(null)}
        >
          <p>{words.makeOwnerMeans}</p>
        </Ask>
      )}
    </section>
  )
}
