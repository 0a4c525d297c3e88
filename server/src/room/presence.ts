import type {
  beforeHandleAwarenessPayload,
  beforeHandleMessagePayload,
  Connection,
  Document,
} from '@hocuspocus/server'
import { FRAME } from '@tandem/client-sdk/protocol'
import { removeAwarenessStates } from 'y-protocols/awareness'
import { presenceBody, readPresence, TYPE_AT } from '../socket/frames.ts'
import { type Access, accessOf, type RoomContext } from './access.ts'

/**
 * Presence says who is there. The server vouches for who that is, keeps it in memory only, and drops it first.
 */

/** Hocuspocus loses the message "I am gone" on its way; the others would see a ghost until the socket closes. */
export function dropDeparted({ update: frame, document, connection }: beforeHandleMessagePayload): void {
  if (frame[TYPE_AT] !== FRAME.awareness) return
  const own = document.getClients(connection)
  if (own.size === 0) return
  const departed: number[] = []
  readPresence(presenceBody(frame), (clientId, isGone) => {
    if (isGone && own.has(clientId)) departed.push(clientId)
  })
  if (departed.length > 0)
    removeAwarenessStates(document.awareness, departed, { source: 'connection', connection })
}

/** A program shows one person at a time; what invents more would fill the memory of everybody who has the list open. */
const MAX_STATES = 16

/** Puts the session's identity on every state, and takes out states that are somebody else's to send. */
export function stampPresence(payload: beforeHandleAwarenessPayload<RoomContext>): void {
  const { states, connection, document } = payload
  const access = accessOf(connection)
  if (access === null || connection === undefined) return
  if (access.hasLeft) {
    states.clear()
    return
  }
  const own = document.getClients(connection)
  let room = MAX_STATES - own.size
  for (const [clientId, state] of states) {
    const isNew = !own.has(clientId)
    if ((isNew && room <= 0) || isSomebodyElses(document, connection, clientId, access)) {
      states.delete(clientId)
      continue
    }
    if (isNew) {
      room -= 1
      // Hocuspocus ties a state to its connection only when it is the first it hears of it. Yjs remembers who has gone, so
      // without this whoever comes back would belong to no connection, and stay for half a minute after leaving again.
      if (!document.awareness.states.has(clientId)) document.awareness.meta.delete(clientId)
    }
    const claimed: unknown = state['user']
    const user = typeof claimed === 'object' && claimed !== null ? claimed : {}
    state['user'] = { ...user, id: access.userId, name: access.name }
  }
}

function isSomebodyElses(
  document: Document,
  connection: Connection,
  clientId: number,
  access: Access,
): boolean {
  for (const [other, { clients }] of document.connections) {
    // The same person's: their old socket may not have noticed yet that it is dead.
    if (other !== connection && clients.has(clientId) && accessOf(other)?.userId !== access.userId)
      return true
  }
  return false
}
