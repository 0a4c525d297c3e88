import type { List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { Avatar } from '../../ui/avatar.tsx'
import { Picker } from '../../ui/picker.tsx'
import { useWords } from '../../words/use-words.ts'
import { assignAll } from '../commands/bulk-commands.ts'
import { usePeople } from './people-of.ts'
import { useChosen } from './use-chosen.ts'

export interface PickProps {
  readonly list: List
  /** Of the items; what all of them have is on. */
  readonly ids: readonly string[]
  readonly anchor: { readonly current: HTMLElement | null }
  readonly onClose: () => void
}

/** Chooses who does one item or several. */
export function PeoplePicker({ list, ids, anchor, onClose }: PickProps) {
  const words = useWords()
  const people = usePeople(list)
  const me = useValue(list.me)
  const items = useChosen(list, ids)
  const [first] = items
  return (
    <Picker
      label={items.length === 1 ? words.detail.assignOf(first?.title ?? '') : words.list.assign}
      anchor={anchor}
      multiple
      items={people.map(({ id, name }) => ({
        id,
        words: id === me ? `${name} (${words.detail.you})` : name,
        icon: <Avatar userId={id} name={name} />,
        isOn: items.length > 0 && items.every(({ assignees }) => assignees.includes(id)),
      }))}
      onToggle={(id) => assignAll(list, ids, id)}
      onClose={onClose}
    />
  )
}
