import { Check, Plus } from 'lucide-react'
import { useState } from 'react'
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Input } from 'react-aria-components/Input'
import { ListBox, ListBoxItem, type Selection } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { SearchField } from 'react-aria-components/SearchField'
import { useWords } from '../words/use-words.ts'
import type { PickerProps } from './picker.tsx'
import './overlays.css'

/** No id of anything that is chosen. */
const CREATE = '\0create'

/** The choice itself: typing filters, arrows move, Enter chooses, and focus never leaves the field. */
export function OpenPicker(props: PickerProps) {
  const { label, anchor, items, multiple, onToggle, onCreate, onClose } = props
  const words = useWords().shell.picker
  const { contains } = useFilter({ sensitivity: 'base' })
  const [text, setText] = useState('')
  const wanted = text.trim()
  const shown = items.filter((item) => contains(item.words, wanted))
  const isKnown = items.some((item) => item.words.toLocaleLowerCase() === wanted.toLocaleLowerCase())
  const canCreate = onCreate !== undefined && wanted !== '' && !isKnown
  const isOn = new Set(items.filter((item) => item.isOn).map((item) => item.id))

  function choose(selection: Selection): void {
    if (selection === 'all') return
    // React Aria hands out the whole selection; what was pressed is the difference. Where one is chosen at a time it leaves out the others.
    const added = [...selection].map(String).filter((id) => !isOn.has(id))
    const removed = [...isOn].filter((id) => !selection.has(id))
    for (const id of !multiple && added.length > 0 ? added : [...added, ...removed]) {
      if (id === CREATE) onCreate?.(wanted)
      else onToggle(id)
    }
    setText('')
    if (!multiple) onClose()
  }

  return (
    <Popover
      className="popover"
      triggerRef={anchor}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom start"
    >
      <Dialog className="picker" aria-label={label}>
        <Autocomplete inputValue={text} onInputChange={setText}>
          <SearchField className="picker-field" aria-label={label} autoFocus>
            <Input
              role="combobox"
              aria-expanded
              placeholder={onCreate === undefined ? words.find : words.findOrCreate}
              dir="auto"
            />
          </SearchField>
          <ListBox
            className="menu"
            aria-label={label}
            selectionMode={multiple ? 'multiple' : 'single'}
            selectedKeys={isOn}
            onSelectionChange={choose}
            // Escape closes; it would take off everything that is on.
            escapeKeyBehavior="none"
            renderEmptyState={() => <p className="muted menu-empty">{words.nothing}</p>}
          >
            {shown.map((item) => (
              <ListBoxItem key={item.id} id={item.id} className="menu-item" textValue={item.words}>
                {item.icon}
                <span className="grow" dir="auto">
                  {item.words}
                </span>
                {item.isOn && <Check aria-hidden className="menu-check" />}
              </ListBoxItem>
            ))}
            {canCreate && (
              <ListBoxItem key={CREATE} id={CREATE} className="menu-item" textValue={wanted}>
                <Plus aria-hidden />
                <span className="grow">{words.create(wanted)}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </Dialog>
    </Popover>
  )
}
