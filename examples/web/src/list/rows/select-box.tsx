import { Check } from 'lucide-react'
import { useStore } from '../../ui/store.ts'
import { useWords } from '../../words/use-words.ts'
import { shownIds, useBoard } from '../board/board.ts'
import { extended, toggled } from '../select/selection.ts'

/** Chooses a row; round, so that it is not taken for the box that ticks. */
export function SelectBox({ id, title, tab }: { id: string; title: string; tab: number }) {
  const board = useBoard()
  const words = useWords().list
  const isOn = useStore(board.selection, ({ ids }) => ids.has(id))
  return (
    <button
      type="button"
      className="select-box"
      tabIndex={tab}
      aria-pressed={isOn}
      aria-label={words.selectItem(title)}
      onClick={(event) => {
        const { selection } = board
        const before = selection.get()
        selection.set(event.shiftKey ? extended(before, id, shownIds(board)) : toggled(before, id))
      }}
    >
      {isOn && <Check aria-hidden />}
    </button>
  )
}
