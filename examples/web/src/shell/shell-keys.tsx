import { go, type Route } from './route.ts'
import { useShortcuts } from './shortcuts.ts'
import { openHelp, openPalette } from './windows.ts'

/** The keys that work on every page. */
export function ShellKeys() {
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
