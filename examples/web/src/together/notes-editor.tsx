import type { List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { NotesCarets } from './notes-carets.tsx'
import './notes.css'
import { NotesField } from './notes-field.ts'
import { NotesLinks } from './notes-links.tsx'
import { isSameJson } from './same-json.ts'
import { useEditing } from './use-editing.ts'

interface Props {
  readonly list: List
  readonly id: string
  readonly canEdit: boolean
}

/** The notes of an item, as text that several people write in at once: an ordinary text field, so that every keyboard and reader works. */
export function NotesEditor(props: Props) {
  return <Editor key={props.id} {...props} />
}

function Editor({ list, id, canEdit }: Props) {
  const words = useWords().together
  const notes = useMemo(() => list.items.notes(id), [list, id])
  const isEmpty = useValue(notes, isNothing)
  const field = useRef<HTMLTextAreaElement>(null)
  const [isFocused, setFocused] = useState(false)
  const [isFull, setFull] = useState(false)
  useEditing(list, id, isFocused && canEdit)
  useEffect(() => {
    if (field.current === null) return
    const kept = new NotesField({ list, itemId: id, field: field.current, tooLong: () => setFull(true) })
    return () => kept.dispose()
  }, [list, id])

  if (!canEdit && isEmpty && !isFocused) return <p className="muted">{words.notesNone}</p>
  return (
    <div className="notes">
      <textarea
        ref={field}
        className="notes-text"
        dir="auto"
        rows={2}
        aria-label={words.notes}
        placeholder={words.notesEmpty}
        readOnly={!canEdit}
        defaultValue=""
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onInput={() => setFull(false)}
      />
      <NotesCarets list={list} id={id} field={field} />
      <NotesWriters list={list} id={id} />
      {isFull && (
        <p role="alert" className="problem">
          {words.notesFull}
        </p>
      )}
      <NotesLinks notes={notes} />
    </div>
  )
}

/** For those who do not see carets. */
function NotesWriters({ list, id }: { list: List; id: string }) {
  const words = useWords().together
  const names = useValue(
    list.presence.others,
    (others) => others.filter(({ caret }) => caret?.item === id).map(({ name }) => name),
    isSameJson,
  )
  if (names.length === 0) return null
  return <p className="only-read">{names.map((name) => words.typing(name)).join(' ')}</p>
}

function isNothing(text: string): boolean {
  return text === ''
}
