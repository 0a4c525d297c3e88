import {
  CircleQuestionMark,
  Languages,
  ListTodo,
  Plus,
  Search,
  Settings,
  Sun,
  SunMoon,
  Trash2,
  UserRound,
} from 'lucide-react'
import { startNewList } from '../lists/new-list.ts'
import { LANGUAGES } from '../words/languages.ts'
import { chooseLanguage, useLanguage, useWords } from '../words/use-words.ts'
import { APPEARANCES, chooseAppearance, useAppearance } from './appearance.ts'
import { type Command, useCommands } from './commands.ts'
import { go, type Route } from './route.ts'
import { useShortcuts } from './shortcuts.ts'
import { openHelp, openPalette } from './windows.ts'

/** The keys and commands that work on every page. */
export function ShellCommands() {
  const words = useWords().shell
  const language = useLanguage()
  const appearance = useAppearance()

  const pages: readonly Command[] = [
    goTo('lists', words.keys.goLists, 'o', <ListTodo aria-hidden />, { page: 'lists' }),
    goTo('today', words.keys.goToday, 't', <Sun aria-hidden />, { page: 'today' }),
    goTo('assigned', words.keys.goAssigned, 'a', <UserRound aria-hidden />, { page: 'assigned' }),
    goTo('trash', words.keys.goTrash, 'x', <Trash2 aria-hidden />, { page: 'trash' }),
    goTo('settings', words.keys.goSettings, 's', <Settings aria-hidden />, { page: 'settings' }),
    {
      ...goTo('search', words.keys.search, '', <Search aria-hidden />, { page: 'search', text: '' }),
      keys: ['/'],
    },
  ]
  const settings: readonly Command[] = [
    {
      id: 'new-list',
      group: 'app',
      words: words.commands.newList,
      icon: <Plus aria-hidden />,
      run: startNewList,
    },
    {
      id: 'help',
      group: 'app',
      words: words.help.title,
      icon: <CircleQuestionMark aria-hidden />,
      keys: ['?'],
      run: openHelp,
    },
    ...APPEARANCES.filter((one) => one !== appearance).map(
      (one): Command => ({
        id: `appearance-${one}`,
        group: 'app',
        words: words.commands.appearance(words.appearances[one]),
        icon: <SunMoon aria-hidden />,
        run: () => chooseAppearance(one),
      }),
    ),
    ...LANGUAGES.filter((one) => one.tag !== language.tag).map(
      (one): Command => ({
        id: `language-${one.tag}`,
        group: 'app',
        words: words.commands.language(one.name),
        // Who is lost in a language they cannot read types this.
        also: 'language sprache لغة',
        icon: <Languages aria-hidden />,
        run: () => void chooseLanguage(one.tag),
      }),
    ),
  ]
  useCommands([...pages, ...settings])

  const to = (route: Route) => (event: KeyboardEvent) => {
    event.preventDefault()
    go(route)
  }
  useShortcuts({
    '$mod+k': (event) => {
      event.preventDefault()
      openPalette()
    },
    // Letters of other layouts than the English one as well.
    '[Shift]+([?؟])': (event) => {
      event.preventDefault()
      openHelp()
    },
    '[Shift]+/': to({ page: 'search', text: '' }),
    'g o': to({ page: 'lists' }),
    'g t': to({ page: 'today' }),
    'g a': to({ page: 'assigned' }),
    'g x': to({ page: 'trash' }),
    'g s': to({ page: 'settings' }),
  })
  return null
}

function goTo(id: string, words: string, letter: string, icon: Command['icon'], route: Route): Command {
  return { id: `go-${id}`, group: 'go', words, icon, keys: ['g', letter], run: () => go(route) }
}
