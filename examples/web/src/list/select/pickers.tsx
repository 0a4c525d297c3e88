import { type RefObject, useRef } from 'react'
import { OpenMenu } from '../../ui/menu.tsx'
import { useWords } from '../../words/use-words.ts'
import { type Asking, rowElement, useBoard } from '../board/board.ts'
import { priorityActions } from '../commands/bulk-commands.ts'
import { LabelPicker } from '../pick/label-picker.tsx'
import { PeoplePicker } from '../pick/people-picker.tsx'
import { DueMenu } from './due-menu.tsx'

interface Props {
  readonly asked: Asking
  readonly onClose: () => void
}

/** Who, which labels, when and how important: of one row beside it, of several beside the bar for them. */
export function Pickers({ asked, onClose }: Props) {
  const { ids } = asked
  const { list } = useBoard()
  const words = useWords().detail
  const anchor = useAnchor(ids)
  const props = { list, ids, anchor, onClose }
  switch (asked.what) {
    case 'assign':
      return <PeoplePicker {...props} />
    case 'label':
      return <LabelPicker {...props} />
    case 'due':
      return <DueMenu {...props} />
    case 'priority':
      return <OpenMenu label={words.priority} actions={priorityActions(list, ids)} {...{ anchor, onClose }} />
    default:
      return null
  }
}

function useAnchor([id = '']: readonly string[]): RefObject<HTMLElement | null> {
  const anchor = useRef<HTMLElement | null>(null)
  anchor.current ??= document.querySelector<HTMLElement>('.bulk-bar') ?? rowElement(id)
  return anchor
}
