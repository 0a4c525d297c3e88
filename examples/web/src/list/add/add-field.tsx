import { Plus } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { ask } from './asks.ts'
import { type Completion, completionsAt } from './completions.ts'
import type { ParseContext } from './parse-types.ts'
import { optionId, Suggestions } from './suggestions.tsx'
import type { AddDraft } from './use-draft.ts'

interface Props {
  readonly listId: string
  readonly field: RefObject<HTMLInputElement | null>
  readonly draft: AddDraft
  readonly context: ParseContext
  readonly describedBy: string | null
  readonly isInvalid: boolean
  readonly isLocked: boolean
  readonly canAdd: boolean
  readonly onText: (text: string) => void
  readonly onPaste: (event: ClipboardEvent) => void
  readonly onEmptyBackspace: () => void
}

/** The field and what it suggests behind `@`, `#` and `/`. */
export function AddField(props: Props) {
  const { listId, field, draft, context, describedBy, isInvalid, isLocked, canAdd, onText } = props
  const words = useWords().add
  const suggestionsId = useId()
  const helpId = useId()
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(0)
  /** For which text the person does not want any. */
  const [closedFor, setClosedFor] = useState<string | null>(null)
  const isOpen = !isLocked && closedFor !== draft.text
  const offered = isOpen ? completionsAt(draft.text, caret, context) : null
  const at = offered === null ? 0 : Math.min(active, offered.found.length - 1)

  function choose(completion: Completion): void {
    if (offered === null) return
    const mark = draft.text[offered.start] ?? ''
    const before = `${draft.text.slice(0, offered.start)}${mark}${completion.name} `
    onText(before + draft.text.slice(caret).trimStart())
    setCaret(before.length)
    setActive(0)
    // The caret follows once React has put the text there.
    requestAnimationFrame(() => field.current?.setSelectionRange(before.length, before.length))
  }

  function keyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    if (draft.text === '') {
      if (event.key === 'Backspace') props.onEmptyBackspace()
      if (event.key === 'ArrowUp' && ask(listId, { what: 'edit-last' })) event.preventDefault()
      return
    }
    if (offered === null) return
    const { length } = offered.found
    const chosen = offered.found[at]
    if (event.key === 'ArrowDown') setActive((at + 1) % length)
    else if (event.key === 'ArrowUp') setActive((at + length - 1) % length)
    else if (event.key === 'Escape') setClosedFor(draft.text)
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) choose(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="add-line">
      <label htmlFor="new-item" className="only-read">
        {words.newItem}
      </label>
      <div className="add-box">
        <Plus aria-hidden className="add-plus" />
        <input
          id="new-item"
          ref={field}
          role="combobox"
          aria-expanded={offered !== null}
          aria-controls={offered === null ? undefined : suggestionsId}
          aria-activedescendant={offered === null ? undefined : optionId(suggestionsId, at)}
          aria-autocomplete="list"
          aria-describedby={describedBy ?? helpId}
          aria-invalid={isInvalid}
          placeholder={words.placeholder}
          dir="auto"
          autoComplete="off"
          autoCapitalize="sentences"
          enterKeyHint="done"
          readOnly={isLocked}
          value={draft.text}
          onChange={(event) => {
            setCaret(event.target.selectionStart ?? event.target.value.length)
            setActive(0)
            onText(event.target.value)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onBlur={() => setClosedFor(draft.text)}
          onKeyDown={keyDown}
          onPaste={props.onPaste}
        />
      </div>
      <span id={helpId} className="only-read">
        {words.help}
      </span>
      {draft.text !== '' && !isLocked && (
        <button type="submit" className="primary add-button" disabled={!canAdd}>
          {words.add}
        </button>
      )}
      {offered !== null && (
        <Suggestions id={suggestionsId} found={offered.found} active={at} onChoose={choose} />
      )}
    </div>
  )
}
