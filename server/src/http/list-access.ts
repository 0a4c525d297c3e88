import { type Action, can } from '@tandem/client-sdk/protocol'
import type { ListId, ListWithRole, UserId } from '@tandem/persistence'
import { TandemError } from '../errors.ts'
import type { Actor } from '../gate/verdict.ts'
import { howAccessEnded } from '../sharing/how-ended.ts'
import type { HttpContext } from './context.ts'

type Lookups = Pick<HttpContext, 'directory' | 'people'>

/**
 * The list as this person may see it. To a stranger there is no such list; who had access once is told how it ended, and
 * where `action` is named, a member without that right gets 403.
 */
export async function listFor(
  { directory, people }: Lookups,
  { listId, userId }: { readonly listId: ListId; readonly userId: UserId },
  action?: Action,
): Promise<ListWithRole> {
  const list = await directory.find(listId, userId)
  if (list === null) throw await whyNot(people, listId, userId)
  if (action !== undefined && !can(list.role, action, list)) throw new TandemError('not-allowed')
  return list
}

/** For writes, which may have to wait: what this person may do is looked up when their turn comes. Rejects as `listFor` does. */
export function writerIn(
  lookups: Lookups,
  asked: { readonly listId: ListId; readonly userId: UserId },
): () => Promise<Actor> {
  return async () => {
    const { anonymousId, role } = await listFor(lookups, asked)
    return { userId: asked.userId, authorId: anonymousId ?? asked.userId, role }
  }
}

async function whyNot(people: Lookups['people'], listId: ListId, userId: UserId): Promise<TandemError> {
  const ended = await people.grants.ended(listId, userId)
  if (ended === null) return new TandemError('no-such-list')
  const { why, byName, title, at } = ended
  // A list that goes on may be called something else by now, and that is none of their business any more.
  const listTitle = why === 'list-deleted' ? title : null
  return new TandemError('access-ended', howAccessEnded(ended), {
    facts: { why, by: byName, listTitle, at: at.toISOString() },
  })
}
