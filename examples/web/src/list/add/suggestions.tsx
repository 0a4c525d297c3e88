import { useWords } from '../../words/use-words.ts'
import { chipIcon } from './chip-words.tsx'
import type { Completion } from './completions.ts'

interface Props {
  readonly id: string
  readonly found: readonly Completion[]
  readonly active: number
  readonly onChoose: (completion: Completion) => void
}

export function optionId(listId: string, at: number): string {
  return `${listId}-${at}`
}

/** What could be meant, while it is typed. Keys stay with the field; this is only pressed. */
export function Suggestions({ id, found, active, onChoose }: Props) {
  const words = useWords()
  return (
    <div role="listbox" id={id} className="suggestions" aria-label={words.add.suggestions}>
      {found.map((completion, at) => (
        <div
          key={completion.id}
          role="option"
          id={optionId(id, at)}
          tabIndex={-1}
          className="suggestion"
          aria-selected={at === active}
          // Before the field would lose focus.
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(completion)
          }}
        >
          {chipIcon(completion.kind)}
          <span dir="auto">{completion.name}</span>
        </div>
      ))}
    </div>
  )
}
