import type { GivenRole, List, Member } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { Crown, Ellipsis, UserRoundMinus } from 'lucide-react'
import { Avatar } from '../ui/avatar.tsx'
import { type MenuAction, MenuButton } from '../ui/menu.tsx'
import { Said } from '../ui/said.tsx'
import { useWords } from '../words/use-words.ts'
import type { Words } from '../words/words.ts'
import { RoleSelect } from './role-select.tsx'
import { useChoice } from './use-choice.ts'
import { rolesUpTo } from './words.ts'

interface Props {
  readonly list: List
  readonly member: Member
  readonly onRole: (role: GivenRole) => Promise<unknown>
  readonly onRemove: () => void
  readonly onMakeOwner: () => void
}

/** One person: who they are, how they came, what they may do, and what can be done about it. */
export function MemberRow({ list, member, onRole, onRemove, onMakeOwner }: Props) {
  const words = useWords().sharing
  const can = useCan(list)
  const { role: own } = useValue(list.info)
  const roles = rolesUpTo(own)
  const given = member.role === 'owner' ? null : member.role
  const isChangeable = can.manageMembers && !member.isYou && given !== null && roles.includes(given)
  const mayOwn = can.transfer && !member.isYou

  const actions = (): MenuAction[] => [
    ...(mayOwn
      ? [{ id: 'owner', words: words.makeOwner(member.name), icon: <Crown aria-hidden />, run: onMakeOwner }]
      : []),
    ...(isChangeable
      ? [
          {
            id: 'remove',
            words: words.remove(member.name),
            icon: <UserRoundMinus aria-hidden />,
            isDanger: true,
            run: onRemove,
          },
        ]
      : []),
  ]

  return (
    <li className="person">
      <Avatar userId={member.userId} name={member.name} />
      <span className="grow">
        <bdi>{member.name}</bdi>
        {member.isYou && <span className="muted"> {words.you}</span>}
        <span className="origin">
          <Said>{originOf(member, words)}</Said>
        </span>
      </span>
      {isChangeable && given !== null ? (
        <ChangeRole label={words.mayDo(member.name)} roles={roles} given={given} onRole={onRole} />
      ) : (
        <span className="muted">{words.roles[member.role]}</span>
      )}
      {isChangeable || mayOwn ? (
        <MenuButton label={words.moreFor(member.name)} icon={<Ellipsis aria-hidden />} actions={actions} />
      ) : (
        <span className="no-menu" />
      )}
    </li>
  )
}

interface ChangeProps {
  readonly label: string
  readonly roles: readonly GivenRole[]
  readonly given: GivenRole
  readonly onRole: (role: GivenRole) => Promise<unknown>
}

function ChangeRole({ label, roles, given, onRole }: ChangeProps) {
  const { value, isAsked, choose } = useChoice(given, onRole)
  return <RoleSelect label={label} roles={roles} value={value} isBusy={isAsked} onChange={choose} />
}

function originOf(
  { email, invitedBy, viaLink, isYou, isAnonymous }: Member,
  words: Words['sharing'],
): string {
  const how = invitedBy === null || isYou ? '' : words.invitedBy(invitedBy.name)
  return [email ?? '', viaLink ? words.cameByLink : how, isAnonymous ? words.nameless : '']
    .filter((part) => part !== '')
    .join(' · ')
}
