import { useCan } from '@tandem/client-sdk/react'
import { Calendar, Check, FolderInput, Tag, Trash2, Undo, UserPlus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStore } from '../../ui/store.ts'
import { useWords } from '../../words/use-words.ts'
import { focusRow, useBoard } from '../board/board.ts'
import { itemOf, remove, tick } from '../commands/item-commands.ts'
import { inOrder } from '../commands/moves.ts'
import { NONE_SELECTED } from './selection.ts'
import './bulk-bar.css'

/** What can be done with all chosen rows at once; each is one step of undo. */
export function BulkBar() {
  const board = useBoard()
  const { selection, asking } = board
  const words = useWords().list
  const can = useCan(board.list)
  const chosen = useStore(selection, ({ ids }) => ids)
  const ids = inOrder(board.order.getSnapshot().order, chosen)
  const areDone = ids.length > 0 && ids.every((id) => itemOf(board, id)?.done === true)
  const isNone = ids.length === 0

  const asks = (what: 'move' | 'assign' | 'label' | 'due', icon: ReactNode, text: string) => (
    <button type="button" disabled={isNone} aria-haspopup="dialog" onClick={() => asking.set({ what, ids })}>
      {icon}
      <span>{text}</span>
    </button>
  )
  return (
    <section aria-label={words.selection}>
      <div className="bulk-bar" role="toolbar" aria-label={words.selection}>
        <span className="count grow" role="status">
          {words.selected(chosen.size)}
        </span>
        <button type="button" disabled={isNone || !can.tick} onClick={() => tick(board, ids, !areDone)}>
          {areDone ? <Undo aria-hidden /> : <Check aria-hidden />}
          <span>{areDone ? words.untickThem : words.tickThem}</span>
        </button>
        {can.edit && (
          <>
            {asks('move', <FolderInput aria-hidden />, words.moveTo)}
            {asks('assign', <UserPlus aria-hidden />, words.assign)}
            {asks('label', <Tag aria-hidden />, words.label)}
            {asks('due', <Calendar aria-hidden />, words.due)}
            <button type="button" className="danger" disabled={isNone} onClick={() => remove(board, ids)}>
              <Trash2 aria-hidden />
              <span>{words.delete}</span>
            </button>
          </>
        )}
        <button
          type="button"
          className="quiet icon"
          aria-label={words.stopSelecting}
          onClick={() => {
            const cursor = board.cursor.get()
            selection.set(NONE_SELECTED)
            if (cursor !== null) focusRow(board, cursor)
          }}
        >
          <X aria-hidden />
        </button>
      </div>
    </section>
  )
}
