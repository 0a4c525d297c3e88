import type { Parsed } from '@tandem/client-sdk/exchange'
import { type FormEvent, useState } from 'react'
import { useLanguage, useWords } from '../../words/use-words.ts'

interface Props {
  readonly parsed: Parsed
  readonly title: string
  readonly isNew: boolean
  readonly onImport: (title: string) => void
  readonly onOther: () => void
}

const SHOWN_ITEMS = 6
const SHOWN_SKIPPED = 50

/** What was understood, and what was not, before anything happens. */
export function Preview({ parsed, title, isNew, onImport, onOther }: Props) {
  const words = useWords().lists
  const { tag } = useLanguage()
  const [name, setName] = useState(title)
  const count = parsed.items.length
  const found = [
    words.importItems(count),
    ...(parsed.sections.length === 0 ? [] : [words.importSections(parsed.sections.length)]),
    ...(parsed.labels.length === 0 ? [] : [words.importLabels(parsed.labels.length)]),
  ]
  const hasAnything = count > 0 || parsed.sections.length > 0

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!isNew || name.trim() !== '') onImport(name.trim())
  }

  return (
    <form className="stack" onSubmit={submit}>
      <p role="status">
        {hasAnything ? words.importFound(new Intl.ListFormat(tag).format(found)) : words.importNothing}
      </p>
      {count > 0 && (
        <ul className="preview">
          {parsed.items.slice(0, SHOWN_ITEMS).map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was read from a file does not change
            <li key={at} data-done={item.done} data-subtask={item.parent !== null}>
              <bdi>{item.title}</bdi>
            </li>
          ))}
          {count > SHOWN_ITEMS && <li className="muted">{words.importAndMore(count - SHOWN_ITEMS)}</li>}
        </ul>
      )}
      {parsed.skippedCount > 0 && hasAnything && <SkippedRows parsed={parsed} />}
      {isNew && hasAnything && (
        <label className="field">
          {words.importName}
          <input
            dir="auto"
            autoComplete="off"
            maxLength={1000}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
      )}
      <div className="row wrap">
        {hasAnything && (
          <button type="submit" className="primary" disabled={isNew && name.trim() === ''}>
            {words.importDo(count)}
          </button>
        )}
        <button type="button" onClick={onOther}>
          {words.importOther}
        </button>
      </div>
    </form>
  )
}

function SkippedRows({ parsed }: { parsed: Parsed }) {
  const words = useWords().lists
  const shown = parsed.skipped.slice(0, SHOWN_SKIPPED)
  return (
    <details className="skipped">
      <summary>{words.importSkipped(parsed.skippedCount)}</summary>
      <ul className="small">
        {shown.map(({ row, why, text }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was read from a file does not change
          <li key={at}>
            <strong>{words.importRow(row)}</strong> {words.skipped[why]}
            {text !== '' && (
              <span className="muted">
                {' '}
                <bdi>{text}</bdi>
              </span>
            )}
          </li>
        ))}
        {parsed.skippedCount > shown.length && (
          <li className="muted">{words.importAndMore(parsed.skippedCount - shown.length)}</li>
        )}
      </ul>
    </details>
  )
}
