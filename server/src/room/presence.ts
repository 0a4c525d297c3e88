import type {
  beforeHandleAwarenessPayload,
  beforeHandleMessagePayload,
  Connection,
  Document,
} from '@hocuspocus/server'
import { FRAME } from '@tandem/client-sdk/protocol'
import { removeAwarenessStates } from 'y-protocols/awareness'
import { ANONYMOUS } from '../sharing/masks.ts'
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

/** Takes out what others see of them in this list: they are somebody else there from now on, or nobody. */
export function withdrawPresence({ connection }: Access): void {
  if (connection === null) return
  const { document } = connection
  const own = [...document.getClients(connection)]
  if (own.length > 0) removeAwarenessStates(document.awareness, own, { source: 'connection', connection })
}

/** Whether this connection is among those who are there; they see the others either way. */
export function setVisible(access: Access, isVisible: boolean): void {
  access.isHidden = !isVisible
  if (!isVisible) withdrawPresence(access)
}

/** A program shows one person at a time; what invents more would fill the memory of everybody who has the list open. */
const MAX_STATES = 16

/** Puts the session's identity on every state, and takes out states that are somebody else's to send. */
export function stampPresence(payload: beforeHandleAwarenessPayload<RoomContext>): void {
  const { states, connection, document } = payload
  const access = accessOf(connection)
  if (access === null || connection === undefined) return
  if (access.hasLeft || access.isHidden) {
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
      else moveTo(document, own, clientId)
    }
    state['user'] = identityOf(access, state['user'])
  }
}

/** They came back before their old connection was known to be dead; when it is, it must not take them away with it. */
function moveTo(document: Document, own: Set<number>, clientId: number): void {
  for (const { clients } of document.connections.values()) clients.delete(clientId)
  own.add(clientId)
}

/** Whoever is not to be named shows nothing but that: a colour or a picture would name them. */
function identityOf({ userId, authorId, name }: Access, claimed: unknown): object {
  if (authorId !== userId) return { id: authorId, name: ANONYMOUS }
  const user = typeof claimed === 'object' && claimed !== null ? claimed : {}
  return { ...user, id: userId, name }
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
