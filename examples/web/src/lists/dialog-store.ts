import type { Id } from '@tandem/client-sdk'
import { createStore, useWhole } from '../ui/store.ts'

/** A question about a list that is asked above the page. */
export type ListQuestion =
  | { readonly ask: 'folder' | 'sort' | 'copy' | 'export' | 'leave' | 'delete'; readonly listId: Id }
  /** Null: into a new list. */
  | { readonly ask: 'import'; readonly listId: Id | null }
  | { readonly ask: 'copy-which' }

const asked = createStore<ListQuestion | null>(null)

export function askAboutList(question: ListQuestion | null): void {
  asked.set(question)
}

export function useListQuestion(): ListQuestion | null {
  return useWhole(asked)
}
