import type { Connection } from '@hocuspocus/server'
import type { Role } from '@tandem/client-sdk/protocol'
import type { ListId, Seq, UserId } from '@tandem/persistence'
import type { SocketSession } from '../socket/session.ts'
import type { HubCore } from './core.ts'
import type { Denial } from './denial.ts'
import type { Entry } from './in-flight.ts'

/**
 * One person's way into one list on one socket. Made when the document is authenticated and shared by all its hooks;
 * `role` follows the directory for as long as the connection lives.
 */
export interface Access {
  readonly listId: ListId
  readonly userId: UserId
  readonly name: string
  /** What stands for `userId` wherever others see it, in this list. */
  authorId: string
  role: Role
  editorsMayShare: boolean
  readonly session: SocketSession
  /** What they are signed in with: a session may end before its tokens do. */
  credential: Credential
  /** Value of the hub's access counter when the role was read; see `revoke.ts`. */
  readAt: number
  /** Changes from now on reach this access, and it has caught up with those before; see `upToDate` in `revoke.ts`. */
  isCurrent: boolean
  /** Catching up. */
  renewal: Promise<void> | null
  /** When the role was last read, in `core.elapsedMs`, and whether reading it has failed since. */
  verified: { readonly atMs: number; readonly isInDoubt: boolean }
  /** They asked not to be seen in this list on this connection. */
  isHidden: boolean
  connection: Connection | null
  /** Closed for a reason of ours: nothing that is still queued counts any more. */
  isEnded: boolean
  /** They went, or their network did: what was received until then still counts, and is answered by nobody. */
  hasLeft: boolean
  /** Why it must be closed as soon as there is a connection to close. */
  endedBy: Denial | null
  /** The frame being handled is the answer to our sync step 1. */
  isHandshake: boolean
  /** Appended, and on its way into the document. */
  pending: PendingEdit | null
  /** Close this list on this socket once the frame being handled is answered. */
  endAfterFrame: Denial | null
  /** Milliseconds since 1970 when the token shown for this list ends. */
  readonly expiresAt: number | undefined
  /** Ends the timer of the token that was shown for this list. */
  cancelExpiry: () => void
}

export interface Credential {
  readonly token: string
  readonly sessionId: string | null
  /** Value of the hub's counter of ended sessions when the token was checked. */
  readonly checkedAt: number
}

export interface PendingEdit {
  readonly entry: Entry
  readonly seq: Seq
  readonly committedAtMs: number
  /** Set by the document's own event, the only witness of what was really applied. */
  isApplied: boolean
}

/** What travels in Hocuspocus' context of a document connection. */
export interface RoomContext {
  readonly session?: SocketSession
  readonly access?: Access
}

export function accessOf(connection: Connection | undefined): Access | null {
  return (connection?.context as RoomContext | undefined)?.access ?? null
}

/** The connection exists now. Called by whichever hook sees it first; Hocuspocus promises no order. */
export function join(core: HubCore, access: Access, connection: Connection): void {
  if (access.connection !== null) return
  access.connection = connection
  connection.onClose(() => leave(core, access, connection))
  if (access.endedBy !== null) end(access, access.endedBy)
}

/** Closes this list on this socket, and nothing else on it. */
export function end(access: Access, denial: Denial): void {
  access.isEnded = true
  access.endedBy = denial
  access.connection?.close({ code: denial.code, reason: denial.reason })
}

/**
 * The list is closed on this socket. What was received is still stored: a client that keeps nothing, whose tab was closed
 * right after the last letter, has no other copy of it.
 */
function leave(core: HubCore, access: Access, connection: Connection): void {
  access.hasLeft = true
  access.cancelExpiry()
  const queue = connection.waitForPendingMessages()
  access.session.outlivedBy(access.listId, queue)
  const room = core.rooms.get(access.listId)
  // Among those whose role is still asked about, and whose list stays in memory.
  if (access.endedBy === null && room?.document === connection.document) room.departing.add(access, queue)
  // An edit may still be waiting for its commit. Were its answer sent after the client has opened the list again, it
  // would be taken for the answer to something newer. Not at once, because the CLOSE frame follows this call.
  queueMicrotask(() => {
    connection.webSocket = SILENT
  })
}

const SILENT = { readyState: 3, send: () => undefined, close: () => undefined }
