import { useClient, useValue } from '@tandem/client-sdk/react'
import { List as ListIcon, Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Input } from 'react-aria-components/Input'
import { Header, Menu, MenuItem, MenuSection } from 'react-aria-components/Menu'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { SearchField } from 'react-aria-components/SearchField'
import { Keys } from '../ui/keys.tsx'
import { useWords } from '../words/use-words.ts'
import { type Command, commandsNow } from './commands.ts'
import { bestOf } from './find-commands.ts'
import { go } from './route.ts'
import '../ui/overlays.css'
import './palette.css'

/** Goes to any list or view and does anything, by typing what it is called. */
export function Palette({ onClose }: { onClose: () => void }) {
  const words = useWords().shell
  const client = useClient()
  const lists = useValue(client.lists)
  // Read once: it is what could be done when the palette was opened.
  const [commands] = useState(commandsNow)
  const [text, setText] = useState('')
  const wanted = text.trim()

  const toLists = useMemo(
    () =>
      lists.map(
        ({ id, title }): Command => ({
          id: `list-${id}`,
          words: title,
          icon: <ListIcon aria-hidden />,
          run: () => go({ page: 'list', id }),
        }),
      ),
    [lists],
  )
  const withText: readonly Command[] =
    wanted === ''
      ? []
      : [
          {
            id: 'search-text',
            words: words.commands.searchFor(wanted),
            icon: <Search aria-hidden />,
            run: () => go({ page: 'search', text: wanted }),
          },
        ]
  const of = (group: Command['group']) => commands.filter((command) => (command.group ?? 'page') === group)
  const groups = [
    { id: 'page', title: words.groups.page, commands: bestOf(of('page'), wanted, 12) },
    { id: 'lists', title: words.groups.lists, commands: bestOf(toLists, wanted, wanted === '' ? 6 : 20) },
    { id: 'go', title: words.groups.go, commands: bestOf(of('go'), wanted, 12) },
    { id: 'app', title: words.groups.app, commands: bestOf(of('app'), wanted, 12) },
    { id: 'search', title: words.groups.search, commands: withText },
  ].filter((group) => group.commands.length > 0)

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
              <Input placeholder={words.commands.placeholder} dir="auto" />
            </SearchField>
            <Menu className="menu" aria-label={words.palette} onClose={onClose}>
              {groups.map((group) => (
                <MenuSection key={group.id} id={group.id}>
                  <Header className="menu-header">{group.title}</Header>
                  {group.commands.map((command) => (
                    <MenuItem
                      key={command.id}
                      id={command.id}
                      className="menu-item"
                      textValue={command.words}
                      onAction={command.run}
                    >
                      {command.icon}
                      <span className="grow" dir="auto">
                        {command.words}
                      </span>
                      {command.keys !== undefined && <Keys keys={command.keys} />}
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
