import { go } from '../shell/route.ts'

export const NEW_LIST_FIELD = 'new-list'

/** Where the name of a new list is typed; the page is there a moment after it was asked for. */
export function startNewList(): void {
  go({ page: 'lists' })
  requestAnimationFrame(() => document.getElementById(NEW_LIST_FIELD)?.focus())
}
