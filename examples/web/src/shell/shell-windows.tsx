import { useWhole } from '../ui/store.ts'
import { Help, Palette } from './parts.ts'
import { closeWindow, shellWindow } from './windows.ts'

/** The shell's own dialogs, above whatever page there is. */
export function ShellWindows() {
  const open = useWhole(shellWindow)
  if (open === null) return null
  return open === 'palette' ? <Palette onClose={closeWindow} /> : <Help onClose={closeWindow} />
}
