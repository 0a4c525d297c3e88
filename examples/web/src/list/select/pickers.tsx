import { useMembers, useValue } from '@tandem/client-sdk/react'
import { type RefObject, useEffect, useReducer, useRef } from 'react'
import { useNameOf } from '../../together/names.ts'
import { OpenMenu } from '../../ui/menu.tsx'
import { Picker, type PickerItem } from '../../ui/picker.tsx'
import { useWords } from '../../words/use-words.ts'
import { type Asking, type Board, rowElement, useBoard } from '../board/board.ts'
import { itemOf } from '../commands/item-commands.ts'
import { assignAll, labelAll, priorityActions } from './bulk-commands.ts'
import { DueMenu } from './due-menu.tsx'

interface Props {
  readonly asked: Asking
  readonly onClose: () => void
}

/** Who, which labels, when and how important: of one row beside it, of several beside the bar for them. */
export function Pickers({ asked, onClose }: Props) {
  const { ids } = asked
  const board = useBoard()
  const words = useWords()
  const anchor = useAnchor(ids)
  const props = { anchor, ids, onClose }
  switch (asked.what) {
    case 'assign':
      return <PeoplePicker {...props} />
    case 'label':
      return <LabelPicker {...props} />
    case 'due':
      return <DueMenu {...props} />
    case 'priority':
      return (
        <OpenMenu
          label={words.detail.priority}
          anchor={anchor}
          actions={priorityActions(board, ids)}
          onClose={onClose}
        />
      )
    default:
      return null
  }
}

function useAnchor([id = '']: readonly string[]): RefObject<HTMLElement | null> {
  const anchor = useRef<HTMLElement | null>(null)
  anchor.current ??= document.querySelector<HTMLElement>('.bulk-bar') ?? rowElement(id)
  return anchor
}

interface PickerProps {
  readonly anchor: RefObject<HTMLElement | null>
  readonly ids: readonly string[]
  readonly onClose: () => void
}

function PeoplePicker({ anchor, ids, onClose }: PickerProps) {
  const board = useBoard()
  const words = useWords().list
  const nameOf = useNameOf(board.list)
  useItems(board, ids)
  const people = useMembers(board.list).map(({ userId }): PickerItem => {
    const isOn = haveAll(board, ids, (item) => item.assignees.includes(userId))
    return { id: userId, words: nameOf(userId), isOn }
  })
  return (
    <Picker
      label={words.assign}
      anchor={anchor}
      multiple
      items={people}
      onToggle={(userId) => assignAll(board, ids, userId)}
      onClose={onClose}
    />
  )
}

function LabelPicker({ anchor, ids, onClose }: PickerProps) {
  const board = useBoard()
  const words = useWords().list
  useItems(board, ids)
  const labels = useValue(board.list.labels).map(({ id, title }): PickerItem => {
    return { id, words: title, isOn: haveAll(board, ids, (item) => item.labels.includes(id)) }
  })
  return (
    <Picker
      label={words.label}
      anchor={anchor}
      multiple
      items={labels}
      onToggle={(label) => labelAll(board, ids, label)}
      onCreate={(title) => labelAll(board, ids, null, title)}
      onClose={onClose}
    />
  )
}

/** Renders again when one of these items changes, through this person or others. */
function useItems({ list }: Board, ids: readonly string[]): void {
  const [, refresh] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const stops = ids.map((id) => list.items.item(id).subscribe(refresh))
    return () => {
      for (const stop of stops) stop()
    }
  }, [list, ids])
}

function haveAll(
  board: Board,
  ids: readonly string[],
  has: (item: NonNullable<ReturnType<typeof itemOf>>) => boolean,
): boolean {
  return ids.every((id) => {
    const item = itemOf(board, id)
    return item !== undefined && has(item)
  })
}
