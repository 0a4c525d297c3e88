import { moveToList } from '@tandem/client-sdk/exchange'
import { useClient, useValue } from '@tandem/client-sdk/react'
import { useRef, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { toast } from '../../ui/toast-store.ts'
import { useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'
import { itemOf, moveTo } from '../commands/item-commands.ts'
import { NONE_SELECTED } from '../select/selection.ts'
import './move-dialog.css'

/** Where to: a section of this list, or another list. */
export function MoveDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const board = useBoard()
  const { list } = board
  const client = useClient()
  const words = useWords().list
  const sections = useValue(list.sections)
  const lists = useValue(client.lists)
  const [problem, setProblem] = useState<string | null>(null)
  const isMoving = useRef(false)
  const here = new Set(ids.map((id) => itemOf(board, id)?.section ?? null))
  const only = here.size === 1 ? [...here][0] : undefined
  const others = lists.filter(({ id, role, ended, isNew }) => {
    return id !== list.id && !ended && (isNew || (role !== null && role !== 'viewer' && role !== 'commenter'))
  })

  function toSection(section: string | null): void {
    moveTo(board, ids, { at: 'end', section, parent: null })
    finish()
  }

  async function toList(toId: string): Promise<void> {
    if (isMoving.current) return
    isMoving.current = true
    try {
      const moved = await moveToList(client, list, ids, toId)
      const undo = () => void moved.undo().catch((error: unknown) => toast(messageOf(error)))
      toast(words.movedToList(ids.length, moved.toTitle), { words: words.undo, run: undo })
      finish()
    } catch (error) {
      setProblem(messageOf(error))
    }
    isMoving.current = false
  }

  function finish(): void {
    board.selection.set(NONE_SELECTED)
    onClose()
  }

  const places = [{ id: null, title: words.noSection }, ...sections.map(({ id, title }) => ({ id, title }))]
  return (
    <Dialog title={words.moveTitle(ids.length)} closeWords={words.close} onClose={onClose}>
      <div className="stack move-places">
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        {sections.length > 0 && (
          <section className="stack" aria-label={words.inThisList}>
            <h3 className="muted small">{words.inThisList}</h3>
            <ul>
              {places.map(({ id, title }) => (
                <li key={id}>
                  <button
                    type="button"
                    className="quiet place"
                    dir="auto"
                    aria-current={only === id}
                    onClick={() => toSection(id)}
                  >
                    {title}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section className="stack" aria-label={words.otherLists}>
          <h3 className="muted small">{words.otherLists}</h3>
          {others.length === 0 && <p className="muted">{words.noOtherLists}</p>}
          <ul>
            {others.map(({ id, title }) => (
              <li key={id}>
                <button type="button" className="quiet place" dir="auto" onClick={() => void toList(id)}>
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  )
}
