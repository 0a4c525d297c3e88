import { useClient, useValue } from '@tandem/client-sdk/react'
import { X } from 'lucide-react'
import { useNameOf } from '../../together/names.ts'
import { useStore } from '../../ui/store.ts'
import { useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'

/** Says that this is not the whole list, or not its own order, and gives the way back. */
export function ViewChips() {
  const { list, filter } = useBoard()
  const client = useClient()
  const words = useWords().list
  const nameOf = useNameOf(list)
  const me = useValue(list.me)
  const { assignee, label } = useStore(filter, (one) => one)
  const { sort } = useValue(list.info).mine
  const labelTitle = useValue(list.labels, (labels) => labels.find(({ id }) => id === label)?.title)
  const sorted = words.sortedBy[sort]
  const chips: { key: string; text: string; off: string; run: () => void }[] = []
  if (sorted !== undefined) {
    const run = () => void client.lists.mine(list.id, { sort: 'manual' })
    chips.push({ key: 'sort', text: sorted, off: words.sortManual, run })
  }
  if (label !== null) {
    const text = labelTitle ?? '…'
    const run = () => filter.set({ ...filter.get(), label: null })
    chips.push({ key: 'label', text: words.filteredTo(text), off: words.filterOff(text), run })
  }
  if (assignee !== null) {
    const text = assignee === me ? words.assignedToYou : words.assignedTo(nameOf(assignee))
    const run = () => filter.set({ ...filter.get(), assignee: null })
    chips.push({ key: 'assignee', text: words.filteredTo(text), off: words.filterOff(text), run })
  }
  if (chips.length === 0) return null
  return (
    <ul className="view-chips">
      {chips.map(({ key, text, off, run }) => (
        <li key={key}>
          <bdi>{text}</bdi>
          <button type="button" className="quiet icon" aria-label={off} title={off} onClick={run}>
            <X aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
