import { mayWrite } from '@tandem/client-sdk/protocol'
import type { ListId, ListWithRole, UserId } from '@tandem/persistence'
import { fewAtATime } from '../few-at-a-time.ts'
import { authenticated } from '../socket/frames.ts'
import { type Access, accessOf, end } from './access.ts'
import { changedBy } from './changed-by.ts'
import type { HubCore } from './core.ts'
import { Denial } from './denial.ts'
import { accessTo } from './ended.ts'
import { withdrawPresence } from './presence.ts'
import { welcome } from './welcome.ts'

/** Somebody's role on a list changed (null: anybody's may have): the connections they have to it here follow. Never rejects. */
export async function applyAccessChange(core: HubCore, listId: ListId, userId: UserId | null): Promise<void> {
  core.accessChanges += 1
  const concerned = openAccesses(core, listId).filter((access) => userId === null || access.userId === userId)
  await recheckAll(core, concerned)
}

/** Messages between nodes were lost: any role may have changed. One question a connection, a few at a time. */
export async function recheckEverybody(core: HubCore): Promise<void> {
  core.accessChanges += 1
  await recheckAll(core, everybody(core))
}

async function recheckAll(core: HubCore, accesses: readonly Access[]): Promise<void> {
  await fewAtATime(ASK_AT_ONCE, accesses, (access) => recheck(core, access))
}

/** Fewer than the pool has connections, so that people who open lists meanwhile do not wait for all of this. */
export const ASK_AT_ONCE = 4

export function everybody(core: HubCore): Access[] {
  return [...core.rooms.all()].flatMap((room) => openAccesses(core, room.listId))
}

export function openAccesses(core: HubCore, listId: string): Access[] {
  const room = core.rooms.get(listId)
  if (room === undefined) return []
  const connected = room.document.getConnections().flatMap((connection) => accessOf(connection) ?? [])
  // Who has lost the list must not have stored what they left behind either.
  return [...connected, ...room.departing.all()]
}

/**
 * Null when a connection follows what holds; else settles when it does, or when it is known that this cannot be known now. A change that
 * came between the question at the door and the entry into the room has reached nobody: that is asked once, before the first edit.
 */
export function upToDate(core: HubCore, access: Access): Promise<void> | null {
  if (access.isCurrent) return null
  if (access.readAt === core.accessChanges) {
    access.isCurrent = true
    return null
  }
  access.renewal ??= recheck(core, access).then(() => {
    access.isCurrent = true
  })
  return access.renewal
}

/** Asks the directory again, until there is an answer, and lets the connection follow it. Never rejects. */
export async function recheck(core: HubCore, access: Access): Promise<void> {
  const fault = await ask(core, access)
  if (fault === null || access.isEnded || core.isDraining) return
  core.deps.clock.setTimer(() => void recheck(core, access), RETRY_MS)
}

const RETRY_MS = 1_000

/** The same once; why there was no answer, else null. */
export async function ask(core: HubCore, access: Access): Promise<unknown> {
  const { listId, userId } = access
  const readAt = core.accessChanges
  const askedAtMs = core.elapsedMs()
  try {
    const found = await accessTo(core, listId, userId)
    // A later question was answered first: this answer is the older one.
    if (access.isEnded || readAt < access.readAt) return null
    access.readAt = readAt
    access.verified = { atMs: askedAtMs, isInDoubt: false }
    if (found instanceof Denial) {
      core.deps.logger.info({ list: listId, user: userId, code: found.code }, 'access.changed')
      end(access, found)
    } else follow(core, access, found)
    return null
  } catch (error) {
    core.logFailure({ list: listId, user: userId, error }, 'access.failed')
    access.verified = { ...access.verified, isInDoubt: true }
    return error
  }
}

/** What may be seen and done changes on the open connection; what was sent and not judged yet is judged by what holds then. */
function follow(core: HubCore, access: Access, row: ListWithRole): void {
  const { listId, userId, connection } = access
  const authorId = row.anonymousId ?? userId
  const isOtherRole = row.role !== access.role
  if (!isOtherRole && authorId === access.authorId && row.editorsMayShare === access.editorsMayShare) return
  if (authorId !== access.authorId) withdrawPresence(access)
  access.role = row.role
  access.authorId = authorId
  access.editorsMayShare = row.editorsMayShare
  core.deps.logger.info({ list: listId, user: userId, role: row.role }, 'access.changed')
  if (!isOtherRole) {
    connection?.sendStateless(welcome(access))
    return
  }
  connection?.send(authenticated(listId, !mayWrite(row.role)))
  void tellByWhom(core, access)
}

/** By whom is a courtesy: it is asked for, and not for long. */
const ASK_BY_WHOM_MS = 500

async function tellByWhom(core: HubCore, access: Access): Promise<void> {
  const { role } = access
  let name: string | null = null
  const asking = changedBy(core, access.listId, access.userId).then((found) => {
    name = found
  })
  await core.within(ASK_BY_WHOM_MS, asking)
  // Changed again meanwhile: then that change tells itself.
  if (access.isEnded || access.role !== role) return
  access.connection?.sendStateless(welcome(access, { changedBy: name }))
}
