import type { List } from '@tandem/client-sdk'
import { useCan, useStatus, useValue } from '@tandem/client-sdk/react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { RoleNotice } from '../sharing/role-notice.tsx'
import { Page } from '../shell/page.tsx'
import { go, useRoute } from '../shell/route.ts'
import { AttentionBox } from '../state/attention-box.tsx'
import { Collisions } from '../together/collisions.tsx'
import { Digest } from '../together/digest.tsx'
import { later } from '../ui/later.tsx'
import { useStore } from '../ui/store.ts'
import { useOnLeave } from '../ui/use-on-leave.ts'
import { onAsk } from './add/asks.ts'
import { QuickAdd } from './add/quick-add.tsx'
import { type Board, BoardContext, createBoard, focusRow, shownIds } from './board/board.ts'
import { edit, endEdit } from './commands/item-commands.ts'
import { closeUndoToast } from './commands/undo-toast.ts'
import { Empty } from './empty.tsx'
import { ListHeader } from './header/list-header.tsx'
import { useFilteredOut } from './header/use-filtered-out.ts'
import { ViewChips } from './header/view-chips.tsx'
import { useFocusAfter } from './keys/use-focus-after.ts'
import { useListCommands } from './keys/use-list-commands.tsx'
import { useListKeys } from './keys/use-list-keys.ts'
import { DONE, inLane, type Order } from './order/order.ts'
import { NO_FILTER } from './order/outline.ts'
import { NewAbove } from './rows/new-above.tsx'
import { Rows } from './rows/rows.tsx'
import { ListTrash } from './trash/list-trash.tsx'
import { Windows } from './windows.tsx'
import './open-list.css'

const ItemDetail = later(async () => (await import('./detail/item-detail.tsx')).ItemDetail)

/** A list that this person may see. */
export function OpenList({ list }: { list: List }) {
  const { sort } = useValue(list.info).mine
  const [board] = useState(() => createBoard(list, { sort, filter: NO_FILTER }))
  const filter = useStore(board.filter, (one) => one)
  useEffect(() => board.order.look({ sort, filter }), [board, sort, filter])
  useEffect(() => closeUndoToast, [])
  useOnLeave(() => endEdit(board, { isSaved: true }))
  useAsks(board)
  useFilteredOut(board)
  useListKeys(board)
  useListCommands(board)

  return (
    <BoardContext value={board}>
      <ListColumn board={board} isManual={sort === 'manual'} />
      <Detail board={board} />
      <Windows />
    </BoardContext>
  )
}

function ListColumn({ board, isManual }: { board: Board; isManual: boolean }) {
  const { list } = board
  const { title } = useValue(list.info)
  const can = useCan(list)
  const counts = useCounts(board)
  return (
    <Page title={title} className="list-page">
      <ListHeader />
      <RoleNotice list={list} />
      <NeedsAttention list={list} />
      <Digest list={list} />
      <Collisions list={list} canEdit={can.edit} />
      <div className="add-bar">
        <QuickAdd list={list} />
      </div>
      <ViewChips />
      <div>
        <NewAbove />
        <Empty list={list} openCount={counts.open} allCount={counts.all} />
        <Rows isManual={isManual} />
      </div>
      <ListTrash />
    </Page>
  )
}

/** Being signed out, and a device that does not save, concern every list: the whole page says so above. */
const SAID_ABOVE: readonly string[] = ['auth-expired', 'storage-failed', 'quota']

function NeedsAttention({ list }: { list: List }) {
  const status = useStatus(list)
  const { title } = useValue(list.info)
  if (status.state !== 'attention' || SAID_ABOVE.includes(status.reason)) return null
  return <AttentionBox status={status} name={title} />
}

function Detail({ board }: { board: Board }) {
  const { list } = board
  const route = useRoute()
  const item = route.page === 'list' ? route.item : undefined
  useFocusAfter(board, item)
  if (item === undefined) return null
  return <ItemDetail list={list} id={item} onClose={() => go({ page: 'list', id: list.id })} />
}

/** Kept as one value while it says the same: the page around the rows is not rendered for each of them. */
function useCounts(board: Board): { readonly open: number; readonly all: number } {
  const known = useRef({ open: 0, all: 0 })
  return useSyncExternalStore(board.order.subscribe, () => {
    const next = countsOf(board.order.getSnapshot().order)
    const isSame = next.open === known.current.open && next.all === known.current.all
    if (!isSame) known.current = next
    return known.current
  })
}

function countsOf(order: Order): { open: number; all: number } {
  let all = 0
  for (const group of order.groups) all += inLane(order, group).length
  return { open: all - inLane(order, DONE).length, all }
}

/** What the add field asks of the rows. */
function useAsks(board: Board): void {
  useEffect(
    () =>
      onAsk(board.list.id, (ask) => {
        const id = ask.what === 'show' ? ask.item : lastOpen(board)
        if (id === null || !shownIds(board).includes(id)) return false
        if (ask.what === 'show') focusRow(board, id)
        else edit(board, id)
        return true
      }),
    [board],
  )
}

function lastOpen(board: Board): string | null {
  const done = new Set(inLane(board.order.getSnapshot().order, DONE))
  return shownIds(board).findLast((id) => !done.has(id)) ?? null
}
