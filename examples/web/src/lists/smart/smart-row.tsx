import type { AcrossRow } from '@tandem/client-sdk'
import { useClient, useValue } from '@tandem/client-sdk/react'
import { CalendarClock } from 'lucide-react'
import type { ReactNode } from 'react'
import { dayWords, dueWords, isOverdue, localDue, timeWords } from '../../list/detail/due-words.ts'
import { useNow } from '../../list/detail/use-now.ts'
import { follow } from '../../shell/route.ts'
import { type MenuAction, MenuButton } from '../../ui/menu.tsx'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { nextMondayOf, tomorrowOf } from '../days.ts'
import { reschedule, tickRow } from './row-actions.ts'
import './smart.css'

type Due = NonNullable<AcrossRow['item']['due']>

interface Props {
  readonly row: AcrossRow
  /** The title with what was searched for marked in it. */
  readonly title?: ReactNode
  /** The day stands above it already. */
  readonly isDayKnown?: boolean
  /** The list's name stands above it already. */
  readonly isListKnown?: boolean
  readonly children?: ReactNode
}

/** An item among those of other lists: ticked in place, opened in its list, put off to another day. */
export function SmartRow({ row, title, isDayKnown = false, isListKnown = false, children }: Props) {
  const client = useClient()
  const words = useWords()
  const { tag } = useLanguage()
  const now = useNow()
  const { item, listId, listTitle } = row
  const role = useValue(client.lists, (lists) => lists.find(({ id }) => id === listId)?.role ?? null)
  const speech = { words, tag }
  const isLate = item.due !== null && isOverdue(item.due, now)
  const due = item.due === null ? null : wordsFor(item.due)
  const mayEdit = role === null || role === 'owner' || role === 'editor'

  function wordsFor(given: Due): string | null {
    if (!isDayKnown) return dueWords(given, now, speech)
    const { time } = localDue(given)
    return time === null ? null : timeWords(time, tag)
  }

  const days = (): MenuAction[] => {
    const today = now.slice(0, 10)
    const to = (id: string, date: string | null, said: string): MenuAction => ({
      id,
      words: said,
      isDisabled: date === null ? item.due === null : item.due?.date === date,
      startsGroup: date === null,
      run: () => void reschedule(client, row, date, date === null ? said : dayWords(date, today, speech)),
    })
    return [
      to('today', today, words.lists.today),
      to('tomorrow', tomorrowOf(today), words.lists.tomorrow),
      to('next-week', nextMondayOf(today), words.lists.nextWeek),
      to('none', null, words.lists.noDate),
    ]
  }

  return (
    <li className="light-row" data-done={item.done}>
      <label className="tick">
        <input
          type="checkbox"
          aria-label={item.title}
          checked={item.done}
          disabled={role === 'viewer'}
          onChange={() => void tickRow(client, row, !item.done)}
        />
      </label>
      <a className="light-open grow" {...follow({ page: 'list', id: listId, item: item.id })}>
        <span className="light-title">
          <bdi>{title ?? item.title}</bdi>
        </span>
        <span className="light-meta">
          {!isListKnown && <bdi>{listTitle}</bdi>}
          {due !== null && <span data-overdue={!item.done && isLate}>{due}</span>}
        </span>
        {children}
      </a>
      {mayEdit && !item.done && (
        <MenuButton
          label={words.lists.reschedule(item.title)}
          icon={<CalendarClock aria-hidden />}
          actions={days}
        />
      )}
    </li>
  )
}
