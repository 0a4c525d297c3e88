import type { AcrossView } from '@tandem/client-sdk'
import { useAcross, useClient, useValue } from '@tandem/client-sdk/react'
import { Circle, CircleCheck, List as ListIcon, Search } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { type Command, commandsNow } from './commands.ts'
import { bestOf } from './find-commands.ts'
import { go } from './route.ts'

export interface Group {
  readonly id: string
  readonly title: string
  readonly commands: readonly Command[]
}

/** Nobody looks for items by a single letter; the view that finds nothing costs nothing. */
const FEW_LETTERS = 2
const NO_ITEMS: AcrossView = { limit: 0 }
const MOST_ITEMS = 6

/** What the typed text leads to: commands of the page, lists, items of all lists on this device, views and settings. */
export function useFindings(typed: string): readonly Group[] {
  const words = useWords().shell
  const lists = useValue(useClient().lists)
  // Read once: it is what could be done when the palette was opened.
  const [commands] = useState(commandsNow)
  const items = useAcross(typed.length < FEW_LETTERS ? NO_ITEMS : { text: typed, limit: MOST_ITEMS })

  const toLists = lists.map(
    ({ id, title, icon }): Command => ({
      id: `list-${id}`,
      words: title,
      icon: icon === null ? <ListIcon aria-hidden /> : <span aria-hidden>{icon}</span>,
      run: () => go({ page: 'list', id }),
    }),
  )
  const toItems = items.rows.map(
    ({ listId, listTitle, item }): Command => ({
      id: `item-${item.id}`,
      words: item.title,
      detail: listTitle,
      icon: item.done ? <CircleCheck aria-hidden /> : <Circle aria-hidden />,
      run: () => go({ page: 'list', id: listId, item: item.id }),
    }),
  )
  const toSearch: Command = {
    id: 'search-text',
    words: words.commands.searchFor(typed),
    icon: <Search aria-hidden />,
    run: () => go({ page: 'search', text: typed }),
  }
  const found = (group: Command['group']) =>
    bestOf(
      commands.filter((command) => (command.group ?? 'page') === group),
      typed,
      12,
    )
  return [
    { id: 'page', title: words.groups.page, commands: found('page') },
    { id: 'lists', title: words.groups.lists, commands: bestOf(toLists, typed, typed === '' ? 6 : 20) },
    { id: 'go', title: words.groups.go, commands: found('go') },
    { id: 'items', title: words.groups.items, commands: toItems },
    { id: 'app', title: words.groups.app, commands: found('app') },
    { id: 'search', title: words.groups.search, commands: typed === '' ? [] : [toSearch] },
  ].filter((group) => group.commands.length > 0)
}
