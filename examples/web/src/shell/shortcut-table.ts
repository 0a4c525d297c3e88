import type { Words } from '../words/words.ts'

/** Where a key works; the help is arranged by it. */
export type KeyGroup = 'everywhere' | 'go' | 'add' | 'rows' | 'fields' | 'order'

export interface Shortcut {
  readonly group: KeyGroup
  /** As printed: keys pressed together are one string (`Alt+ArrowUp`), keys pressed one after the other several; `/` stands between alternatives. */
  readonly keys: readonly string[]
  readonly or?: readonly string[]
  readonly words: keyof Words['shell']['keys']
}

/** Every key of the app. Whoever binds one writes it down here, and the help shows it. */
export const SHORTCUTS: readonly Shortcut[] = [
  { group: 'everywhere', keys: ['$mod+K'], words: 'palette' },
  { group: 'everywhere', keys: ['/'], words: 'search' },
  { group: 'everywhere', keys: ['?'], words: 'help' },
  { group: 'everywhere', keys: ['u'], or: ['$mod+Z'], words: 'undo' },
  { group: 'everywhere', keys: ['$mod+Shift+Z'], words: 'redo' },
  { group: 'go', keys: ['g', 'o'], words: 'goLists' },
  { group: 'go', keys: ['g', 't'], words: 'goToday' },
  { group: 'go', keys: ['g', 'a'], words: 'goAssigned' },
  { group: 'go', keys: ['g', 'x'], words: 'goTrash' },
  { group: 'go', keys: ['g', 's'], words: 'goSettings' },
  { group: 'add', keys: ['n'], or: ['q'], words: 'add' },
  { group: 'rows', keys: ['j'], or: ['ArrowDown'], words: 'nextRow' },
  { group: 'rows', keys: ['k'], or: ['ArrowUp'], words: 'previousRow' },
  { group: 'rows', keys: ['Space'], words: 'tick' },
  { group: 'rows', keys: ['Enter'], words: 'open' },
  { group: 'rows', keys: ['e'], words: 'edit' },
  { group: 'rows', keys: ['x'], words: 'select' },
  { group: 'rows', keys: ['Delete'], words: 'remove' },
  { group: 'fields', keys: ['d'], words: 'due' },
  { group: 'fields', keys: ['a'], words: 'assign' },
  { group: 'fields', keys: ['l'], words: 'label' },
  { group: 'fields', keys: ['p'], words: 'priority' },
  { group: 'fields', keys: ['m'], words: 'moveTo' },
  { group: 'order', keys: ['Alt+ArrowUp'], or: ['Alt+ArrowDown'], words: 'moveRow' },
  { group: 'order', keys: ['Alt+Shift+ArrowUp'], or: ['Alt+Shift+ArrowDown'], words: 'moveFar' },
]
