import type { Item, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { AlignLeft, Flag } from 'lucide-react'
import { useWords } from '../../words/use-words.ts'
import { Field, FieldGroup } from './field.tsx'

interface Props {
  readonly list: List
  readonly item: Item
  readonly canEdit: boolean
}

/** A subtask is in the section of its parent, and has no field of its own for it. */
export function SectionField({ list, item, canEdit }: Props) {
  const words = useWords().detail
  const sections = useValue(list.sections)
  if (sections.length === 0 || item.parent !== null) return null
  return (
    <Field icon={<AlignLeft aria-hidden />} label={words.section}>
      {(id) => (
        <select
          id={id}
          className="live"
          disabled={!canEdit}
          value={item.section ?? ''}
          onChange={({ target }) => {
            list.items.move(item.id, { at: 'end', section: target.value === '' ? null : target.value })
          }}
        >
          <option value="">{words.noSection}</option>
          {sections.map(({ id: section, title }) => (
            <option key={section} value={section}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

const PRIORITIES = [0, 1, 2, 3] as const

export function PriorityField({ list, item, canEdit }: Props) {
  const words = useWords().detail
  return (
    <FieldGroup icon={<Flag aria-hidden />} label={words.priority}>
      <div className="segments">
        {PRIORITIES.map((priority) => (
          <button
            key={priority}
            type="button"
            aria-pressed={item.priority === priority}
            disabled={!canEdit}
            onClick={() => list.items.update(item.id, { priority })}
          >
            {priority > 0 && <span aria-hidden>{'!'.repeat(priority)}</span>}
            {words.priorities[priority]}
          </button>
        ))}
      </div>
    </FieldGroup>
  )
}
