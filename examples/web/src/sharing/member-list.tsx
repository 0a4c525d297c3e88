import type { InvitedPerson, List, Member } from '@tandem/client-sdk'
import { useMembers } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { Ask } from '../ui/ask.tsx'
import { Problem } from '../ui/problem.tsx'
import { toast } from '../ui/toast-store.ts'
import { useLanguage, useWords } from '../words/use-words.ts'
import { LeftBehind, namesOf } from './left-behind.tsx'
import { MemberRow } from './member-row.tsx'
import { useAction } from './use-action.ts'

interface Question {
  readonly about: 'remove' | 'make-owner'
  readonly member: Member
}

/** Who was removed, and whom they had let in. */
interface Left {
  readonly name: string
  readonly invited: readonly InvitedPerson[]
}

/** Everybody with access, with their roles. */
export function MemberList({ list }: { list: List }) {
  const words = useWords().sharing
  const { tag } = useLanguage()
  const members = useMembers(list)
  const { run, once, isBusy, isThere, problem } = useAction()
  const [asked, setAsked] = useState<Question | null>(null)
  const [left, setLeft] = useState<Left | null>(null)

  /** Asked for twice, it is done once: the list is slower than a hand. */
  const isMember = ({ userId }: Member): boolean =>
    list.members.getSnapshot().some((member) => member.userId === userId)

  async function remove(member: Member): Promise<void> {
    await run(async () => {
      if (!isMember(member)) return
      const { name, userId } = member
      const { invited } = await list.members.remove(userId)
      const next = invited.length === 0 ? null : { name, invited }
      if (isThere() || next === null) return setLeft(next)
      const question = words.invitedToo(name, invited.length, namesOf(invited, tag))
      const yes = { words: words.removeToo, run: () => void removeInvited(next) }
      toast(question, yes, { stays: true })
    }, words.remove(member.name))
  }

  async function removeInvited({ name, invited }: Left): Promise<void> {
    const all = () => Promise.all(invited.map(({ userId }) => list.members.remove(userId)))
    if (await once(all, words.removeInvitedBy(name))) setLeft(null)
  }

  async function makeOwner({ userId, name }: Member): Promise<void> {
    const isOwner = (): boolean =>
      list.members.getSnapshot().some((member) => member.userId === userId && member.role === 'owner')
    await run(async () => isOwner() || (await list.members.transfer(userId)), words.makeOwner(name))
  }

  return (
    <section className="stack" aria-label={words.people}>
      {left !== null && (
        <LeftBehind
          {...left}
          language={tag}
          isBusy={isBusy}
          onRemove={() => void removeInvited(left)}
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
            onRole={(role) => run(() => list.members.setRole(member.userId, role), words.mayDo(member.name))}
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
          onYes={() => void makeOwner(asked.member)}
          onClose={() => setAsked(null)}
        >
          <p>{words.makeOwnerMeans}</p>
        </Ask>
      )}
    </section>
  )
}
