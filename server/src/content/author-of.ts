import { isRegister } from '@tandem/client-sdk/model'
import type { LoggedUpdate } from '@tandem/persistence'
import * as Y from 'yjs'
import type { Masks } from '../sharing/masks.ts'

/**
 * The id under which an update was written, as the list itself shows it.
 *
 * Not the log's `actorId`: that is who it really was, also of those who are not named in this list. And not today's name of
 * theirs: joined with what they wrote under another name, the one would give away the other. Every value says by whom it
 * is, and the gate saw to it that this is true. Only an update without values, a removal or text, leaves the question open;
 * then it is the id they go by today.
 */
export function authorOf(update: LoggedUpdate, masks: Pick<Masks, 'idOf'>): string | null {
  const { actorId } = update
  if (actorId === null) return null
  return writtenBy(update.data) ?? masks.idOf(actorId)
}

function writtenBy(data: Uint8Array): string | null {
  for (const struct of Y.decodeUpdate(data).structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny)) continue
    const [value] = struct.content.arr as unknown[]
    if (isRegister(value)) return value[1]
    if (typeof value === 'object' && value !== null && 'by' in value && typeof value.by === 'string') {
      return value.by
    }
  }
  return null
}
