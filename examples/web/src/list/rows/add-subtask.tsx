import { LIMITS } from '@tandem/client-sdk/model'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useOnLeave } from '../../ui/use-on-leave.ts'
import { useWords } from '../../words/use-words.ts'
import { focusRow, useBoard } from '../board/board.ts'
import { titleOf } from '../commands/item-commands.ts'

interface Props {
  readonly parent: string
}

/** Enter adds a subtask and stays ready for the next; an empty one or Escape ends it. */
export function AddSubtask({ parent }: Props) {
  const board = useBoard()
  const { list, addingTo } = board
  const words = useWords().list
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const isOver = useRef(false)
  useEffect(() => field.current?.focus(), [])
  useOnLeave(() => !isOver.current && add())

  function add(): boolean {
    const title = text.trim()
    if (title === '') return false
    list.items.add({ title, place: { at: 'end', parent } })
    setText('')
    return true
  }

  function close(): void {
    isOver.current = true
    addingTo.set(null)
    focusRow(board, parent)
  }

  return (
    <li className="item add-subtask" data-key={`+${parent}`} data-parent={parent}>
      <input
        ref={field}
        className="title-field"
        dir="auto"
        aria-label={words.newSubtask(titleOf(board, parent))}
        placeholder={words.addSubtaskHint}
        maxLength={LIMITS.itemTitleChars}
        autoComplete="off"
        enterKeyHint="done"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={(event) => {
          if (!event.target.isConnected) return
          add()
          isOver.current = true
          addingTo.set(null)
        }}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape' || (event.key === 'Enter' && !add())) close()
        }}
      />
    </li>
  )
}
