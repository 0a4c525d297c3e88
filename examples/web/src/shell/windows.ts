import { createStore } from '../ui/store.ts'

/** Which of the shell's own windows is open. Anything may open one; the shell shows it. */
export type ShellWindow = 'palette' | 'help'

export const shellWindow = createStore<ShellWindow | null>(null)

export function openPalette(): void {
  shellWindow.set('palette')
}

export function openHelp(): void {
  shellWindow.set('help')
}

export function closeWindow(): void {
  shellWindow.set(null)
}
