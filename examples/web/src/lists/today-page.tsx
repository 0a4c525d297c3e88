import type { AcrossRow } from '@tandem/client-sdk'
import { useAcross } from '@tandem/client-sdk/react'
import { isOverdue } from '../list/detail/due-words.ts'
import { useNow } from '../list/detail/use-now.ts'
import { Page } from '../shell/page.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'
import { Looking } from './smart/looking.tsx'
import { SmartRow } from './smart/smart-row.tsx'
import { keyOf, useKept } from './smart/use-kept.ts'

/** What is due, from all lists. */
export function TodayPage() {
  const words = useWords().lists
  const { tag } = useLanguage()
  const now = useNow()
  const today = now.slice(0, 10)
  const across = useAcross({ dueUntil: today, done: false })
  const rows = useKept(across.rows, ({ item }) => item.due !== null && item.due.date <= today)
  const isLate = ({ item }: AcrossRow): boolean => item.due !== null && isOverdue(item.due, now)
  const late = rows.filter(isLate)
  const due = rows.filter((row) => !isLate(row))

  return (
    <Page title={words.today}>
      <header className="bar wrap">
        <div className="grow">
          <h1>{words.today}</h1>
          <p className="muted">
            {new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' }).format(
              new Date(),
            )}
          </p>
        </div>
        <Looking across={across} />
      </header>
      {rows.length === 0 && across.isComplete && (
        <section className="empty">
          <h2>{words.todayEmpty}</h2>
          <p className="muted">{words.todayEmptyText}</p>
        </section>
      )}
      {late.length > 0 && (
        <section className="smart-group">
          <h2 data-overdue>{words.overdue}</h2>
          <ul>
            {late.map((row) => (
              <SmartRow key={keyOf(row)} row={row} />
            ))}
          </ul>
        </section>
      )}
      {due.length > 0 && (
        <section className="smart-group">
          <h2>{words.dueToday}</h2>
          <ul>
            {due.map((row) => (
              <SmartRow key={keyOf(row)} row={row} isDayKnown />
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}
