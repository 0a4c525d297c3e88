import type { List, Peer } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { Avatar, personColor } from '../ui/avatar.tsx'
import { useWords } from '../words/use-words.ts'
import './row-presence.css'
import { isSameJson } from './same-json.ts'

interface Near {
  readonly userId: string
  readonly name: string
  readonly isEditing: boolean
  readonly isIdle: boolean
}

/** Who writes in this row, with an outline of their colour around it, or has it open. A caret that moves draws nothing here. */
export function RowPresence({ list, id }: { list: List; id: string }) {
  const words = useWords().together
  const near = useValue(list.presence.others, (others) => nearTo(id, others), isSameJson)
  const [first] = near
  if (first === undefined) return null
  const { userId, name, isEditing, isIdle } = first
  const doing = isIdle ? words.editing(name) : words.typing(name)
  const sentence = isEditing ? doing : words.viewing(name)
  const all = near.length === 1 ? sentence : words.withOthers(sentence, near.length - 1)
  return (
    <span className="row-presence" title={all}>
      {isEditing && <span className="row-outline" style={{ borderColor: personColor(userId) }} />}
      <Avatar userId={userId} name={name} isIdle={isIdle} />
      <span className={isEditing ? 'row-doing' : 'only-read'} style={{ color: personColor(userId) }}>
        {all}
      </span>
    </span>
  )
}

/** Writers first: what they do is what one might meet. */
function nearTo(id: string, others: readonly Peer[]): readonly Near[] {
  const near: Near[] = []
  for (const { userId, name, editing, viewing, idle } of others) {
    if (editing === id) near.unshift({ userId, name, isEditing: true, isIdle: idle })
    else if (viewing === id) near.push({ userId, name, isEditing: false, isIdle: idle })
  }
  return near
}
