import type { Can, List } from '@tandem/client-sdk'
import { useItem } from '@tandem/client-sdk/react'
import { type FocusEvent, type KeyboardEvent, memo, useEffect, useRef } from 'react'

export interface Draft {
  readonly id: string
  readonly text: string
}

interface Props {
  readonly list: List
  readonly id: string
  readonly can: Can
  /** What is being typed, when this row is the one in editing. */
  readonly draft: Draft | null
  readonly onDraft: (draft: Draft | null) => void
  /** Null when there is nothing above or below to change places with. */
  readonly above: string | null
  readonly below: string | null
  readonly onRemoved: (id: string, title: string) => void
}

/** One item. It reads its own item, so that ticking one of many renders one row. */
export const ItemRow = memo(function ItemRow(props: Props) {
  const { list, id, can, draft, onDraft, above, below, onRemoved } = props
  const item = useItem(list, id)
  if (item === undefined) return null
  if (draft !== null)
    return (
      <TitleEditor list={list} draft={draft} before={item.title} isLocked={!can.edit} onDraft={onDraft} />
    )

  return (
    <li className="item" data-done={item.done}>
      <input
        type="checkbox"
        aria-label={item.title}
        checked={item.done}
        disabled={!can.tick}
        onChange={() => list.items.toggle(id)}
      />
      <button
        type="button"
        className="title"
        aria-label={`Rename ${item.title}`}
        disabled={!can.edit}
        onClick={() => onDraft({ id, text: item.title })}
      >
        {item.title}
      </button>
      {item.pending && <span className="pending" role="img" aria-label="Not saved yet" />}
      {can.edit && (
        <span className="tools">
          <button
            type="button"
            className="quiet icon"
            aria-label={`Move ${item.title} up`}
            disabled={above === null}
            onClick={() => above !== null && list.items.move(id, { before: above })}
          >
            ↑
          </button>
          <button
            type="button"
            className="quiet icon"
            aria-label={`Move ${item.title} down`}
            disabled={below === null}
            onClick={() => below !== null && list.items.move(id, { after: below })}
          >
            ↓
          </button>
          <button
            type="button"
            className="quiet icon"
            aria-label={`Delete ${item.title}`}
            onClick={() => {
              list.items.remove(id)
              onRemoved(id, item.title)
            }}
          >
            ✕
          </button>
        </span>
      )}
    </li>
  )
})

interface EditorProps {
  readonly list: List
  readonly draft: Draft
  /** The title as it is, also when somebody changes it meanwhile. */
  readonly before: string
  /** The right to edit was taken away under the cursor. */
  readonly isLocked: boolean
  readonly onDraft: (draft: Draft | null) => void
}

function TitleEditor({ list, draft, before, isLocked, onDraft }: EditorProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])

  function save(): void {
    const title = draft.text.trim()
    if (!isLocked && title !== '' && title !== before) list.items.update(draft.id, { title })
    onDraft(null)
  }

  return (
    <li className="item editing">
      <input
        ref={field}
        aria-label={`New name of ${before}`}
        maxLength={10_000}
        // What was typed stays readable, to be copied from here.
        readOnly={isLocked}
        value={draft.text}
        onChange={(event) => onDraft({ ...draft, text: event.target.value })}
        onBlur={(event: FocusEvent) => {
          // The row is taken away under the cursor when somebody deletes the item; that is not the end of typing.
          if (event.target.isConnected) save()
        }}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) save()
          if (event.key === 'Escape') onDraft(null)
        }}
      />
    </li>
  )
}
