import { useEffect } from 'react'
import { toast } from '../../ui/toast-store.ts'
import { wordsNow } from '../../words/use-words.ts'
import type { Board } from '../board/board.ts'
import { titleOf } from '../commands/item-commands.ts'
import { lanesById } from '../order/order.ts'
import { isFiltering, NO_FILTER } from '../order/outline.ts'

/** Says that what this person has just added is there, where the filter does not show it: it would seem lost, and be added again. */
export function useFilteredOut(board: Board): void {
  useEffect(() => {
    let added: string[] = []
    const look = (): void => {
      const shown = lanesById(board.order.getSnapshot().order)
      const hidden = added.filter((id) => !shown.has(id))
      added = []
      const [first] = hidden
      if (first === undefined) return
      const words = wordsNow().list
      const text = words.filteredOut(hidden.length, titleOf(board, first))
      toast(text, { words: words.showAll, run: () => board.filter.set(NO_FILTER) })
    }
    return board.list.items.onEvent(({ type, id, by }) => {
      if (type !== 'added' || by !== 'here' || !isFiltering(board.filter.get())) return
      if (added.length === 0) queueMicrotask(look)
      added.push(id)
    })
  }, [board])
}
