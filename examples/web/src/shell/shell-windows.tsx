import { useSyncExternalStore } from 'react'
import { Help, Palette } from './parts.ts'
import { closeWindow, openWindow, subscribeToWindow } from './windows.ts'

/** The shell's own dialogs, above whatever page there is. */
export function ShellWindows() {
  const open = useSyncExternalStore(subscribeToWindow, openWindow)
  if (open === null) return null
  return open === 'palette' ? <Palette onClose={closeWindow} /> : <Help onClose={closeWindow} />
}
