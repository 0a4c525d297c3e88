import type { Id } from '@tandem/client-sdk'
import { useSyncExternalStore } from 'react'

/** A question about a list that is asked above the page. */
export type ListQuestion =
  | { readonly ask: 'folder' | 'sort' | 'copy' | 'export' | 'leave' | 'delete'; readonly listId: Id }
  /** Null: into a new list. */
  | { readonly ask: 'import'; readonly listId: Id | null }
  | { readonly ask: 'copy-which' }

let asked: ListQuestion | null = null
const listeners = new Set<() => void>()

export function askAboutList(question: ListQuestion | null): void {
  asked = question
  for (const listener of listeners) listener()
}

export function useListQuestion(): ListQuestion | null {
  return useSyncExternalStore(subscribe, () => asked)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
