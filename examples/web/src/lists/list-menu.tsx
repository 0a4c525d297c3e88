import type { Client, Id } from '@tandem/client-sdk'
import type { MenuAction } from '../ui/menu.tsx'
import type { Words } from '../words/words.ts'

/** What can be done with a list as a whole, for its menu wherever it is shown. */
export function listActions(_client: Client, _list: { readonly id: Id }, _words: Words): MenuAction[] {
  return []
}
