import * as Y from 'yjs'
import type { PendingEdit } from './access.ts'
import type { HubCore } from './core.ts'
import { FROM_LOG, type Room } from './room.ts'

/**
 * A committed edit must be in the document, whatever became of the frame that brought it.
 *
 * Normally Hocuspocus has just applied it. It has not when another extension's hook threw between the commit and the
 * application; then it is applied here, so that `applied` never speaks of a row the document lacks.
 */
export function applyCommitted(core: HubCore, room: Room, pending: PendingEdit): void {
  const { entry, seq, committedAtMs, isApplied } = pending
  try {
    if (!isApplied) Y.applyUpdate(room.document, entry.update, FROM_LOG)
    room.applied.mark(seq)
  } catch (error) {
    // Left behind: the next sweep reads the row from the log.
    core.deps.logger.error({ list: room.listId, seq, error }, 'edit.failed')
  } finally {
    entry.settle()
  }
  core.announce(room)
  core.timings.delivered(committedAtMs)
}
