import type { Mine } from '../list/types.ts'
import type { StoredView } from '../local/port.ts'
import type { Sort } from '../model/query.ts'

const MAX_FOLDER_CHARS = 200
const SORTS: readonly Sort[] = ['manual', 'due', 'priority', 'title', 'created', 'assignee']

/** How a list is kept by a person who has arranged nothing. */
export const AS_IT_IS: Mine = Object.freeze({ pinned: false, folder: null, sort: 'manual', muted: false })

/** What the device or another tab says, of which a later version may have written more than this one knows. */
export function readMine(stored: StoredView | undefined): Mine {
  if (stored === undefined) return AS_IT_IS
  const { pinned, folder, sort, muted } = stored
  return Object.freeze({
    pinned: pinned === true,
    folder: typeof folder === 'string' ? folder : null,
    sort: SORTS.find((known) => known === sort) ?? 'manual',
    muted: muted === true,
  })
}

/** Null when a person may keep a list like this, else what is wrong. */
export function checkMine({ pinned, folder, sort, muted }: Partial<Mine>): string | null {
  for (const flag of [pinned, muted]) {
    if (flag !== undefined && typeof flag !== 'boolean') return 'pinned and muted must be true or false.'
  }
  if (sort !== undefined && !SORTS.includes(sort)) return `sort must be one of ${SORTS.join(', ')}.`
  if (folder === undefined || folder === null) return null
  const isName = typeof folder === 'string' && folder.length > 0 && folder.length <= MAX_FOLDER_CHARS
  return isName ? null : `folder must be a name of 1 to ${MAX_FOLDER_CHARS} characters, or null.`
}
