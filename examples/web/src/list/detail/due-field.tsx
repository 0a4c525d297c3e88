import type { Item, List } from '@tandem/client-sdk'
import { addDays } from '@tandem/client-sdk/model'
import { Calendar, X } from 'lucide-react'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { dueWords, isOverdue, localDue } from './due-words.ts'
import { FieldGroup } from './field.tsx'
import { localZone } from './moments.ts'
import { NativeField } from './native-field.tsx'
import { dueChange } from './reminder-times.ts'
import { useNow } from './use-now.ts'

interface Props {
  readonly list: List
  readonly item: Item
  readonly canEdit: boolean
}

/** When it is due, on this device's calendar and clock. Reminders go along when the time moves. */
export function DueField({ list, item, canEdit }: Props) {
  const words = useWords()
  const { tag } = useLanguage()
  const now = useNow()
  const today = now.slice(0, 10)
  const due = item.due === null ? null : localDue(item.due)

  function set(date: string, time: string | null): void {
    const next = date === '' ? null : { date, ...(time === null ? {} : { time, tz: localZone() }) }
    list.items.update(item.id, dueChange(item, next))
  }

  const quick = [
    { words: words.detail.today, date: today },
    { words: words.detail.tomorrow, date: addDays(today, 1) },
    { words: words.detail.nextWeek, date: addDays(today, 7) },
  ]
  return (
    <FieldGroup icon={<Calendar aria-hidden />} label={words.detail.due}>
      {item.due !== null && (
        <div className="row">
          <p className="prop-said grow" data-overdue={!item.done && isOverdue(item.due, now)}>
            {!item.done && isOverdue(item.due, now) && <strong>{words.detail.overdue} · </strong>}
            {dueWords(item.due, now, { words, tag })}
          </p>
          {canEdit && (
            <button
              type="button"
              className="quiet icon"
              aria-label={words.detail.clear(words.detail.due)}
              onClick={() => set('', null)}
            >
              <X aria-hidden />
            </button>
          )}
        </div>
      )}
      {canEdit && (
        <div className="row wrap due-clock">
          <NativeField
            type="date"
            label={words.detail.dueDay}
            value={due?.date ?? ''}
            onValue={(date) => set(date, due?.time ?? null)}
          />
          {due !== null && (
            <NativeField
              type="time"
              label={words.detail.dueTime}
              value={due.time ?? ''}
              onValue={(time) => set(due.date, time === '' ? null : time)}
            />
          )}
        </div>
      )}
      {canEdit && due === null && (
        <div className="row wrap">
          {quick.map(({ words: said, date }) => (
            <button key={date} type="button" className="soft" onClick={() => set(date, null)}>
              {said}
            </button>
          ))}
        </div>
      )}
      {!canEdit && due === null && <p className="muted">{words.detail.none}</p>}
    </FieldGroup>
  )
}
