import type { List } from '@tandem/client-sdk'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { NameField } from './name-field.tsx'

/** At the end of what is open: sections are made where they will stand. */
export function AddSection({ list }: { list: List }) {
  const words = useWords().list
  const [isAdding, setAdding] = useState(false)
  if (!isAdding)
    return (
      <button type="button" className="quiet add-section" onClick={() => setAdding(true)}>
        <Plus aria-hidden />
        {words.addSection}
      </button>
    )
  return (
    <NameField
      label={words.nameOfSection}
      placeholder={words.nameOfSection}
      before=""
      onClose={(name) => {
        if (name !== null) list.sections.add(name)
        setAdding(false)
      }}
    />
  )
}
