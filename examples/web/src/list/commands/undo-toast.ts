import type { List } from '@tandem/client-sdk'
import { closeToast, toast } from '../../ui/toast-store.ts'
import { wordsNow } from '../../words/use-words.ts'

let close: (() => void) | null = null

/**
 * Does something and says it, with a way back. The way back is that of the last step, so the notice goes as soon as undo would take back
 * another one: after an undo by key, or the next edit, of whatever kind. Nothing is said where nothing was done.
 */
export function undoToast(list: List, text: string, act: () => void): void {
  const before = list.undoState.getSnapshot().step
  act()
  const { step } = list.undoState.getSnapshot()
  if (step === before) return
  close?.()
  const id = toast(text, { words: wordsNow().list.undo, run: () => list.undo() })
  const stop = list.undoState.subscribe(() => {
    if (list.undoState.getSnapshot().step !== step) close?.()
  })
  close = () => {
    stop()
    closeToast(id)
    close = null
  }
}

/** The page of the list is left, and its undo with it. */
export function closeUndoToast(): void {
  close?.()
}
