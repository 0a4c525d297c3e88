import type { Id, ListInfo } from '@tandem/client-sdk'
import { useClient, useValue } from '@tandem/client-sdk/react'
import { type ComponentType, lazy, Suspense } from 'react'
import { askAboutList, type ListQuestion, useListQuestion } from './dialog-store.ts'

export interface ListDialogProps {
  readonly info: ListInfo
  readonly onClose: () => void
}

const Folder = lazy(() =>
  import('./dialogs/folder.tsx').then(({ FolderDialog }) => ({ default: FolderDialog })),
)
const Sort = lazy(() => import('./dialogs/sort.tsx').then(({ SortDialog }) => ({ default: SortDialog })))
const Copy = lazy(() => import('./dialogs/copy.tsx').then(({ CopyDialog }) => ({ default: CopyDialog })))
const CopyWhich = lazy(() => import('./dialogs/copy.tsx').then(({ CopyWhich }) => ({ default: CopyWhich })))
const Export = lazy(() =>
  import('./dialogs/export.tsx').then(({ ExportDialog }) => ({ default: ExportDialog })),
)
const Import = lazy(() =>
  import('./import/import-dialog.tsx').then(({ ImportDialog }) => ({ default: ImportDialog })),
)
const Leave = lazy(() => import('./dialogs/end.tsx').then(({ LeaveDialog }) => ({ default: LeaveDialog })))
const Delete = lazy(() => import('./dialogs/end.tsx').then(({ DeleteDialog }) => ({ default: DeleteDialog })))

const ABOUT_ONE: Readonly<
  Record<Exclude<ListQuestion['ask'], 'import' | 'copy-which'>, ComponentType<ListDialogProps>>
> = {
  folder: Folder,
  sort: Sort,
  copy: Copy,
  export: Export,
  leave: Leave,
  delete: Delete,
}

/** The questions that the menus of lists ask. Mounted once, above all pages. */
export function ListDialogs() {
  const question = useListQuestion()
  if (question === null) return null
  const close = (): void => askAboutList(null)
  return (
    <Suspense>
      {question.ask === 'import' && <Import listId={question.listId} onClose={close} />}
      {question.ask === 'copy-which' && <CopyWhich onClose={close} />}
      {question.ask !== 'import' && question.ask !== 'copy-which' && (
        <AboutOne ask={question.ask} listId={question.listId} onClose={close} />
      )}
    </Suspense>
  )
}

interface AboutOneProps {
  readonly ask: keyof typeof ABOUT_ONE
  readonly listId: Id
  readonly onClose: () => void
}

/** A list that is gone meanwhile takes its question with it. */
function AboutOne({ ask, listId, onClose }: AboutOneProps) {
  const info = useValue(useClient().lists, (lists) => lists.find(({ id }) => id === listId))
  const Ask = ABOUT_ONE[ask]
  return info === undefined ? null : <Ask info={info} onClose={onClose} />
}
