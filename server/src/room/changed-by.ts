import type { ListId, UserId } from '@tandem/persistence'
import type { HubCore } from './core.ts'

/** A change of role is told within moments of being written, so its entry is among the newest. */
const ENTRIES = 20

/** The name of who gave somebody the role they have now; null when it is not known or not to be said. Never rejects. */
export async function changedBy(core: HubCore, listId: ListId, userId: UserId): Promise<string | null> {
  const { audit, directory } = core.deps.storage
  try {
    const entries = await audit.read({ listId, limit: ENTRIES })
    const entry = entries.find(({ action, actorId, subjectId }) =>
      action === 'grant.transferred'
        ? subjectId === userId || actorId === userId
        : action === 'grant.changed' && subjectId === userId,
    )
    const by = entry?.actorId ?? null
    if (by === null) return null
    const [member, user] = await Promise.all([directory.find(listId, by), directory.user(by)])
    return member === null || member.anonymousId !== null ? null : (user?.name ?? null)
  } catch (error) {
    // The change itself counts; by whom it was is a courtesy.
    core.logFailure({ list: listId, user: userId, error }, 'access.failed')
    return null
  }
}
