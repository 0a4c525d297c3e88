import { CLOSE } from '@tandem/client-sdk/protocol'
import type { ListId, ListWithRole, UserId } from '@tandem/persistence'
import { howAccessEnded } from '../sharing/how-ended.ts'
import type { HubCore } from './core.ts'
import { Denial, noAccess } from './denial.ts'

/**
 * The list as this person has it. Or why they are not let in, or not any longer: who took it and how, to those who had one, and to
 * everybody else that there is no such list. Only the first may cost a client its copy. Rejects when it cannot be read.
 */
export async function accessTo(
  core: HubCore,
  listId: ListId,
  userId: UserId,
): Promise<ListWithRole | Denial> {
  const { directory, grants } = core.deps.storage
  const row = await directory.find(listId, userId)
  if (row !== null) return row
  const ended = await grants.ended(listId, userId)
  // Nothing has ended: a stranger, or somebody who was let in again between the two questions.
  if (ended === null) return (await directory.find(listId, userId)) ?? noAccess()
  return new Denial(
    ended.why === 'list-deleted' ? CLOSE.listDeleted : CLOSE.accessEnded,
    howAccessEnded(ended),
  )
}
