import type { List } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { Redo2, Undo2 } from 'lucide-react'
import { useWords } from '../../words/use-words.ts'

/** The way back and forth, saying what it takes back. */
export function UndoButtons({ list }: { list: List }) {
  const words = useWords().list
  const can = useCan(list)
  const { canUndo, canRedo, undoLabel, redoLabel } = useValue(list.undoState)
  if (!can.edit && !can.tick) return null
  const named = (label: string): string => words.edits[label] ?? label
  const undo = undoLabel === null ? words.undo : words.undoOf(named(undoLabel))
  const redo = redoLabel === null ? words.redo : words.redoOf(named(redoLabel))
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
