import { later } from '../ui/later.tsx'
import { useStore } from '../ui/store.ts'
import { useBoard } from './board/board.ts'

const MoveDialog = later(async () => (await import('./move/move-dialog.tsx')).MoveDialog)
const PurgeQuestion = later(async () => (await import('./trash/purge-question.tsx')).PurgeQuestion)
const HistoryDialog = later(async () => (await import('./history/history-dialog.tsx')).HistoryDialog)
const Pickers = later(async () => (await import('./select/pickers.tsx')).Pickers)
const BulkBar = later(async () => (await import('./select/bulk-bar.tsx')).BulkBar)

/** What opens over the rows. */
export function Windows() {
  const { list, asking, selection } = useBoard()
  const asked = useStore(asking, (one) => one)
  const isSelecting = useStore(selection, ({ isOn }) => isOn)
  const close = () => asking.set(null)
  return (
    <>
      {isSelecting && <BulkBar />}
      {asked?.what === 'move' && <MoveDialog ids={asked.ids} onClose={close} />}
      {asked?.what === 'purge' && <PurgeQuestion ids={asked.ids} onClose={close} />}
      {asked?.what === 'history' && <HistoryDialog list={list} itemId={asked.ids[0]} onClose={close} />}
      {asked !== null && <Pickers asked={asked} onClose={close} />}
    </>
  )
}
