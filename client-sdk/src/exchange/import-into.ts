import { ClientError } from '../errors.ts'
import type { List } from '../list/types.ts'
import { LIMITS } from '../model/limits.ts'
import type { Id } from '../types.ts'
import { ensureEditable, Landing, type LandOptions } from './land.ts'
import type { Content } from './types.ts'

export interface ImportOptions extends LandOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (added: number, of: number) => void
  /** Waited for between pieces, so that the page can draw and hear a press on "Cancel". */
  readonly pause?: () => Promise<void>
  readonly itemsPerPiece?: number
}

export type Imported =
  | { readonly state: 'done'; readonly ids: readonly Id[] }
  /** What had been added is in the trash. */
  | { readonly state: 'cancelled' }

const ITEMS_PER_PIECE = 250

/**
 * Adds content piece by piece, as one undo step. Cancelled, it takes back what it has added. When the list stops taking edits half-way, it
 * rejects with the reason; what this person may still remove by then is taken back, and the rest stays.
 */
export async function importInto(
  list: List,
  content: Content,
  options: ImportOptions = {},
): Promise<Imported> {
  ensureEditable(list)
  const total = content.items.length
  const taken = list.items.ids().getSnapshot().length + list.items.trash.getSnapshot().length
  if (taken + total > LIMITS.itemsPerList) {
    throw new ClientError('invalid', `A list has room for ${LIMITS.itemsPerList} items, including its trash.`)
  }
  const landing = new Landing(list, content, options)
  const label = options.label ?? 'Import'
  const size = options.itemsPerPiece ?? ITEMS_PER_PIECE
  for (let from = 0; from === 0 || from < total; from += size) {
    if (options.signal?.aborted) {
      takeBack(list, landing.ids)
      return { state: 'cancelled' }
    }
    const to = Math.min(total, from + size)
    try {
      list.transact(label, () => landing.add(from, to), { joinsLast: from > 0 })
    } catch (error) {
      takeBack(list, landing.ids)
      throw error
    }
    options.onProgress?.(to, total)
    if (to < total) await options.pause?.()
  }
  return { state: 'done', ids: landing.ids }
}

/** By id and not by undo: the person may have done something else meanwhile. */
function takeBack(list: List, ids: readonly Id[]): void {
  const here = ids.filter((id) => list.items.item(id).getSnapshot() !== undefined)
  if (here.length > 0) list.items.remove(here)
}
