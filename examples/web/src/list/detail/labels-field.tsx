import type { Item, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { Pencil, Plus, Tag } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { Picker } from '../../ui/picker.tsx'
import { useWords } from '../../words/use-words.ts'
import { FieldGroup } from './field.tsx'
import { LabelDot } from './label-dot.tsx'
import { useChosen } from './people-field.tsx'
import { Pill } from './pill.tsx'

const LabelEditor = lazy(() =>
  import('./label-editor.tsx').then(({ LabelEditor }) => ({ default: LabelEditor })),
)

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
      {isOpen && <LabelPicker list={list} ids={[item.id]} anchor={button} onClose={() => setOpen(false)} />}
      {isEditing && (
        <Suspense>
          <LabelEditor list={list} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </FieldGroup>
  )
}

interface PickerProps {
  readonly list: List
  readonly ids: readonly string[]
  readonly anchor: { readonly current: HTMLElement | null }
  readonly onClose: () => void
}

/** Chooses the labels of one item or several; what was typed and has no label becomes one. */
export function LabelPicker({ list, ids, anchor, onClose }: PickerProps) {
  const words = useWords().detail
  const labels = useValue(list.labels)
  const items = useChosen(list, ids)
  const isOn = (id: string): boolean => items.length > 0 && items.every((item) => item.labels.includes(id))
  const change = (id: string, to: 'add' | 'remove'): void => {
    for (const item of items) list.items.label(item.id, { [to]: [id] })
  }
  return (
    <Picker
      label={words.labelsOf(items[0]?.title ?? '')}
      anchor={anchor}
      multiple
      items={labels.map(({ id, title, color }) => ({
        id,
        words: title,
        icon: <LabelDot color={color} />,
        isOn: isOn(id),
      }))}
      onToggle={(id) => void list.transact(words.labels, () => change(id, isOn(id) ? 'remove' : 'add'))}
      onCreate={(title) =>
        void list.transact(words.labels, () => change(list.labels.add(title.slice(0, 100)).value, 'add'))
      }
      onClose={onClose}
    />
  )
}
