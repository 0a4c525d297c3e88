import type { Stamp } from '@tandem/client-sdk/model'
import type { ListId } from '@tandem/persistence'
import { TandemError } from '../errors.ts'

interface Removable {
  readonly id: string
  readonly title: string
  readonly deleted: Stamp | null
}

/** Where the things of a list are found; labels stay where they were when they are removed by mistake, too. */
type Collection = 'items' | 'sections' | 'labels'

export interface At {
  readonly listId: ListId
  readonly collection: Collection
  readonly id: string
}

/** The record, also one in the trash; 404 for one that never was here, or is not any more. */
export function known<T>(record: T | undefined): T {
  if (record === undefined) throw new TandemError('no-such-record')
  return record
}

/** The record, if it is not in the trash: else 410 with its title, who deleted it, and the way to bring it back. */
export function living<T extends Removable>(record: T | undefined, { listId, collection, id }: At): T {
  const { title, deleted } = known(record)
  if (deleted === null) return known(record)
  throw new TandemError('gone', `“${shortened(title)}” was deleted. Restore it?`, {
    facts: {
      record: { id, title, deletedBy: deleted.by },
      restore: `/api/v1/lists/${listId}/${collection}/${id}/restore`,
    },
  })
}

const SHORT_CHARS = 80

function shortened(title: string): string {
  return title.length <= SHORT_CHARS ? title : `${title.slice(0, SHORT_CHARS)}…`
}
