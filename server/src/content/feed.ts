import type { ListId, LoggedUpdate, LogPage, Seq } from '@tandem/persistence'
import { TandemError } from '../errors.ts'
import type { HttpContext } from '../http/context.ts'
import { type Masks, masksOf } from '../sharing/masks.ts'
import { authorOf } from './author-of.ts'

export const FEED_PAGE = 500

export interface FeedChange {
  readonly seq: Seq
  readonly at: string
  readonly by: string | null
  readonly ops: unknown[]
}

interface FeedPage {
  readonly changes: FeedChange[]
  readonly head: Seq
  readonly more: boolean
}

/**
 * What changed after a position, in order and without holes, in words of the list.
 *
 * Where the log has lost a row the page ends before it, and asking for what follows is `too-far-behind`, as it is beyond the
 * log's end: whoever asks must read the list afresh. A hole that is passed over in silence would never be noticed.
 */
export async function readFeed(
  { log, people }: Pick<HttpContext, 'log' | 'people'>,
  { listId, since, limit }: { readonly listId: ListId; readonly since: Seq; readonly limit: number },
): Promise<FeedPage> {
  const [page, masks] = await Promise.all([
    log.readSince(listId, since, limit),
    masksOf(people.grants, listId),
  ])
  const changes = wholeFrom(page, since).map((update) => changeOf(update, masks))
  const beginsWithHole = changes.length === 0 && page.updates.length + page.damage.length > 0
  // A page that begins beyond the log takes that beginning for the log's head.
  const head = changes.length === 0 ? await log.head(listId) : page.head
  if (beginsWithHole || since > head) {
    throw new TandemError('too-far-behind', undefined, { facts: { currentSeq: head } })
  }
  return { changes, head: page.head, more: since + changes.length < page.head }
}

/** An update as people who may read the list see it. */
export function changeOf(update: LoggedUpdate, masks: Masks): FeedChange {
  const { seq, at, ops } = update
  return { seq, at: at.toISOString(), by: authorOf(update, masks), ops: [...ops] }
}

function wholeFrom({ updates }: LogPage, since: Seq): LogPage['updates'] {
  const hole = updates.findIndex((update, index) => update.seq !== since + 1 + index)
  return hole === -1 ? updates : updates.slice(0, hole)
}
