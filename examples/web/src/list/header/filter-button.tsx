import { useMembers, useValue } from '@tandem/client-sdk/react'
import { ListFilter, Tag, User } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { useNameOf } from '../../together/names.ts'
import { Picker } from '../../ui/picker.tsx'
import { useStore } from '../../ui/store.ts'
import { useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'

/** Shows only what carries a label or is somebody's. */
export function FilterButton() {
  const { list, filter } = useBoard()
  const words = useWords().list
  const labels = useValue(list.labels)
  const chosen = useStore(filter, (one) => one)
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <button
        ref={button}
        type="button"
        className="quiet icon"
        aria-label={words.filter}
        title={words.filter}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <ListFilter aria-hidden />
      </button>
      {isOpen && (
        <FilterPicker anchor={button} labels={labels} chosen={chosen} onClose={() => setOpen(false)} />
      )}
    </>
  )
}

interface PickerProps {
  readonly anchor: RefObject<HTMLButtonElement | null>
  readonly labels: readonly { readonly id: string; readonly title: string }[]
  readonly chosen: { readonly assignee: string | null; readonly label: string | null }
  readonly onClose: () => void
}

function FilterPicker({ anchor, labels, chosen, onClose }: PickerProps) {
  const { list, filter } = useBoard()
  const words = useWords().list
  const members = useMembers(list)
  const nameOf = useNameOf(list)
  const me = useValue(list.me)
  const people = members.map(({ userId }) => ({
    id: `@${userId}`,
    words: userId === me ? words.assignedToYou : words.assignedTo(nameOf(userId)),
    icon: <User aria-hidden />,
    isOn: chosen.assignee === userId,
  }))
  const tags = labels.map(({ id, title }) => ({
    id: `#${id}`,
    words: title,
    icon: <Tag aria-hidden />,
    isOn: chosen.label === id,
  }))
  return (
    <Picker
      label={words.filterBy}
      anchor={anchor}
      multiple={false}
      items={[...tags, ...people]}
      onToggle={(key) => {
        const id = key.slice(1)
        if (key.startsWith('@')) filter.set({ ...chosen, assignee: chosen.assignee === id ? null : id })
        else filter.set({ ...chosen, label: chosen.label === id ? null : id })
      }}
      onClose={onClose}
    />
  )
}
