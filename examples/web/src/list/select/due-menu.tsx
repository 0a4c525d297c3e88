import type { List } from '@tandem/client-sdk'
import { type RefObject, useState } from 'react'
import { OpenMenu } from '../../ui/menu.tsx'
import { useWords } from '../../words/use-words.ts'
import { dueActions, dueAll } from '../commands/bulk-commands.ts'
import { DueDialog } from './due-dialog.tsx'

interface Props {
  readonly list: List
  readonly anchor: RefObject<HTMLElement | null>
  readonly ids: readonly string[]
  readonly onClose: () => void
}

/** The days people mean most; any other in a window of its own. */
export function DueMenu({ list, anchor, ids, onClose }: Props) {
  const words = useWords().list
  const [isOther, setOther] = useState(false)
  if (isOther) return <DueDialog onChoose={(date) => dueAll(list, ids, date)} onClose={onClose} />
  let isGoingOn = false
  const other = (): void => {
    isGoingOn = true
    setOther(true)
  }
  return (
    <OpenMenu
      label={words.due}
      anchor={anchor}
      actions={dueActions(list, ids, other)}
      // The menu closes by every choice, also by the one that only leads on.
      onClose={() => !isGoingOn && onClose()}
    />
  )
}
