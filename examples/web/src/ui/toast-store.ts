/** Something that just happened, with one way back or on. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly action: { readonly words: string; run(): void } | null
}

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()
/** More at once is a heap that nobody reads. */
const MOST = 3

/** Shows it until it is used, closed or pushed out by newer ones; it is announced politely. The way back it offers must also exist elsewhere (undo, trash). */
export function toast(text: string, action: Toast['action'] = null): number {
  lastId += 1
  publish([...toasts, { id: lastId, text, action }].slice(-MOST))
  return lastId
}

export function closeToast(id: number): void {
  publish(toasts.filter((one) => one.id !== id))
}

export function currentToasts(): readonly Toast[] {
  return toasts
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function publish(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}
