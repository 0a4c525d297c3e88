import { useCan } from '@tandem/client-sdk/react'
import { CircleCheck, History, Plus } from 'lucide-react'
import { type Command, useCommands } from '../../shell/commands.ts'
import { useWords } from '../../words/use-words.ts'
import { addInto } from '../add/asks.ts'
import type { Board } from '../board/board.ts'
import { NONE_SELECTED } from '../select/selection.ts'

/** What the palette can do with the list on the page. */
export function useListCommands({ list, selection, asking }: Board): void {
  const words = useWords().list
  const can = useCan(list)
  const editing: readonly Command[] = [
    {
      id: 'list-add',
      words: words.addItem,
      icon: <Plus aria-hidden />,
      keys: ['n'],
      run: () => addInto(list.id, null),
    },
    {
      id: 'list-select',
      words: words.selectItems,
      icon: <CircleCheck aria-hidden />,
      run: () => selection.set({ ...NONE_SELECTED, isOn: true }),
    },
  ]
  const history: Command = {
    id: 'list-history',
    words: words.history,
    icon: <History aria-hidden />,
    run: () => asking.set({ what: 'history', ids: [] }),
  }
  useCommands(can.edit ? [...editing, history] : [history])
}
