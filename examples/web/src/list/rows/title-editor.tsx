import { LIMITS } from '@tandem/client-sdk/model'
import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { useEditing } from '../../together/use-editing.ts'
import { useStore } from '../../ui/store.ts'
import { useWords } from '../../words/use-words.ts'
import { focusRow, useBoard } from '../board/board.ts'
import { endEdit, indent, outdent } from '../commands/item-commands.ts'

interface Props {
  readonly id: string
  /** As it is now, also when somebody changes it meanwhile. */
  readonly title: string
  /** The right to edit was taken away under the cursor: what was typed stays readable, to be copied from here. */
  readonly isLocked: boolean
}

/** The title, being typed. Its text is the board's draft, which outlives this field. */
export function TitleEditor({ id, title, isLocked }: Props) {
  const board = useBoard()
  const words = useWords().list
  const text = useStore(board.draft, (draft) => (draft?.id === id ? draft.text : title))
  const field = useRef<HTMLTextAreaElement>(null)
  useEditing(board.list, id, true)
  useEffect(() => {
    const element = field.current
    if (element === null || element.contains(document.activeElement)) return
    element.focus({ preventScroll: true })
    element.select()
  }, [])

  function close({ isSaved, isFocused }: { isSaved: boolean; isFocused: boolean }): void {
    if (board.draft.get()?.id !== id) return
    endEdit(board, { isSaved })
    if (isFocused) focusRow(board, id)
  }

  function onKey(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') close({ isSaved: true, isFocused: true })
    else if (event.key === 'Escape') close({ isSaved: false, isFocused: true })
    // A way out is never closed: where nothing is left to indent, Tab goes on to the next control.
    else if (event.key === 'Tab' && !(event.shiftKey ? outdent : indent)(board, id)) return
    else if (event.key !== 'Tab') return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <textarea
      ref={field}
      className="title-field"
      dir="auto"
      rows={1}
      aria-label={words.newName(title)}
      maxLength={LIMITS.itemTitleChars}
      readOnly={isLocked}
      enterKeyHint="done"
      value={text}
      onChange={(event) =>
        board.draft.set({ id, text: event.target.value, before: board.draft.get()?.before ?? title })
      }
      onBlur={(event: FocusEvent) => {
        // A row that is taken away or moved under the cursor is not the end of typing.
        if (event.target.isConnected && document.hasFocus()) close({ isSaved: true, isFocused: false })
      }}
      onKeyDown={onKey}
    />
  )
}
