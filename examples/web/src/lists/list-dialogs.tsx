import type { Id, ListInfo } from '@tandem/client-sdk'
import { useClient, useValue } from '@tandem/client-sdk/react'
import type { ComponentType } from 'react'
import { later } from '../ui/later.tsx'
import { askAboutList, type ListQuestion, useListQuestion } from './dialog-store.ts'

export interface ListDialogProps {
  readonly info: ListInfo
  readonly onClose: () => void
}

const Folder = later(async () => (await import('./dialogs/folder.tsx')).FolderDialog)
const Sort = later(async () => (await import('./dialogs/sort.tsx')).SortDialog)
const Copy = later(async () => (await import('./dialogs/copy.tsx')).CopyDialog)
const CopyWhich = later(async () => (await import('./dialogs/copy.tsx')).CopyWhich)
const Export = later(async () => (await import('./dialogs/export.tsx')).ExportDialog)
const Import = later(async () => (await import('./import/import-dialog.tsx')).ImportDialog)
const Leave = later(async () => (await import('./dialogs/end.tsx')).LeaveDialog)
const Delete = later(async () => (await import('./dialogs/end.tsx')).DeleteDialog)

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
    <>
      {question.ask === 'import' && <Import listId={question.listId} onClose={close} />}
      {question.ask === 'copy-which' && <CopyWhich onClose={close} />}
      {question.ask !== 'import' && question.ask !== 'copy-which' && (
        <AboutOne ask={question.ask} listId={question.listId} onClose={close} />
      )}
    </>
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
