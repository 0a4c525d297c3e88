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
  const [isFocused, setFocused] = useState(false)
  useEditing(list, id, isFocused && canEdit)
  // Who loses the right to write while writing keeps the field, to read it and copy from it.
  if (!canEdit && isEmpty && !isFocused) return <p className="muted">{words.notesNone}</p>
  return (
    <div className="notes">
      <Field list={list} id={id} canEdit={canEdit} onFocused={setFocused} />
      <NotesWriters list={list} id={id} />
      <NotesLinks notes={notes} />
    </div>
  )
}

function Field({ list, id, canEdit, onFocused }: Props & { onFocused: (isFocused: boolean) => void }) {
  const words = useWords().together
  const field = useRef<HTMLTextAreaElement>(null)
  const [isFull, setFull] = useState(false)
  useEffect(() => {
    if (field.current === null) return
    const kept = new NotesField({ list, itemId: id, field: field.current, typed: setFull })
    return () => kept.dispose()
  }, [list, id])
  return (
    <>
      <textarea
        ref={field}
        className="notes-text"
        dir="auto"
        rows={2}
        aria-label={words.notes}
        placeholder={words.notesEmpty}
        readOnly={!canEdit}
        defaultValue=""
        onFocus={() => onFocused(true)}
        onBlur={() => onFocused(false)}
      />
      <NotesCarets list={list} id={id} field={field} />
      {isFull && (
        <p role="alert" className="problem">
          {words.notesFull}
        </p>
      )}
    </>
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
