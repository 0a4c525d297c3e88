import { useCan, useClient } from '@tandem/client-sdk/react'
import { CircleCheck, History, MoreHorizontal } from 'lucide-react'
import { listActions } from '../../lists/list-menu.tsx'
import { ShareButton } from '../../sharing/share-button.tsx'
import { ListStatus } from '../../state/list-status.tsx'
import { PeopleHere } from '../../together/people-here.tsx'
import { MenuButton } from '../../ui/menu.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'
import { NONE_SELECTED } from '../select/selection.ts'
import { FilterButton } from './filter-button.tsx'
import { ListTitle } from './list-title.tsx'
import { UndoButtons } from './undo-buttons.tsx'
import './list-header.css'

/** What list this is, how it is saved, who is here, and what can be done with all of it. */
export function ListHeader() {
  const board = useBoard()
  const { list } = board
  const client = useClient()
  const words = useWords()
  const can = useCan(list)
  return (
    <header className="list-header">
      <div className="list-title">
        <ListTitle list={list} />
        <ListStatus list={list} />
      </div>
      <div className="list-tools">
        <PeopleHere list={list} />
        <ShareButton list={list} />
        <UndoButtons list={list} />
        <FilterButton />
        <MenuButton
          label={words.list.more}
          icon={<MoreHorizontal aria-hidden />}
          actions={() => [
            ...(can.edit
              ? [
                  {
                    id: 'select',
                    words: words.list.select,
                    icon: <CircleCheck aria-hidden />,
                    run: () => board.selection.set({ ...NONE_SELECTED, isOn: true }),
                  },
                ]
              : []),
            {
              id: 'history',
              words: words.list.history,
              icon: <History aria-hidden />,
              run: () => board.asking.set({ what: 'history', ids: [] }),
            },
            ...listActions(client, { id: list.id }, words),
          ]}
        />
      </div>
    </header>
  )
}
