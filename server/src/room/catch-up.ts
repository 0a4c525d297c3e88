import * as Y from 'yjs'
import { tellCollisions } from './collisions.ts'
import type { HubCore } from './core.ts'
import { hasPending } from './load.ts'
import { FROM_LOG, type Room } from './room.ts'

const ROWS_PER_READ = 500

/**
 * Reads what this node lacks from the log and applies it, until nothing known is missing.
 *
 * One run at a time per room; a run that is asked for during another is that other. Never rejects: what could not be
 * read now is asked for again by the next sweep.
 */
export function catchUp(core: HubCore, room: Room, cause: string): Promise<void> {
  room.catchingUp ??= readUntilLevel(core, room, cause).finally(() => {
    room.catchingUp = null
  })
  return room.catchingUp
}

async function readUntilLevel(core: HubCore, room: Room, cause: string): Promise<void> {
  core.deps.metrics.count('tandem_catch_ups_total', { cause })
  try {
    for (;;) {
      if (room.state !== 'open') return
      const after = room.applied.upTo
      const { known } = room.applied
      const page = await core.deps.storage.log.readSince(room.listId, after, ROWS_PER_READ)
      const { updates, damage } = page
      // The document may have been closed during the read; a closed one must not be written to.
      if (room.state !== 'open') return
      room.document.transact(() => {
        for (const { data } of updates) Y.applyUpdate(room.document, data, FROM_LOG)
      }, FROM_LOG)
      for (const { seq, ops } of updates) tellCollisions(core, room, seq, ops)
      room.applied.markAllUpTo(page.through)
      const fresh = damage.filter(
        (one) => !room.damage.some((old) => old.kind === one.kind && old.seq === one.seq),
      )
      if (fresh.length > 0) {
        room.damage = [...room.damage, ...fresh]
        core.reportDamage(room, fresh)
        room.tell(room.damagedMessage())
      }
      if (page.through < page.head && page.through > after) continue
      // What was announced during the read may have been committed after it. What was known before and is still missing is
      // not there to be read now.
      if (!room.applied.isBehind || room.applied.known === known) break
    }
    if (hasPending(room.document))
      core.deps.logger.warn({ list: room.listId, seq: room.applied.upTo }, 'list.damaged')
  } catch (error) {
    // The database is away, or a row cannot be applied: `applied` stayed behind, so the next sweep tries again.
    core.logFailure({ list: room.listId, error }, 'bus.failed')
  }
}
