import { Ask } from '../../ui/ask.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'
import { titleOf } from '../commands/item-commands.ts'

/** The one thing here that nothing brings back. */
export function PurgeQuestion({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const board = useBoard()
  const words = useWords().list
  return (
    <Ask
      title={words.purgeTitle}
      yes={words.purge}
      no={words.keep}
      onYes={() => board.list.items.purge(ids)}
      onClose={onClose}
    >
      <p>{words.purgeQuestion(ids.length, titleOf(board, ids[0] ?? ''))}</p>
    </Ask>
  )
}
