/** Which of the shell's own windows is open. Anything may open one; the shell shows it. */
export type ShellWindow = 'palette' | 'help'

let open: ShellWindow | null = null
const listeners = new Set<() => void>()

export function openPalette(): void {
  show('palette')
}

export function openHelp(): void {
  show('help')
}

export function closeWindow(): void {
  show(null)
}

export function openWindow(): ShellWindow | null {
  return open
}

export function subscribeToWindow(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function show(next: ShellWindow | null): void {
  open = next
  for (const listener of listeners) listener()
}
