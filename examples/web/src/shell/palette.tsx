import { Search } from 'lucide-react'
import { useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Input } from 'react-aria-components/Input'
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { SearchField } from 'react-aria-components/SearchField'
import { Keys } from '../ui/keys.tsx'
import { useWords } from '../words/use-words.ts'
import { useFindings } from './use-findings.tsx'
import '../ui/overlays.css'
import './palette.css'

/** Goes to any list or view and does anything, by typing what it is called. */
export function Palette({ onClose }: { onClose: () => void }) {
  const words = useWords().shell
  const [text, setText] = useState('')
  const groups = useFindings(text.trim())
  return (
    <ModalOverlay
      className="overlay palette-overlay"
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className="sheet">
        <Dialog className="palette" aria-label={words.palette}>
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField className="palette-field" aria-label={words.palette} autoFocus>
              <Search aria-hidden />
              <Input role="combobox" aria-expanded placeholder={words.commands.placeholder} dir="auto" />
            </SearchField>
            <ListBox className="menu" aria-label={words.palette}>
              {groups.map((group) => (
                <ListBoxSection key={group.id} id={group.id}>
                  <Header className="menu-header">{group.title}</Header>
                  {group.commands.map((command) => (
                    <ListBoxItem
                      key={command.id}
                      id={command.id}
                      className="menu-item"
                      textValue={command.words}
                      onAction={() => {
                        onClose()
                        command.run()
                      }}
                    >
                      {command.icon}
                      <span className="grow" dir="auto">
                        {command.words}
                      </span>
                      {command.detail !== undefined && (
                        <bdi className="muted small palette-detail">{command.detail}</bdi>
                      )}
                      {command.keys !== undefined && <Keys keys={command.keys} />}
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
