import { useValue } from '@tandem/client-sdk/react'
import { Picker } from '../../ui/picker.tsx'
import { useWords } from '../../words/use-words.ts'
import { labelAll } from '../commands/bulk-commands.ts'
import { LabelDot } from './label-dot.tsx'
import type { PickProps } from './people-picker.tsx'
import { useChosen } from './use-chosen.ts'

/** Chooses the labels of one item or several; what was typed and has no label becomes one. */
export function LabelPicker({ list, ids, anchor, onClose }: PickProps) {
  const words = useWords()
  const labels = useValue(list.labels)
  const items = useChosen(list, ids)
  const [first] = items
  return (
    <Picker
      label={items.length === 1 ? words.detail.labelsOf(first?.title ?? '') : words.list.label}
      anchor={anchor}
      multiple
      items={labels.map(({ id, title, color }) => ({
        id,
        words: title,
        icon: <LabelDot color={color} />,
        isOn: items.length > 0 && items.every((item) => item.labels.includes(id)),
      }))}
      onToggle={(id) => labelAll(list, ids, id)}
      onCreate={(title) => labelAll(list, ids, null, title)}
      onClose={onClose}
    />
  )
}
