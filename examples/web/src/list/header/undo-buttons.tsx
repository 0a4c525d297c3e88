import type { List } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { Redo2, Undo2 } from 'lucide-react'
import { useCommands } from '../../shell/commands.ts'
import { useWords } from '../../words/use-words.ts'

/** The way back and forth, saying what it takes back. */
export function UndoButtons({ list }: { list: List }) {
  const words = useWords().list
  const can = useCan(list)
  const { canUndo, canRedo, undoLabel, redoLabel } = useValue(list.undoState)
  const named = (label: string): string => words.edits[label] ?? label
  const undo = undoLabel === null ? words.undo : words.undoOf(named(undoLabel))
  const redo = redoLabel === null ? words.redo : words.redoOf(named(redoLabel))
  const isTouchable = can.edit || can.tick
  useCommands([
    ...(isTouchable && canUndo
      ? [{ id: 'undo', words: undo, icon: <Undo2 aria-hidden />, keys: ['$mod+Z'], run: () => list.undo() }]
      : []),
    ...(isTouchable && canRedo
      ? [
          {
            id: 'redo',
            words: redo,
            icon: <Redo2 aria-hidden />,
            keys: ['$mod+Shift+Z'],
            run: () => list.redo(),
          },
        ]
      : []),
  ])
  if (!isTouchable) return null
  return (
    <>
      <button
        type="button"
        className="quiet icon"
        disabled={!canUndo}
        aria-label={undo}
        title={undo}
        onClick={() => list.undo()}
      >
        <Undo2 aria-hidden />
      </button>
      <button
        type="button"
        className="quiet icon"
        disabled={!canRedo}
        aria-label={redo}
        title={redo}
        onClick={() => list.redo()}
      >
        <Redo2 aria-hidden />
      </button>
    </>
  )
}
