import type { Item, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { Plus, User } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useNameOf } from '../../together/names.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useWords } from '../../words/use-words.ts'
import { PeoplePicker } from '../pick/people-picker.tsx'
import { FieldGroup } from './field.tsx'
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
  const ids = useMemo(() => [item.id], [item.id])
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
      {isOpen && <PeoplePicker list={list} ids={ids} anchor={button} onClose={() => setOpen(false)} />}
    </FieldGroup>
  )
}
