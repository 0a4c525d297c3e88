import type { connectedPayload, onAuthenticatePayload, onTokenSyncPayload } from '@hocuspocus/server'
import { CLOSE, encodeMessage, isTooOld, mayWrite, type ServerMessage } from '@tandem/client-sdk/protocol'
import type { ListId, ListWithRole, UserId } from '@tandem/persistence'
import { atMoment } from '../socket/heartbeat.ts'
import type { Identified, SocketSession } from '../socket/session.ts'
import { type Access, end, join, type RoomContext } from './access.ts'
import type { HubCore } from './core.ts'
import {
  Denial,
  draining,
  leftMemory,
  noAccess,
  storageUnavailable,
  tooManyUnknown,
  tooOld,
} from './denial.ts'
import { isListId } from './deps.ts'
import { accessTo } from './ended.ts'
import { upToDate } from './revoke.ts'
import { endSession, recheckCredential } from './sessions.ts'
import { welcome } from './welcome.ts'

/** Who may open this list, and as what. Rejects with a `Denial`; opening a name never creates a list. */
export async function authorize(
  core: HubCore,
  payload: onAuthenticatePayload<RoomContext>,
): Promise<{ access: Access }> {
  const { documentName, token, connectionConfig } = payload
  const { session } = payload.context
  if (core.isDraining) throw draining()
  if (session === undefined || !isListId(documentName)) throw noAccess()
  if (isTooOld(payload.providerVersion)) throw tooOld()
  const checkedAt = core.sessionEnds
  const { userId, name, expiresAt, sessionId } = await bearer(session, token)
  if (!session.admit(userId)) throw new Denial(CLOSE.overloaded, 'Too many connections of one user.')
  // Read before the query: a change of role that arrives during it makes `greet` ask again.
  const readAt = core.accessChanges
  const askedAtMs = core.elapsedMs()
  const row = await find(core, documentName, userId)
  connectionConfig.readOnly = !mayWrite(row.role)
  const access: Access = {
    listId: documentName,
    userId,
    name,
    authorId: row.anonymousId ?? userId,
    role: row.role,
    editorsMayShare: row.editorsMayShare,
    session,
    credential: { token, sessionId: sessionId ?? null, checkedAt },
    readAt,
    isCurrent: false,
    renewal: null,
    verified: { atMs: askedAtMs, isInDoubt: false },
    isHidden: false,
    connection: null,
    isEnded: false,
    hasLeft: false,
    endedBy: null,
    isHandshake: false,
    pending: null,
    endAfterFrame: null,
    expiresAt,
    cancelExpiry: () => undefined,
  }
  return { access }
}

async function bearer(session: SocketSession, token: string): Promise<Extract<Identified, { ok: true }>> {
  const answer = await session.identify(token).catch(() => null)
  if (answer === null) throw storageUnavailable()
  if (!answer.ok) throw new Denial(CLOSE.unauthenticated, answer.reason)
  return answer
}

/** Rejects with the reason when this person has no role. */
async function find(core: HubCore, listId: ListId, userId: UserId): Promise<ListWithRole> {
  if (!core.strangers.mayAsk(userId)) throw tooManyUnknown()
  const found = await look(core, listId, userId)
  if (!(found instanceof Denial)) return found
  if (found.code === CLOSE.noAccess) await core.strangers.miss(userId)
  throw found
}

async function look(core: HubCore, listId: ListId, userId: UserId): Promise<ListWithRole | Denial> {
  try {
    return await accessTo(core, listId, userId)
  } catch (error) {
    core.logFailure({ list: listId, error }, 'list.load-failed')
    throw storageUnavailable()
  }
}

function watchExpiry(core: HubCore, access: Access, expiresAt: number | undefined): void {
  access.cancelExpiry()
  if (expiresAt === undefined || access.isEnded || access.hasLeft) return
  access.cancelExpiry = atMoment(core.deps.clock, expiresAt, () => {
    endSession(access)
  })
}

/** The client is in: tell it who it is, and what it must know about this list. */
export async function greet(core: HubCore, payload: connectedPayload<RoomContext>): Promise<void> {
  const { connection, context } = payload
  const { access } = context
  if (access === undefined) return
  join(core, access, connection)
  const room = core.rooms.get(access.listId)
  // Hocuspocus may have taken the document out of memory between finding it and letting the client in.
  if (room?.document !== connection.document) end(access, leftMemory())
  if (access.isEnded || access.hasLeft) return
  watchExpiry(core, access, access.expiresAt)
  const say = (message: ServerMessage): void => connection.sendStateless(encodeMessage(message))
  connection.sendStateless(welcome(access))
  core.openings.note(access)
  if (room?.isIncomplete) say(room.damagedMessage())
  if (core.deps.storage.log.health().state === 'failing') say({ type: 'storage', state: 'failing' })
  if (access.credential.checkedAt !== core.sessionEnds) await recheckCredential(core, access)
  await upToDate(core, access)
}

/** A client shows a fresh token for a list it has open. */
export async function renew(core: HubCore, payload: onTokenSyncPayload<RoomContext>): Promise<void> {
  const { access } = payload.context
  if (access === undefined) return
  try {
    const checkedAt = core.sessionEnds
    const { userId, expiresAt, sessionId } = await bearer(access.session, payload.token)
    if (userId !== access.userId) {
      end(access, new Denial(CLOSE.unauthenticated, 'This list was opened by somebody else.'))
      return
    }
    access.credential = { token: payload.token, sessionId: sessionId ?? null, checkedAt }
    watchExpiry(core, access, expiresAt)
    if (checkedAt !== core.sessionEnds) await recheckCredential(core, access)
  } catch (denial) {
    // Without an answer the old token counts for as long as it says.
    if (denial instanceof Denial && denial.code === CLOSE.unauthenticated) end(access, denial)
  }
}
