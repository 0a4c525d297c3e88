import type { AcrossRow } from '@tandem/client-sdk'
import { useAcross, useClient, useValue } from '@tandem/client-sdk/react'
import { RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Page } from '../shell/page.tsx'
import { momentWords } from '../state/moment.ts'
import { later } from '../ui/later.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'
import { Looking } from './smart/looking.tsx'
import { purgeRows, restoreRow } from './smart/row-actions.ts'
import { keyOf } from './smart/use-kept.ts'
import './smart/smart.css'

const Ask = later(async () => (await import('../ui/ask.tsx')).Ask)

/** What was deleted from any list, latest first. */
export function TrashPage() {
  const client = useClient()
  const words = useWords().lists
  const across = useAcross({ trash: true })
  const editable = useEditable()
  const [asked, setAsked] = useState<readonly AcrossRow[]>([])
  const names = useValue(client.names)
  const mine = across.rows.filter(({ listId }) => editable.has(listId))
  const [only] = asked

  return (
    <Page title={words.trash}>
      <header className="bar wrap">
        <h1 className="grow">{words.trash}</h1>
        <Looking across={across} />
        {mine.length > 1 && (
          <button type="button" className="quiet" onClick={() => setAsked(mine)}>
            <Trash2 aria-hidden />
            {words.emptyTrash}
          </button>
        )}
      </header>
      {across.rows.length === 0 && across.isComplete && (
        <section className="empty">
          <h2>{words.trashEmpty}</h2>
          <p className="muted">{words.trashEmptyText}</p>
        </section>
      )}
      {across.rows.length > 0 && <p className="muted">{words.trashText}</p>}
      <ul>
        {across.rows.map((row) => (
          <TrashRow
            key={keyOf(row)}
            row={row}
            who={names[row.listId]?.[row.item.deleted?.by ?? ''] ?? null}
            mayEdit={editable.has(row.listId)}
            onPurge={() => setAsked([row])}
          />
        ))}
      </ul>
      {only !== undefined && (
        <Ask
          title={
            asked.length === 1 ? words.forGoodTitle(only.item.title) : words.emptyTrashTitle(asked.length)
          }
          yes={words.forGood}
          no={words.cancel}
          onYes={() => void purgeRows(client, asked)}
          onClose={() => setAsked([])}
        >
          <p>{words.forGoodText}</p>
        </Ask>
      )}
    </Page>
  )
}

interface TrashRowProps {
  readonly row: AcrossRow
  /** Null: nobody here knows the name. */
  readonly who: string | null
  readonly mayEdit: boolean
  readonly onPurge: () => void
}

function TrashRow({ row, who, mayEdit, onPurge }: TrashRowProps) {
  const client = useClient()
  const words = useWords()
  const { tag } = useLanguage()
  const { item, listTitle } = row
  const when = item.deleted === null ? '' : momentWords(item.deleted.at, tag, words.state)
  const isMine = item.deleted?.by === row.me
  const said = who === null ? words.lists.deletedAt(when) : words.lists.deletedBy(who, when)

  return (
    <li className="light-row">
      <span className="light-open grow">
        <span className="light-title">
          <bdi>{item.title}</bdi>
        </span>
        <span className="light-meta">
          <bdi>{listTitle}</bdi>
          <span>{isMine ? words.lists.deletedByYou(when) : said}</span>
        </span>
      </span>
      {mayEdit && (
        <>
          <button
            type="button"
            className="quiet"
            aria-label={words.lists.restoreOf(item.title)}
            onClick={() => void restoreRow(client, row)}
          >
            <RotateCcw aria-hidden />
            <span className="wide-only">{words.lists.restore}</span>
          </button>
          <button
            type="button"
            className="quiet icon"
            aria-label={words.lists.forGoodOf(item.title)}
            title={words.lists.forGood}
            onClick={onPurge}
          >
            <Trash2 aria-hidden />
          </button>
        </>
      )}
    </li>
  )
}

/** The lists whose trash this person may empty. */
function useEditable(): ReadonlySet<string> {
  const lists = useValue(useClient().lists)
  const mine = lists.filter(({ role, isNew }) => isNew || role === 'owner' || role === 'editor')
  return new Set(mine.map(({ id }) => id))
}
