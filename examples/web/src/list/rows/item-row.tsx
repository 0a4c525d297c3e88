import type { Item } from '@tandem/client-sdk'
import { useCan, useItem } from '@tandem/client-sdk/react'
import { GripVertical, Info } from 'lucide-react'
import { type MouseEvent, memo } from 'react'
import { go } from '../../shell/route.ts'
import { useIsNew } from '../../together/digest.tsx'
import { RowCollision } from '../../together/row-collision.tsx'
import { RowPresence } from '../../together/row-presence.tsx'
import { useStore } from '../../ui/store.ts'
import { useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'
import { edit, tick } from '../commands/item-commands.ts'
import { ItemMeta } from '../detail/item-meta.tsx'
import { DONE } from '../order/order.ts'
import { toggled } from '../select/selection.ts'
import { RemovedRow } from './removed-row.tsx'
import { RowMenu } from './row-menu.tsx'
import { SelectBox } from './select-box.tsx'
import { TitleEditor } from './title-editor.tsx'

interface Props {
  readonly id: string
  readonly group: string
  readonly parent: string | null
  /** Of its subtasks; 0 of 0 when it has none. */
  readonly doneCount: number
  readonly totalCount: number
}

/** One item. It reads what concerns it alone, so that a tick of one of 5,000 renders one row. */
export const ItemRow = memo(function ItemRow(props: Props) {
  const { id, group, parent } = props
  const board = useBoard()
  const item = useItem(board.list, id)
  const isEditing = useStore(board.draft, (draft) => draft?.id === id)
  const isSelected = useStore(board.selection, ({ ids }) => ids.has(id))
  const isCurrent = useStore(board.cursor, (current) => current === id)
  const isGone = item === undefined || item.deleted !== null

  return (
    <li
      className="item"
      data-key={id}
      data-id={id}
      data-group={group}
      data-parent={parent ?? undefined}
      data-done={item?.done}
      data-selected={isSelected || undefined}
      data-current={isCurrent || undefined}
      data-removed={isGone || undefined}
    >
      {isGone ? (
        <RemovedRow id={id} item={item} isEditing={isEditing} />
      ) : (
        <LiveRow {...props} item={item} isEditing={isEditing} isCurrent={isCurrent} />
      )}
    </li>
  )
})

interface LiveProps extends Props {
  readonly item: Item
  readonly isEditing: boolean
  readonly isCurrent: boolean
}

function LiveRow({ id, group, parent, item, isEditing, isCurrent, doneCount, totalCount }: LiveProps) {
  const board = useBoard()
  const { list } = board
  const words = useWords().list
  const can = useCan(list)
  const isNew = useIsNew(list, id)
  const isSelecting = useStore(board.selection, ({ isOn }) => isOn)
  const tab = isCurrent ? 0 : -1
  const subtaskOf = parent === null ? undefined : list.items.item(parent).getSnapshot()?.title

  /** A touch in the mode of choosing chooses; a mouse has keys for ranges. */
  function pressTitle(event: MouseEvent): void {
    const { selection } = board
    if (isSelecting || event.metaKey || event.ctrlKey) selection.set(toggled(selection.get(), id))
    else edit(board, id)
  }

  return (
    <>
      {!isSelecting && (
        <span className="handle" data-handle={(can.edit && group !== DONE) || undefined} aria-hidden>
          {can.edit && group !== DONE && <GripVertical />}
        </span>
      )}
      {isSelecting && <SelectBox id={id} title={item.title} tab={tab} />}
      <label className="tick">
        <input
          type="checkbox"
          data-focus
          aria-label={item.title}
          aria-description={subtaskOf === undefined ? undefined : words.subtaskOf(subtaskOf)}
          tabIndex={tab}
          checked={item.done}
          disabled={!can.tick}
          onChange={() => tick(board, [id], !item.done)}
        />
      </label>
      <div className="item-main">
        {isEditing ? (
          <TitleEditor id={id} title={item.title} isLocked={!can.edit} />
        ) : (
          <button
            type="button"
            className="title"
            tabIndex={tab}
            aria-label={isSelecting ? words.selectItem(item.title) : words.rename(item.title)}
            disabled={!can.edit && !isSelecting}
            onClick={pressTitle}
          >
            <bdi>{item.title}</bdi>
          </button>
        )}
        <div className="item-meta">
          {totalCount > 0 && (
            <span className="progress" data-full={doneCount === totalCount || undefined}>
              <span aria-hidden>{words.progress(doneCount, totalCount)}</span>
              <span className="only-read">{words.progressSaid(doneCount, totalCount)}</span>
            </span>
          )}
          <ItemMeta list={list} item={item} />
        </div>
        <RowCollision list={list} id={id} canEdit={can.edit} />
      </div>
      <RowPresence list={list} id={id} />
      {isNew && <span className="new-dot" role="img" aria-label={words.isNew} />}
      {item.pending && <span className="pending" role="img" aria-label={words.notSaved} />}
      <button
        type="button"
        className="quiet icon tool info"
        tabIndex={tab}
        aria-label={words.detailsOf(item.title)}
        onClick={() => go({ page: 'list', id: list.id, item: id })}
      >
        <Info aria-hidden />
      </button>
      <RowMenu id={id} title={item.title} tab={tab} />
    </>
  )
}
