import type { Item, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { Plus, User } from 'lucide-react'
import { useRef, useState } from 'react'
import { useNameOf } from '../../together/names.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Picker } from '../../ui/picker.tsx'
import { useWords } from '../../words/use-words.ts'
import { FieldGroup } from './field.tsx'
import { usePeople } from './people-of.ts'
import { Pill } from './pill.tsx'

interface Props {
  readonly list: List
  readonly item: Item
  readonly canEdit: boolean
}

/** Who does it. Each person is a value of their own: two who assign at once both succeed. */
export function PeopleField({ list, item, canEdit }: Props) {
  const words = useWords().detail
  const nameOf = useNameOf(list)
  const names = useValue(list.names)
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <FieldGroup icon={<User aria-hidden />} label={words.assignees}>
      <ul className="pills">
        {item.assignees.map((id) => (
          <Pill
            key={id}
            clearWords={words.clear(nameOf(id))}
            onClear={canEdit ? () => list.items.assign(item.id, { remove: [id] }) : null}
          >
            <Avatar userId={id} name={names[id] ?? nameOf(id)} />
            <span dir="auto">{nameOf(id)}</span>
          </Pill>
        ))}
        {canEdit && (
          <li>
            <button
              ref={button}
              type="button"
              className="quiet icon"
              aria-label={words.assign}
              aria-expanded={isOpen}
              onClick={() => setOpen(true)}
            >
              <Plus aria-hidden />
            </button>
          </li>
        )}
      </ul>
      {!canEdit && item.assignees.length === 0 && <p className="muted">{words.none}</p>}
      {isOpen && <PeoplePicker list={list} ids={[item.id]} anchor={button} onClose={() => setOpen(false)} />}
    </FieldGroup>
  )
}

interface PickerProps {
  readonly list: List
  /** Of the items; who does all of them is on. */
  readonly ids: readonly string[]
  readonly anchor: { readonly current: HTMLElement | null }
  readonly onClose: () => void
}

/** Chooses who does one item or several. */
export function PeoplePicker({ list, ids, anchor, onClose }: PickerProps) {
  const words = useWords().detail
  const people = usePeople(list)
  const me = useValue(list.me)
  const items = useChosen(list, ids)
  const isOn = (id: string): boolean =>
    items.length > 0 && items.every(({ assignees }) => assignees.includes(id))
  return (
    <Picker
      label={words.assignOf(items[0]?.title ?? '')}
      anchor={anchor}
      multiple
      items={people.map(({ id, name }) => ({
        id,
        words: id === me ? `${name} (${words.me})` : name,
        icon: <Avatar userId={id} name={name} />,
        isOn: isOn(id),
      }))}
      onToggle={(id) => {
        const change = isOn(id) ? { remove: [id] } : { add: [id] }
        list.transact(words.assign, () => {
          for (const item of items) list.items.assign(item.id, change)
        })
      }}
      onClose={onClose}
    />
  )
}

/** Items by id, as they are now; those that are gone are left out. */
export function useChosen(list: List, ids: readonly string[]): readonly Item[] {
  // Any change of theirs comes with a new array from here, and the picker is small.
  useValue(list.items.ids({}))
  const [first] = ids
  useValue(list.items.item(first ?? ''))
  return ids.flatMap((id) => list.items.item(id).getSnapshot() ?? [])
}
