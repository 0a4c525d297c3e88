import { createStore } from './store.ts'

export interface ToastAction {
  readonly words: string
  run(): void
}

/** Something that just happened, with one way back or on. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly action: ToastAction | null
  readonly also: ToastAction | null
  /** Until somebody has seen to it: a reminder is of no use to who is at the door. */
  readonly stays: boolean
}

export const toasts = createStore<readonly Toast[]>([])
let lastId = 0
/** More at once is a heap that nobody reads. */
const MOST = 3

/** Shows it until it is used, closed or, unless it stays, pushed out by newer ones; it is announced politely. The way back it offers must also exist elsewhere (undo, trash). */
export function toast(
  text: string,
  action: ToastAction | null = null,
  { also = null, stays = false }: { readonly also?: ToastAction | null; readonly stays?: boolean } = {},
): number {
  lastId += 1
  const all = [...toasts.get(), { id: lastId, text, action, also, stays }]
  const passing = all.slice(0, -1).filter((one) => !one.stays)
  const out = new Set(passing.slice(0, Math.max(0, all.length - MOST)))
  toasts.set(all.filter((one) => !out.has(one)))
  return lastId
}

export function closeToast(id: number): void {
  toasts.set(toasts.get().filter((one) => one.id !== id))
}

/** All of them: they may name what the person may no longer see. */
export function closeToasts(): void {
  toasts.set([])
}
