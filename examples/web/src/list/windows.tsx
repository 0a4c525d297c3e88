import { lazy, Suspense } from 'react'
import { useBoard } from './board/board.ts'
import { useStore } from './board/store.ts'

const MoveDialog = lazy(() =>
  import('./move/move-dialog.tsx').then(({ MoveDialog }) => ({ default: MoveDialog })),
)
const PurgeQuestion = lazy(() =>
  import('./trash/purge-question.tsx').then(({ PurgeQuestion }) => ({ default: PurgeQuestion })),
)
const BulkBar = lazy(() => import('./select/bulk-bar.tsx').then(({ BulkBar }) => ({ default: BulkBar })))

/** What opens over the rows. */
export function Windows() {
  const { asking, selection } = useBoard()
  const asked = useStore(asking, (one) => one)
  const isSelecting = useStore(selection, ({ isOn }) => isOn)
  const close = () => asking.set(null)
  return (
    <Suspense>
      {isSelecting && <BulkBar />}
      {asked?.what === 'move' && <MoveDialog ids={asked.ids} onClose={close} />}
      {asked?.what === 'purge' && <PurgeQuestion ids={asked.ids} onClose={close} />}
    </Suspense>
  )
}
