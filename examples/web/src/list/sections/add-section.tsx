import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { useBoard } from '../board/board.ts'
import { NameField } from './name-field.tsx'

/** At the end of what is open: sections are made where they will stand. */
export function AddSection() {
  const { list } = useBoard()
  const words = useWords().list
  const [isAdding, setAdding] = useState(false)
  return (
    <li className="add-section" data-key="+">
      {isAdding ? (
        <NameField
          label={words.nameOfSection}
          placeholder={words.nameOfSection}
          before=""
          onClose={(name) => {
            if (name !== null) list.sections.add(name)
            setAdding(false)
          }}
        />
      ) : (
        <button type="button" className="quiet" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          {words.addSection}
        </button>
      )}
    </li>
  )
}
