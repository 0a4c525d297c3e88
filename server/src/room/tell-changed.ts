import { encodeMessage, type ServerMessage } from '@tandem/client-sdk/protocol'
import type { ListId, UserId } from '@tandem/persistence'
import type { SocketSession } from '../socket/session.ts'
import type { HubCore } from './core.ts'
import { applyAccessChange, everybody, openAccesses } from './revoke.ts'

/** Somebody's role on a list changed (null: anybody's may have): their connections here follow, and whoever looks is told. Never rejects. */
export function changeAccess(core: HubCore, listId: ListId, userId: UserId | null): Promise<void> {
  tellChanged(core, listId, userId)
  return applyAccessChange(core, listId, userId)
}

/**
 * Members and overviews are read by REST. Who looks at them is told here that it is worth asking again: those who have the list open
 * that its people changed, and the person concerned that their lists did, on one open list of each of their sockets.
 */
function tellChanged(core: HubCore, listId: ListId, userId: UserId | null): void {
  for (const access of openAccesses(core, listId)) access.connection?.sendStateless(PEOPLE)
  const told = new Set<SocketSession>()
  for (const { userId: whose, session, connection, isEnded } of everybody(core)) {
    if (whose !== userId || connection === null || isEnded || told.has(session)) continue
    told.add(session)
    connection.sendStateless(LISTS)
  }
}

const say = (message: ServerMessage): string => encodeMessage(message)
const PEOPLE = say({ type: 'changed', what: 'people' })
const LISTS = say({ type: 'changed', what: 'lists' })
