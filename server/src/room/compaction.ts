import { Database } from '@hocuspocus/extension-database'
import type { onStoreDocumentPayload } from '@hocuspocus/server'
import * as Y from 'yjs'
import type { HubCore } from './core.ts'
import { fetchList } from './load.ts'
import type { Room } from './room.ts'

/** Fewer rows than this are replayed faster than a snapshot is written. */
const WORTH_KEEPING_ROWS = 20
/** A snapshot is a convenience: an unload does not wait longer than this for one. */
const UNLOAD_WAIT_MS = 5_000

/**
 * Hocuspocus' database extension with the log behind it: `fetch` loads, `store` compacts.
 *
 * The original stores the whole state after every burst of edits. Here every edit is in the log before it is shown, so
 * the state is encoded only when the tail behind the newest snapshot has become long.
 */
export class ListDatabase extends Database {
  private readonly core: HubCore

  constructor(core: HubCore) {
    super({
      fetch: (payload) => fetchList(core, payload),
      store: async ({ documentName, document, state }) => {
        const room = core.rooms.get(documentName)
        // Called in the tick in which `state` was encoded, so `upTo` is what it contains.
        if (room !== undefined && room.document === document) await write(core, room, state)
      },
    })
    this.core = core
  }

  override async onStoreDocument(payload: onStoreDocumentPayload): Promise<void> {
    const room = this.core.rooms.get(payload.documentName)
    if (room !== undefined && isSnapshotDue(this.core, room)) await super.onStoreDocument(payload)
  }
}

/** While people are editing. */
export function isSnapshotDue(core: HubCore, room: Room): boolean {
  return room.tailRows > core.deps.limits.snapshotEvery && mayCompact(core, room)
}

/** A snapshot of an incomplete list would be loaded as if it were whole, and the damage forgotten. */
function mayCompact(core: HubCore, room: Room): boolean {
  if (core.isStopped || room.compacting !== null) return false
  return room.state === 'open' && !room.isIncomplete && room.applied.upTo > 0
}

/** Nobody has the list open any more: leave it so that the next load is short. Never rejects, never takes long. */
export async function compactBeforeUnload(core: HubCore, room: Room): Promise<void> {
  if (room.compacting !== null) await core.within(UNLOAD_WAIT_MS, room.compacting)
  if (!mayCompact(core, room) || !isWorthKeeping(room)) return
  await core.within(UNLOAD_WAIT_MS, write(core, room, Y.encodeStateAsUpdate(room.document)))
}

function isWorthKeeping(room: Room): boolean {
  // A snapshot that could not be read makes every load replay the whole log until there is a good one.
  return room.tailRows >= WORTH_KEEPING_ROWS || (room.tailRows > 0 && room.damage.length > 0)
}

/** Writes `state` as what the list was at `applied.upTo`; a failure costs nothing but the next load's time. */
function write(core: HubCore, room: Room, state: Uint8Array): Promise<void> {
  const seq = room.applied.upTo
  const { logger, metrics, storage } = core.deps
  room.size.known(state.length)
  const writing = storage.snapshots
    .write(room.listId, seq, state)
    .then((outcome) => {
      metrics.count('tandem_snapshots_total', { outcome })
      room.snapshotSeq = Math.max(room.snapshotSeq, seq)
      logger.debug({ list: room.listId, seq, bytes: state.length, outcome }, 'list.compacted')
    })
    .catch((error: unknown) => {
      metrics.count('tandem_snapshots_total', { outcome: 'failed' })
      // A reason and no stack: the log holds everything, and an outage fails as many snapshots as lists are closing.
      const [reason] = String(error).split('\n', 1)
      logger.warn({ list: room.listId, seq, reason }, 'list.compaction-failed')
    })
    .finally(() => {
      room.compacting = null
    })
  room.compacting = writing
  return writing
}
