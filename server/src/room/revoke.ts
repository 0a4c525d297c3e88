import { encodeMessage, mayWrite, PROTOCOL_VERSION } from '@tandem/client-sdk/protocol'
import type { ListId, UserId } from '@tandem/persistence'
import { fewAtATime } from '../few-at-a-time.ts'
import { authenticated } from '../socket/frames.ts'
import { type Access, accessOf, end } from './access.ts'
import type { HubCore } from './core.ts'
import { noAccess } from './denial.ts'

/** Somebody's role on a list changed (null: anybody's may have): the connections they have to it here follow. Never rejects. */
export async function applyAccessChange(core: HubCore, listId: ListId, userId: UserId | null): Promise<void> {
  core.accessChanges += 1
  const concerned = openAccesses(core, listId).filter((access) => userId === null || access.userId === userId)
  await fewAtATime(AT_ONCE, concerned, (access) => recheck(core, access))
}

/** Messages between nodes were lost: any role may have changed. One question a connection, a few at a time. */
export async function recheckEverybody(core: HubCore): Promise<void> {
  core.accessChanges += 1
  const everybody = [...core.rooms.all()].flatMap((room) => openAccesses(core, room.listId))
  await fewAtATime(AT_ONCE, everybody, (access) => recheck(core, access))
}

/** Fewer than the pool has connections, so that people who open lists meanwhile do not wait for all of this. */
const AT_ONCE = 4

export function openAccesses(core: HubCore, listId: string): Access[] {
  const room = core.rooms.get(listId)
  if (room === undefined) return []
  const connected = room.document.getConnections().flatMap((connection) => accessOf(connection) ?? [])
  // Who has lost the list must not have stored what they left behind either.
  return [...connected, ...room.departing.all()]
}

/** Asks the directory again and lets the connection follow the answer. */
export async function recheck(core: HubCore, access: Access): Promise<void> {
  const { storage, logger, clock } = core.deps
  const readAt = core.accessChanges
  try {
    const row = await storage.directory.find(access.listId, access.userId)
    // A later question was answered first: this answer is the older one.
    if (access.isEnded || readAt < access.readAt) return
    access.readAt = readAt
    if (row === null) {
      logger.info({ list: access.listId, user: access.userId }, 'access.changed')
      end(access, noAccess())
      return
    }
    if (row.role === access.role) return
    access.role = row.role
    logger.info({ list: access.listId, user: access.userId, role: row.role }, 'access.changed')
    access.connection?.send(authenticated(access.listId, !mayWrite(row.role)))
    access.connection?.sendStateless(
      encodeMessage({ type: 'welcome', protocol: PROTOCOL_VERSION, role: row.role, userId: access.userId }),
    )
  } catch (error) {
    // The database is away, and with it every edit: nobody can write until it is back, and then this is asked again.
    core.logFailure({ list: access.listId, user: access.userId, error }, 'access.failed')
    if (!access.isEnded && !core.isDraining) clock.setTimer(() => void recheck(core, access), RETRY_MS)
  }
}

const RETRY_MS = 1_000
