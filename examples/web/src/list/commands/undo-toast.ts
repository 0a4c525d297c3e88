import type { List } from '@tandem/client-sdk'
import { closeToast, toast } from '../../ui/toast-store.ts'
import { wordsNow } from '../../words/use-words.ts'

let close: (() => void) | null = null

/**
 * Says what was done, with a way back. It offers to undo the last thing, so it goes as soon as that is another one: undo by key, or the
 * next edit.
 */
export function undoToast(list: List, text: string): void {
  close?.()
  const id = toast(text, { words: wordsNow().list.undo, run: () => list.undo() })
  const stop = list.undoState.subscribe(() => close?.())
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
