import type { Item, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { Pencil, Plus, Tag } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { later } from '../../ui/later.tsx'
import { useWords } from '../../words/use-words.ts'
import { LabelDot } from '../pick/label-dot.tsx'
import { LabelPicker } from '../pick/label-picker.tsx'
import { FieldGroup } from './field.tsx'
import { Pill } from './pill.tsx'

const LabelEditor = later(async () => (await import('./label-editor.tsx')).LabelEditor)

interface Props {
  readonly list: List
  readonly item: Item
  readonly canEdit: boolean
}

export function LabelsField({ list, item, canEdit }: Props) {
  const words = useWords().detail
  const labels = useValue(list.labels)
  const [isOpen, setOpen] = useState(false)
  const [isEditing, setEditing] = useState(false)
  const ids = useMemo(() => [item.id], [item.id])
  const button = useRef<HTMLButtonElement>(null)
  const own = labels.filter(({ id }) => item.labels.includes(id))
  return (
    <FieldGroup icon={<Tag aria-hidden />} label={words.labels}>
      <ul className="pills">
        {own.map(({ id, title, color }) => (
          <Pill
            key={id}
            clearWords={words.clear(title)}
            onClear={canEdit ? () => list.items.label(item.id, { remove: [id] }) : null}
          >
            <LabelDot color={color} />
            <span dir="auto">{title}</span>
          </Pill>
        ))}
        {canEdit && (
          <li>
            <button
              ref={button}
              type="button"
              className="quiet icon"
              aria-label={words.addLabel}
              aria-expanded={isOpen}
              onClick={() => setOpen(true)}
            >
              <Plus aria-hidden />
            </button>
            {labels.length > 0 && (
              <button
                type="button"
                className="quiet icon"
                aria-label={words.editLabels}
                onClick={() => setEditing(true)}
              >
                <Pencil aria-hidden />
              </button>
            )}
          </li>
        )}
      </ul>
      {!canEdit && own.length === 0 && <p className="muted">{words.none}</p>}
      {isOpen && <LabelPicker list={list} ids={ids} anchor={button} onClose={() => setOpen(false)} />}
      {isEditing && <LabelEditor list={list} onClose={() => setEditing(false)} />}
    </FieldGroup>
  )
}
