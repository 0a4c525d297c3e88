import { useCan } from '@tandem/client-sdk/react'
import { CircleCheck, Plus } from 'lucide-react'
import { type Command, useCommands } from '../../shell/commands.ts'
import { useWords } from '../../words/use-words.ts'
import { addInto } from '../add/asks.ts'
import type { Board } from '../board/board.ts'
import { NONE_SELECTED } from '../select/selection.ts'

/** What the palette can do with the list on the page. */
export function useListCommands({ list, selection }: Board): void {
  const words = useWords().list
  const can = useCan(list)
  const commands: readonly Command[] = [
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
  useCommands(can.edit ? commands : [])
}
