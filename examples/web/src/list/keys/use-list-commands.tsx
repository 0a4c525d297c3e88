import { useCan, useValue } from '@tandem/client-sdk/react'
import { CircleCheck, Plus, Redo2, Undo2 } from 'lucide-react'
import { type Command, useCommands } from '../../shell/commands.ts'
import { useWords } from '../../words/use-words.ts'
import { addInto } from '../add/asks.ts'
import type { Board } from '../board/board.ts'
import { NONE_SELECTED } from '../select/selection.ts'

/** What the palette can do with the list on the page. */
export function useListCommands({ list, selection }: Board): void {
  const words = useWords().list
  const can = useCan(list)
  const { canUndo, canRedo, undoLabel, redoLabel } = useValue(list.undoState)
  const named = (label: string | null): string => words.edits[label ?? ''] ?? label ?? ''
  const commands: Command[] = []
  if (can.edit) {
    commands.push(
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
    )
  }
  if (canUndo) {
    const text = words.undoOf(named(undoLabel))
    commands.push({
      id: 'list-undo',
      words: text,
      icon: <Undo2 aria-hidden />,
      keys: ['u'],
      run: () => list.undo(),
    })
  }
  if (canRedo) {
    const text = words.redoOf(named(redoLabel))
    commands.push({
      id: 'list-redo',
      words: text,
      icon: <Redo2 aria-hidden />,
      keys: ['$mod+Shift+Z'],
      run: () => list.redo(),
    })
  }
  useCommands(commands)
}
