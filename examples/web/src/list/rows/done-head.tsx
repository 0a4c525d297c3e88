import { ChevronDown } from 'lucide-react'
import { memo } from 'react'
import { useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'
import { DONE } from '../order/order.ts'

interface Props {
  readonly count: number
  readonly isOpen: boolean
}

/** What is done is out of the way, and one press away. */
export const DoneHead = memo(function DoneHead({ count, isOpen }: Props) {
  const { folds } = useBoard()
  const words = useWords().list
  return (
    <li className="section-head done-head" data-key={DONE}>
      <h2>
        <button
          type="button"
          className="fold"
          aria-expanded={isOpen}
          onClick={() => folds.set({ ...folds.get(), isDoneOpen: !isOpen })}
        >
          <ChevronDown aria-hidden />
          {words.done(count)}
        </button>
      </h2>
    </li>
  )
})
