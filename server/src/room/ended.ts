import { CLOSE } from '@tandem/client-sdk/protocol'
import type { ListId, UserId } from '@tandem/persistence'
import { howAccessEnded } from '../http/list-access.ts'
import type { HubCore } from './core.ts'
import { Denial, noAccess } from './denial.ts'

/**
 * Why somebody without a role is not let in, or not any longer: who took it and how, to those who had one, and to everybody else that
 * there is no such list. Only the first may cost a client its copy. Rejects when it cannot be read.
 */
export async function whyNot(core: HubCore, listId: ListId, userId: UserId): Promise<Denial> {
  const ended = await core.deps.storage.grants.ended(listId, userId)
  if (ended === null) return noAccess()
  return new Denial(
    ended.why === 'list-deleted' ? CLOSE.listDeleted : CLOSE.accessEnded,
    howAccessEnded(ended),
  )
}
