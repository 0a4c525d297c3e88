import type { Item, List } from '@tandem/client-sdk'
import { Bell, Plus } from 'lucide-react'
import { useState } from 'react'
import { MenuButton } from '../../ui/menu.tsx'
import { useLanguage, useWords } from '../../words/use-words.ts'
import type { Words } from '../../words/words.ts'
import { dayWords, timeWords } from './due-words.ts'
import { FieldGroup } from './field.tsx'
import { NativeField } from './native-field.tsx'
import { Pill } from './pill.tsx'
import { MOST_REMINDERS, OFFERED, reminderBefore, reminderClock } from './reminder-times.ts'
import { useNow } from './use-now.ts'

interface Props {
  readonly list: List
  readonly item: Item
  readonly canEdit: boolean
}

/** When to be reminded: before it is due, or at any other time. */
export function RemindersField({ list, item, canEdit }: Props) {
  const words = useWords()
  const { tag } = useLanguage()
  const now = useNow()
  /** What the field for any other time has said so far. */
  const [custom, setCustom] = useState<{ readonly clock: string; readonly reminder: string | null } | null>(
    null,
  )
  const { due } = item
  const isFull = item.remindAt.length >= MOST_REMINDERS

  function set(remindAt: readonly string[]): void {
    list.items.update(item.id, { remindAt: [...new Set(remindAt)].sort() })
  }

  /** Each time it says a whole moment: whose last part is typed letter by letter says several. */
  function setAny(clock: string): void {
    if (clock === '') return
    const reminder = new Date(clock).toISOString().slice(0, 16).concat('Z')
    set([...item.remindAt.filter((one) => one !== custom?.reminder), reminder])
    setCustom({ clock, reminder })
  }

  const offers = () => [
    ...OFFERED.filter(({ hasTime }) => due !== null && (due.time !== undefined || !hasTime)).map(
      ({ minutes }) => ({
        id: String(minutes),
        words: offerWords(minutes, due?.time !== undefined, words.detail),
        run: () => due !== null && set([...item.remindAt, reminderBefore(due, minutes)]),
      }),
    ),
    {
      id: 'custom',
      words: words.detail.remindCustom,
      startsGroup: due !== null,
      run: () => setCustom({ clock: '', reminder: null }),
    },
  ]
  return (
    <FieldGroup icon={<Bell aria-hidden />} label={words.detail.reminders}>
      {item.remindAt.length > 0 && (
        <ul className="pills">
          {item.remindAt.map((reminder) => {
            const clock = reminderClock(item, reminder)
            const day = dayWords(clock.slice(0, 10), now.slice(0, 10), { words, tag })
            const said = words.detail.at(day, timeWords(clock.slice(11, 16), tag))
            return (
              <Pill
                key={reminder}
                clearWords={words.detail.removeReminder(said)}
                onClear={canEdit ? () => set(item.remindAt.filter((one) => one !== reminder)) : null}
              >
                <span>{said}</span>
              </Pill>
            )
          })}
        </ul>
      )}
      {canEdit && custom !== null && (
        <NativeField
          type="datetime-local"
          label={words.detail.remindAt}
          value={custom.clock}
          onValue={setAny}
          onLeave={() => setCustom(null)}
        />
      )}
      {canEdit && !isFull && custom === null && (
        <MenuButton
          label={words.detail.addReminder}
          icon={<Plus aria-hidden />}
          className="quiet icon start"
          actions={offers}
        />
      )}
      {isFull && <p className="muted">{words.detail.reminderFull}</p>}
      {!canEdit && item.remindAt.length === 0 && <p className="muted">{words.detail.none}</p>}
    </FieldGroup>
  )
}

function offerWords(minutes: number, hasTime: boolean, words: Words['detail']): string {
  if (minutes === 0) return hasTime ? words.remindAtDue : words.remindMorning
  if (minutes < 60) return words.remindMinutes(minutes)
  return minutes < 1440 ? words.remindHours(minutes / 60) : words.remindDays(minutes / 1440)
}
