import type { Label, List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { Trash2 } from 'lucide-react'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words/use-words.ts'
import { undoToast } from '../commands/undo-toast.ts'
import { isLabelColor, LABEL_COLORS, type LabelColor } from '../pick/label-colors.ts'
import { LabelDot } from '../pick/label-dot.tsx'
import { useLiveText } from './use-live-text.ts'

/** The list's labels: their names and colours, for everybody. */
export function LabelEditor({ list, onClose }: { readonly list: List; readonly onClose: () => void }) {
  const words = useWords()
  const labels = useValue(list.labels)
  return (
    <Dialog title={words.detail.editLabels} closeWords={words.shell.close} onClose={onClose}>
      {labels.length === 0 && <p className="muted">{words.detail.noLabels}</p>}
      <ul className="stack">
        {labels.map((label) => (
          <LabelRow key={label.id} list={list} label={label} />
        ))}
      </ul>
    </Dialog>
  )
}

function LabelRow({ list, label }: { readonly list: List; readonly label: Label }) {
  const words = useWords().detail
  const name = useLiveText({
    value: label.title,
    isLocked: false,
    save: (text) => {
      const title = text.trim().slice(0, 100)
      if (title !== '') list.labels.update(label.id, { title })
      return true
    },
  })
  const colors = Object.keys(LABEL_COLORS) as LabelColor[]
  return (
    <li className="row">
      <LabelDot color={label.color} />
      <input {...name.field} className="grow" dir="auto" aria-label={words.labelName(label.title)} />
      <select
        className="color-field"
        aria-label={words.labelColor(label.title)}
        value={label.color !== null && isLabelColor(label.color) ? label.color : ''}
        onChange={({ target }) =>
          list.labels.update(label.id, { color: target.value === '' ? null : target.value })
        }
      >
        <option value="">{words.colors.none}</option>
        {colors.map((color) => (
          <option key={color} value={color}>
            {words.colors[color]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="quiet icon"
        aria-label={words.deleteLabel(label.title)}
        onClick={() =>
          undoToast(list, words.deletedLabel(label.title), () => void list.labels.remove(label.id))
        }
      >
        <Trash2 aria-hidden />
      </button>
    </li>
  )
}
