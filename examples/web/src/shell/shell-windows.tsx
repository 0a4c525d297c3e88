import { lazy, Suspense, useSyncExternalStore } from 'react'
import { chunks } from './chunks.ts'
import { closeWindow, openWindow, subscribeToWindow } from './windows.ts'

const Palette = lazy(chunks.palette)
const Help = lazy(chunks.help)

/** The shell's own dialogs, above whatever page there is. */
export function ShellWindows() {
  const open = useSyncExternalStore(subscribeToWindow, openWindow)
  if (open === null) return null
  return (
    <Suspense>
      {open === 'palette' ? <Palette onClose={closeWindow} /> : <Help onClose={closeWindow} />}
    </Suspense>
  )
}
