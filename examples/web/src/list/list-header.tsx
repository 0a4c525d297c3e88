import type { List, Status } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { type FormEvent, useEffect, useState } from 'react'
import { ShareDialog } from '../sharing/share-dialog.tsx'
import { follow } from '../shell/route.ts'
import { StatusLine } from '../state/status-line.tsx'

export function ListHeader({ list, status }: { list: List; status: Status }) {
  const { title } = useValue(list.info)
  const can = useCan(list)
  const isTouchable = can.edit || can.tick
  const undo = useValue(list.undoState)
  const [draft, setDraft] = useState<string | null>(null)
  const [isSharing, setSharing] = useState(false)

  useEffect(() => {
    if (!isTouchable) return
    const onKey = (event: KeyboardEvent): void => {
      const isField = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
      if (isField || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
      event.preventDefault()
      if (event.shiftKey) list.redo()
      else list.undo()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [list, isTouchable])

  function rename(event: FormEvent): void {
    event.preventDefault()
    const name = draft?.trim() ?? ''
    if (name !== '' && name !== title) list.rename(name)
    setDraft(null)
  }

  return (
    <header className="stack">
      <div className="bar">
        <a {...follow({ page: 'lists' })}>← Lists</a>
        <StatusLine status={status} />
      </div>
      <div className="bar wrap">
        {draft === null || !can.edit ? (
          <h1 className="grow">
            <button type="button" className="heading" disabled={!can.edit} onClick={() => setDraft(title)}>
              {title === '' ? '…' : title}
            </button>
          </h1>
        ) : (
          <form onSubmit={rename} className="grow">
            <input
              // biome-ignore lint/a11y/noAutofocus: it replaces the title the person has just pressed
              autoFocus
              aria-label="Name of this list"
              maxLength={1000}
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
              onBlur={rename}
              onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
            />
          </form>
        )}
        <button type="button" disabled={title === ''} onClick={() => setSharing(true)}>
          {can.share ? 'Share' : 'People'}
        </button>
        {isTouchable && (
          <span className="row">
            <button
              type="button"
              disabled={!undo.canUndo}
              aria-label={undo.undoLabel === null ? 'Undo' : `Undo: ${undo.undoLabel}`}
              onClick={() => list.undo()}
            >
              Undo
            </button>
            <button
              type="button"
              disabled={!undo.canRedo}
              aria-label={undo.redoLabel === null ? 'Redo' : `Redo: ${undo.redoLabel}`}
              onClick={() => list.redo()}
            >
              Redo
            </button>
          </span>
        )}
      </div>
      {isSharing && <ShareDialog list={list} onClose={() => setSharing(false)} />}
    </header>
  )
}
