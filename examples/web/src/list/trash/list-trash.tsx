import type { Item } from '@tandem/client-sdk'
import { useCan, useValue } from '@tandem/client-sdk/react'
import { RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useNameOf } from '../../together/names.ts'
import { useLanguage, useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'
import './list-trash.css'

/** How many are in the page at first: a trash may hold thousands. */
const FIRST = 50

/** What was deleted from this list, by whom and when. Anybody who may edit brings it back. */
export function ListTrash() {
  const { list } = useBoard()
  const words = useWords().list
  const items = useValue(list.items.trash)
  const [isOpen, setOpen] = useState(false)
  if (items.length === 0) return null
  return (
    <details className="list-trash" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.trash(items.length)}</summary>
      {isOpen && <TrashRows items={items} />}
    </details>
  )
}

function TrashRows({ items }: { items: readonly Item[] }) {
  const { list, asking } = useBoard()
  const words = useWords().list
  const { tag } = useLanguage()
  const can = useCan(list)
  const nameOf = useNameOf(list)
  const [shown, setShown] = useState(FIRST)
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' })
  const newest = [...items].sort((a, b) => (b.deleted?.at ?? 0) - (a.deleted?.at ?? 0))
  return (
    <>
      <p className="muted small">{words.trashHint}</p>
      <ul>
        {newest.slice(0, shown).map(({ id, title, deleted }) => (
          <li key={id} className="trashed">
            <span className="grow">
              <span dir="auto">{title}</span>
              {deleted !== null && (
                <span className="muted small">
                  {words.deletedBy(nameOf(deleted.by), format.format(deleted.at))}
                </span>
              )}
            </span>
            {can.edit && (
              <>
                <button
                  type="button"
                  className="quiet icon"
                  aria-label={words.restoreItem(title)}
                  title={words.restore}
                  onClick={() => list.items.restore(id)}
                >
                  <RotateCcw aria-hidden />
                </button>
                <button
                  type="button"
                  className="quiet icon"
                  aria-label={words.purgeItem(title)}
                  title={words.purge}
                  onClick={() => asking.set({ what: 'purge', ids: [id] })}
                >
                  <Trash2 aria-hidden />
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      <div className="row wrap">
        {newest.length > shown && (
          <button type="button" className="quiet" onClick={() => setShown(shown + FIRST * 4)}>
            {words.showMore}
          </button>
        )}
        {can.edit && (
          <button
            type="button"
            className="quiet"
            onClick={() => asking.set({ what: 'purge', ids: items.map(({ id }) => id) })}
          >
            {words.emptyTrash}
          </button>
        )}
      </div>
    </>
  )
}
