import { useAcross } from '@tandem/client-sdk/react'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { Page } from '../shell/page.tsx'
import { go, useRoute } from '../shell/route.ts'
import { useWords } from '../words/use-words.ts'
import { excerptOf, Highlight } from './smart/highlight.tsx'
import { Looking } from './smart/looking.tsx'
import { SmartRow } from './smart/smart-row.tsx'
import { keyOf } from './smart/use-kept.ts'

/** More than a person reads through. */
const MOST = 100

/** Items of all lists by their words, found on this device. The address keeps the search. */
export function SearchPage() {
  const words = useWords().lists
  const route = useRoute()
  const [text, setText] = useState(route.page === 'search' ? route.text : '')
  const [isWithDone, setWithDone] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  // A search from elsewhere while this page is open: a link, the palette, Back.
  const asked = route.page === 'search' ? route.text : text
  const [lastAsked, setLastAsked] = useState(asked)
  if (asked !== lastAsked) {
    setLastAsked(asked)
    if (asked !== text.trim()) setText(asked)
  }

  function type(next: string): void {
    setText(next)
    go({ page: 'search', text: next.trim() }, { replace: true })
  }

  return (
    <Page title={words.search}>
      <h1 className="only-read">{words.search}</h1>
      <search className="stack">
        <input
          ref={field}
          type="search"
          aria-label={words.searchField}
          placeholder={words.searchField}
          dir="auto"
          autoComplete="off"
          maxLength={1000}
          value={text}
          onChange={(event) => type(event.target.value)}
        />
        <label>
          <input
            type="checkbox"
            checked={isWithDone}
            onChange={(event) => setWithDone(event.target.checked)}
          />
          {words.searchDone}
        </label>
      </search>
      {text.trim() === '' ? (
        <p className="muted">{words.searchStart}</p>
      ) : (
        <Found text={text.trim()} isWithDone={isWithDone} onWithDone={() => setWithDone(true)} />
      )}
    </Page>
  )
}

interface FoundProps {
  readonly text: string
  readonly isWithDone: boolean
  readonly onWithDone: () => void
}

function Found({ text, isWithDone, onWithDone }: FoundProps) {
  const words = useWords().lists
  const search = useDeferredValue(text)
  const across = useAcross({ text: search, limit: MOST + 1, ...(isWithDone ? {} : { done: false }) })
  const rows = across.rows.slice(0, MOST)
  return (
    <>
      <div className="bar">
        <p className="muted small" role="status">
          {across.isComplete && rows.length > 0 && words.searchFound(rows.length)}
        </p>
        <Looking across={across} />
      </div>
      {rows.length === 0 && across.isComplete && (
        <section className="empty">
          <h2>{words.searchNone(search)}</h2>
          {!isWithDone && (
            <p className="row wrap muted">
              {words.searchNoneDone}
              <button type="button" onClick={onWithDone}>
                {words.searchDone}
              </button>
            </p>
          )}
        </section>
      )}
      <ul>
        {rows.map((row) => {
          const notes = excerptOf(row.item.notes, search)
          return (
            <SmartRow key={keyOf(row)} row={row} title={<Highlight text={row.item.title} search={search} />}>
              {notes !== null && (
                <span className="light-notes">
                  <bdi>
                    <Highlight text={notes} search={search} />
                  </bdi>
                </span>
              )}
            </SmartRow>
          )
        })}
      </ul>
      {across.rows.length > MOST && <p className="muted">{words.searchMore}</p>}
    </>
  )
}
