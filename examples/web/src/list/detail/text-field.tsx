import type { ReactNode } from 'react'
import { useWords } from '../../words/use-words.ts'
import { Field } from './field.tsx'
import { Theirs } from './theirs.tsx'
import { useLiveText } from './use-live-text.ts'

interface Props {
  readonly icon: ReactNode
  readonly label: string
  readonly hint: string
  readonly value: string | null
  readonly mostChars: number
  readonly canEdit: boolean
  /** Null: nothing. */
  readonly onSave: (text: string | null) => void
}

/** A short text, kept when the field is left. */
export function TextField({ icon, label, hint, value, mostChars, canEdit, onSave }: Props) {
  const words = useWords().detail
  const live = useLiveText({
    value: value ?? '',
    isLocked: !canEdit,
    save: (text) => {
      const tidy = text.trim()
      if (tidy.length > mostChars) return false
      onSave(tidy === '' ? null : tidy)
      return true
    },
  })
  return (
    <Field icon={icon} label={label}>
      {(id) => (
        <>
          <input
            {...live.field}
            id={id}
            className="live"
            dir="auto"
            autoComplete="off"
            placeholder={canEdit ? hint : words.none}
          />
          {live.text.trim().length > mostChars && <p className="problem">{words.tooLong}</p>}
          <Theirs value={live.theirs} onTake={live.drop} />
        </>
      )}
    </Field>
  )
}
