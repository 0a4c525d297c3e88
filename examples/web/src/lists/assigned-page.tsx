import type { AcrossRow } from '@tandem/client-sdk'
import { useAcross } from '@tandem/client-sdk/react'
import { Page } from '../shell/page.tsx'
import { follow } from '../shell/route.ts'
import { useWords } from '../words/use-words.ts'
import { Looking } from './smart/looking.tsx'
import { SmartRow } from './smart/smart-row.tsx'
import { keyOf, useKept } from './smart/use-kept.ts'

/** What is this person's to do, list by list. */
export function AssignedPage() {
  const words = useWords().lists
  const across = useAcross({ assignee: 'me', done: false })
  const rows = useKept(across.rows, () => true)
  const lists = byList(rows)

  return (
    <Page title={words.assigned}>
      <header className="bar wrap">
        <h1 className="grow">{words.assigned}</h1>
        <Looking across={across} />
      </header>
      {rows.length === 0 && across.isComplete && (
        <section className="empty">
          <h2>{words.assignedEmpty}</h2>
          <p className="muted">{words.assignedEmptyText}</p>
        </section>
      )}
      {[...lists].map(([listId, ofList]) => (
        <section key={listId} className="smart-group">
          <h2>
            <a className="alone" {...follow({ page: 'list', id: listId })}>
              <bdi>{ofList[0]?.listTitle}</bdi>
            </a>
          </h2>
          <ul>
            {ofList.map((row) => (
              <SmartRow key={keyOf(row)} row={row} isListKnown />
            ))}
          </ul>
        </section>
      ))}
    </Page>
  )
}

function byList(rows: readonly AcrossRow[]): ReadonlyMap<string, readonly AcrossRow[]> {
  const lists = new Map<string, AcrossRow[]>()
  for (const row of rows) {
    const ofList = lists.get(row.listId) ?? []
    ofList.push(row)
    lists.set(row.listId, ofList)
  }
  return lists
}
