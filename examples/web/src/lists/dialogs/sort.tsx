import type { Sort } from '@tandem/client-sdk'
import { useClient } from '@tandem/client-sdk/react'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words/use-words.ts'
import type { ListDialogProps } from '../list-dialogs.tsx'
import './dialogs.css'

const SORTS: readonly Sort[] = ['manual', 'due', 'priority', 'title', 'created', 'assignee']

/** In which order this person sees the list. */
export function SortDialog({ info, onClose }: ListDialogProps) {
  const client = useClient()
  const words = useWords()
  return (
    <Dialog title={words.lists.sortOf(info.title)} closeWords={words.shell.close} onClose={onClose}>
      <fieldset className="choices">
        <legend className="only-read">{words.lists.sortOf(info.title)}</legend>
        {SORTS.map((sort) => (
          <label key={sort} className="choice">
            <input
              type="radio"
              name="sort"
              checked={info.mine.sort === sort}
              onChange={() => client.lists.mine(info.id, { sort })}
            />
            {words.lists.sorts[sort]}
          </label>
        ))}
      </fieldset>
      <div className="row">
        <p className="muted small grow">{words.lists.onlyYou}</p>
        <button type="button" className="primary" onClick={onClose}>
          {words.lists.done}
        </button>
      </div>
    </Dialog>
  )
}
