import { useCan, useMembers, useValue } from '@tandem/client-sdk/react'
import { Calendar, Check, FolderInput, Tag, Trash2, Undo, UserPlus, X } from 'lucide-react'
import { lazy, type RefObject, Suspense, useRef, useState } from 'react'
import { useNameOf } from '../../together/names.ts'
import { MenuButton } from '../../ui/menu.tsx'
import { Picker, type PickerItem } from '../../ui/picker.tsx'
import { useWords } from '../../words/use-words.ts'
import { type Board, focusRow, useBoard } from '../board/board.ts'
import { useStore } from '../board/store.ts'
import { itemOf, remove, tick } from '../commands/item-commands.ts'
import { inOrder } from '../commands/moves.ts'
import { assignAll, dueActions, dueAll, labelAll } from './bulk-commands.ts'
import { NONE_SELECTED } from './selection.ts'
import './bulk-bar.css'

const DueDialog = lazy(() => import('./due-dialog.tsx').then(({ DueDialog }) => ({ default: DueDialog })))

type Choice = 'assign' | 'label' | 'due'

/** What can be done with all chosen rows at once; each is one step of undo. */
export function BulkBar() {
  const board = useBoard()
  const { list, selection, asking } = board
  const words = useWords().list
  const can = useCan(list)
  const chosen = useStore(selection, ({ ids }) => ids)
  const [choice, setChoice] = useState<Choice | null>(null)
  const bar = useRef<HTMLDivElement>(null)
  const ids = inOrder(board.order.getSnapshot().order, chosen)
  const areDone = ids.length > 0 && ids.every((id) => itemOf(board, id)?.done === true)
  const isNone = ids.length === 0
  const close = () => setChoice(null)

  return (
    <div ref={bar} className="bulk-bar" role="toolbar" aria-label={words.selection}>
      <span className="count grow" role="status">
        {words.selected(chosen.size)}
      </span>
      <button type="button" disabled={isNone || !can.tick} onClick={() => tick(board, ids, !areDone)}>
        {areDone ? <Undo aria-hidden /> : <Check aria-hidden />}
        <span>{areDone ? words.untickThem : words.tickThem}</span>
      </button>
      {can.edit && (
        <>
          <button type="button" disabled={isNone} onClick={() => asking.set({ what: 'move', ids })}>
            <FolderInput aria-hidden />
            <span>{words.moveTo}</span>
          </button>
          <button type="button" disabled={isNone} aria-haspopup="dialog" onClick={() => setChoice('assign')}>
            <UserPlus aria-hidden />
            <span>{words.assign}</span>
          </button>
          <button type="button" disabled={isNone} aria-haspopup="dialog" onClick={() => setChoice('label')}>
            <Tag aria-hidden />
            <span>{words.label}</span>
          </button>
          <MenuButton
            className=""
            label={words.due}
            isDisabled={isNone}
            icon={
              <>
                <Calendar aria-hidden />
                <span>{words.due}</span>
              </>
            }
            actions={() => dueActions(board, ids, () => setChoice('due'))}
          />
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
      {choice === 'assign' && <PeoplePicker anchor={bar} ids={ids} onClose={close} />}
      {choice === 'label' && <LabelPicker anchor={bar} ids={ids} onClose={close} />}
      {choice === 'due' && (
        <Suspense>
          <DueDialog onChoose={(date) => dueAll(board, ids, date)} onClose={close} />
        </Suspense>
      )}
    </div>
  )
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
  const people = useMembers(board.list).map(({ userId }): PickerItem => {
    return {
      id: userId,
      words: nameOf(userId),
      isOn: haveAll(board, ids, (item) => item.assignees.includes(userId)),
    }
  })
  return (
    <Picker
      label={words.peopleOfSelected}
      anchor={anchor}
      multiple={false}
      items={people}
      onToggle={(userId) => assignAll(board, ids, userId)}
      onClose={onClose}
    />
  )
}

function LabelPicker({ anchor, ids, onClose }: PickerProps) {
  const board = useBoard()
  const words = useWords().list
  const labels = useValue(board.list.labels).map(({ id, title }): PickerItem => {
    return { id, words: title, isOn: haveAll(board, ids, (item) => item.labels.includes(id)) }
  })
  return (
    <Picker
      label={words.labelsOfSelected}
      anchor={anchor}
      multiple={false}
      items={labels}
      onToggle={(label) => labelAll(board, ids, label)}
      onCreate={(title) => labelAll(board, ids, null, title)}
      onClose={onClose}
    />
  )
}

type Has = (item: NonNullable<ReturnType<typeof itemOf>>) => boolean

function haveAll(board: Board, ids: readonly string[], has: Has): boolean {
  return ids.every((id) => {
    const item = itemOf(board, id)
    return item !== undefined && has(item)
  })
}
