import type { Item, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { Bell, Calendar, CircleAlert, Link, MessageSquare, Repeat, StickyNote } from 'lucide-react'
import { useNameOf } from '../../together/names.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { LabelDot } from '../pick/label-dot.tsx'
import { dueWords, isOverdue } from './due-words.ts'
import { reminderClock } from './reminder-times.ts'
import { repeatWords } from './repeat-words.ts'
import { useNow } from './use-now.ts'
import './meta.css'

interface Props {
  readonly list: List
  readonly item: Item
}

/** What is known of an item beside its title, small at the end of its row. Null when that is nothing. */
export function ItemMeta({ list, item }: Props) {
  const words = useWords().detail
  const comments = useValue(list.comments.on(item.id), countOpen)
  const hasNotes = item.notes !== ''
  const isTimed = item.due !== null || item.repeat !== null || item.remindAt.length > 0
  const isSorted = item.labels.length > 0 || item.assignees.length > 0
  const isMarked = item.priority > 0 || item.quantity !== null || item.link !== null
  if (!isTimed && !isSorted && !isMarked && !hasNotes && comments === 0) return null
  return (
    <span className="meta">
      {item.priority > 0 && (
        <span className="meta-part" data-priority={item.priority}>
          <span aria-hidden>{'!'.repeat(item.priority)}</span>
          <span className="only-read">{words.priorityOf(words.priorities[item.priority] ?? '')}</span>
        </span>
      )}
      {item.quantity !== null && (
        <span className="meta-part meta-quantity" dir="auto">
          {item.quantity}
        </span>
      )}
      {isTimed && <MetaTimes item={item} />}
      {item.labels.length > 0 && <MetaLabels list={list} ids={item.labels} />}
      {item.link !== null && (
        <span className="meta-part">
          <Link role="img" aria-label={words.link} />
        </span>
      )}
      {hasNotes && (
        <span className="meta-part">
          <StickyNote role="img" aria-label={words.hasNotes} />
        </span>
      )}
      {comments > 0 && (
        <span className="meta-part">
          <MessageSquare aria-hidden />
          <span aria-hidden>{comments}</span>
          <span className="only-read">{words.commentsOf(comments)}</span>
        </span>
      )}
      {item.assignees.length > 0 && <MetaPeople list={list} ids={item.assignees} />}
    </span>
  )
}

function MetaTimes({ item }: { readonly item: Item }) {
  const words = useWords()
  const { tag } = useLanguage()
  const now = useNow()
  const { due, repeat, remindAt } = item
  const isLate = due !== null && !item.done && isOverdue(due, now)
  const waiting = remindAt.filter((one) => reminderClock(item, one) > now).length
  return (
    <>
      {due !== null && (
        <span className="meta-part" data-late={isLate}>
          {isLate ? <CircleAlert aria-hidden /> : <Calendar aria-hidden />}
          {isLate && <span className="only-read">{words.detail.overdue} · </span>}
          {dueWords(due, now, { words, tag })}
        </span>
      )}
      {repeat !== null && (
        <span className="meta-part">
          <Repeat aria-hidden />
          <span className="meta-words">{repeatWords(repeat, now.slice(0, 10), { words, tag })}</span>
        </span>
      )}
      {waiting > 0 && !item.done && (
        <span className="meta-part">
          <Bell role="img" aria-label={words.detail.remindersOf(waiting)} />
        </span>
      )}
    </>
  )
}

function MetaLabels({ list, ids }: { readonly list: List; readonly ids: readonly string[] }) {
  const labels = useValue(list.labels)
  return labels
    .filter(({ id }) => ids.includes(id))
    .map(({ id, title, color }) => (
      <span key={id} className="meta-part meta-label">
        <LabelDot color={color} />
        <span dir="auto">{title}</span>
      </span>
    ))
}

const SHOWN = 3

function MetaPeople({ list, ids }: { readonly list: List; readonly ids: readonly string[] }) {
  const words = useWords().detail
  const { tag } = useLanguage()
  const nameOf = useNameOf(list)
  const known = useValue(list.names)
  const names = new Intl.ListFormat(tag, { type: 'conjunction' }).format(ids.map(nameOf))
  return (
    <span className="meta-part meta-people">
      {ids.slice(0, SHOWN).map((id) => (
        <Avatar key={id} userId={id} name={known[id] ?? nameOf(id)} />
      ))}
      {ids.length > SHOWN && <span aria-hidden>+{ids.length - SHOWN}</span>}
      <span className="only-read">{`${words.assignees} ${names}`}</span>
    </span>
  )
}

function countOpen(comments: readonly { readonly resolved: boolean }[]): number {
  return comments.filter(({ resolved }) => !resolved).length
}
