import { useEffect, useRef, useSyncExternalStore } from 'react'
import { createKeybindingsHandler } from 'tinykeys'
import { shellWindow } from './windows.ts'

type Bindings = Readonly<Record<string, (event: KeyboardEvent) => void>>

const KEY = 'tandem:single-keys'
const listeners = new Set<() => void>()

/**
 * Keys of the whole page, for as long as the component is there, in tinykeys' syntax: `n`, `g t`, `$mod+K`, `Alt+ArrowUp`.
 *
 * Keys without Ctrl, Cmd or Alt are silent in text fields, in dialogs and menus, and where the person switched them off. A key somebody
 * has used already (`preventDefault`) is theirs. Handlers call `preventDefault()` for what they used.
 */
export function useShortcuts(bindings: Bindings): void {
  const latest = useRef(bindings)
  useEffect(() => {
    latest.current = bindings
  })
  const names = Object.keys(bindings).join('\n')
  useEffect(() => {
    const stable = names.split('\n').filter((name) => name !== '')
    const handler = createKeybindingsHandler(
      Object.fromEntries(
        stable.map((name) => [name, (event: KeyboardEvent) => latest.current[name]?.(event)]),
      ),
      { ignore: (event) => isForeign(event) },
    )
    addEventListener('keydown', handler)
    return () => removeEventListener('keydown', handler)
  }, [names])
}

/** Whether keys without Ctrl, Cmd or Alt do something: speech input and stray hands press them by accident (WCAG 2.1.4). */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, areSingleKeysOn)
}

export function areSingleKeysOn(): boolean {
  return localStorage.getItem(KEY) !== 'off'
}

export function setSingleKeys(isOn: boolean): void {
  if (isOn) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, 'off')
  for (const listener of listeners) listener()
}

const TYPED_INTO =
  'textarea,select,[contenteditable=""],[contenteditable="true"],input:not([type="checkbox"],[type="radio"],[type="button"])'
const OWN_KEYS = '[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"],dialog'

/** Also true for keys that are held down: a command is given once. Moving through rows is the exception. */
function isForeign(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true
  if (event.repeat && !/^(Arrow|[jkJK]$)/.test(event.key)) return true
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (!areSingleKeysOn() && event.key.length === 1 && event.key !== ' ') return true
  // The palette is on its way: what is typed is meant for it.
  if (shellWindow.get() !== null) return true
  return event.target instanceof Element && event.target.closest(`${TYPED_INTO},${OWN_KEYS}`) !== null
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
