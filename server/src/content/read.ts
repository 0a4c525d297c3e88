import { ListView } from '@tandem/client-sdk/model'
import type { ListId, Seq } from '@tandem/persistence'
import type { HttpContext } from '../http/context.ts'

/** Looks at a list as people see it, together with the position in the log that this is: both in the same moment. */
export function readContent<T>(
  { rooms }: Pick<HttpContext, 'rooms'>,
  listId: ListId,
  look: (view: ListView, seq: Seq) => T,
): Promise<T> {
  return rooms.read(listId, (doc, upTo) => {
    const view = new ListView(doc)
    try {
      return look(view, upTo)
    } finally {
      view.dispose()
    }
  })
}
