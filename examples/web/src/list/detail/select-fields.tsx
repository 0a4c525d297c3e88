import type { Item, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { AlignLeft, Flag } from 'lucide-react'
import { useId } from 'react'
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
  const name = useId()
  return (
    <FieldGroup icon={<Flag aria-hidden />} label={words.priority}>
      <div className="row wrap">
        {canEdit && (
          <div className="segments">
            {PRIORITIES.map((priority) => (
              <label key={priority}>
                <input
                  type="radio"
                  name={name}
                  aria-label={words.priorities[priority]}
                  checked={item.priority === priority}
                  onChange={() => list.items.update(item.id, { priority })}
                />
                <span aria-hidden>{priority === 0 ? '–' : '!'.repeat(priority)}</span>
              </label>
            ))}
          </div>
        )}
        <span className="muted" aria-hidden={canEdit}>
          {words.priorities[item.priority]}
        </span>
      </div>
    </FieldGroup>
  )
}
