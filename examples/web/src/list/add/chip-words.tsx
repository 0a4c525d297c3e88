import { AlignLeft, Calendar, Clock, Flag, Hash, Repeat, Tag, User } from 'lucide-react'
import type { ReactNode } from 'react'
import { dueWords, type Speech, timeWords } from '../detail/due-words.ts'
import { clockOf } from '../detail/moments.ts'
import { repeatWords } from '../detail/repeat-words.ts'
import { dayOfTime } from './parse-dates.ts'
import type { Token } from './parse-types.ts'

const ICONS: Readonly<Record<Token['kind'], ReactNode>> = {
  date: <Calendar aria-hidden />,
  time: <Clock aria-hidden />,
  repeat: <Repeat aria-hidden />,
  person: <User aria-hidden />,
  label: <Tag aria-hidden />,
  section: <AlignLeft aria-hidden />,
  priority: <Flag aria-hidden />,
  quantity: <Hash aria-hidden />,
}

export function chipIcon(kind: Token['kind']): ReactNode {
  return ICONS[kind]
}

/** What a token was taken for. `hasDay`: another one says the day. */
export function chipWords(token: Token, speech: Speech, hasDay: boolean): string {
  const { add, detail } = speech.words
  const now = clockOf(Date.now())
  switch (token.kind) {
    case 'date':
      return dueWords({ date: token.date, ...(token.time === null ? {} : { time: token.time }) }, now, speech)
    case 'time':
      if (hasDay) return timeWords(token.time, speech.tag)
      return dueWords({ date: dayOfTime(token.time, new Date()), time: token.time }, now, speech)
    case 'repeat':
      return repeatWords(token.rule, now.slice(0, 10), speech)
    case 'person':
      return token.name
    case 'label':
      return token.id === null ? add.newLabel(token.title) : token.title
    case 'section':
      return token.id === null ? add.newSection(token.title) : add.inSection(token.title)
    case 'priority':
      return detail.priorityOf(detail.priorities[token.priority] ?? '')
    case 'quantity':
      return token.quantity
  }
}
