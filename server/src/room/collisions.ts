import type { Connection, onStatelessPayload } from '@hocuspocus/server'
import type { CollisionOp } from '@tandem/client-sdk/model'
import {
  type ClientMessage,
  type Collided,
  encodeMessage,
  type ServerMessage,
} from '@tandem/client-sdk/protocol'
import type { LogPage, Seq } from '@tandem/persistence'
import { type Access, accessOf } from './access.ts'
import type { HubCore } from './core.ts'
import type { Room } from './room.ts'

/** Clients ignore messages longer than 64,000 characters. The log has what does not fit. */
const MAX_CHARS = 60_000
/** Who was away for longer than this many updates is told about the newest of them. */
const MAX_ROWS = 2_000
const ROWS_PER_READ = 500

/**
 * Tells everybody who has the list open about values that collided in an update. It is the last time that the value that gave way is to
 * be had without asking: what Yjs broadcasts does not hold it any more.
 */
export function tellCollisions(core: HubCore, room: Room, seq: Seq, ops: readonly unknown[]): void {
  const collisions = fitting(collisionsIn(ops))
  if (collisions.length === 0) return
  // Behind the broadcast of the update itself, which Hocuspocus holds until the end of the turn.
  core.deps.clock.setTimer(() => room.tell({ type: 'collisions', seq, collisions }), 0)
}

/** Answers those who were away when their values collided, from the log, once each time they open the list. */
export class MissedCollisions {
  private readonly core: HubCore
  private readonly answered = new WeakSet<Access>()

  constructor(core: HubCore) {
    this.core = core
  }

  /** Never rejects: unanswered, the client asks again the next time. */
  async answer(
    { connection, documentName }: onStatelessPayload,
    { after }: Extract<ClientMessage, { type: 'missed' }>,
  ): Promise<void> {
    const room = this.core.rooms.get(documentName)
    const access = accessOf(connection)
    if (room === undefined || access === null || this.answered.has(access)) return
    this.answered.add(access)
    const upTo = room.applied.upTo
    try {
      const found = after === null ? [] : await this.read(room, Math.max(after, upTo - MAX_ROWS), upTo)
      // Also what they wrote by name before they asked not to be named.
      const own = new Set<string>([access.userId, access.authorId])
      const theirs = found.filter(({ kept, other }) => own.has(kept.by) || own.has(other.by))
      say(connection, { type: 'missed-collisions', upTo, collisions: fitting(theirs) })
    } catch (error) {
      this.core.logFailure({ list: room.listId, error }, 'collisions.unread')
    }
  }

  private async read(room: Room, after: Seq, upTo: Seq): Promise<Collided[]> {
    const found: Collided[] = []
    for (let from = after; from < upTo; ) {
      const limit = Math.min(ROWS_PER_READ, upTo - from)
      const page: LogPage = await this.core.deps.storage.log.readSince(room.listId, from, limit)
      for (const { ops } of page.updates) found.push(...collisionsIn(ops))
      if (page.through <= from) break
      from = page.through
    }
    return found
  }
}

function collisionsIn(ops: readonly unknown[]): Collided[] {
  return ops.filter(isCollision).map(({ op: _, ...collided }) => collided)
}

function isCollision(op: unknown): op is CollisionOp {
  return typeof op === 'object' && op !== null && 'op' in op && op.op === 'collision'
}

/** The newest that fit into one message. */
function fitting(collisions: readonly Collided[]): Collided[] {
  let chars = 0
  return collisions
    .toReversed()
    .filter((one) => {
      chars += JSON.stringify(one).length
      return chars <= MAX_CHARS
    })
    .reverse()
}

function say(connection: Connection, message: ServerMessage): void {
  connection.sendStateless(encodeMessage(message))
}
