import { type afterLoadDocumentPayload, type fetchPayload, isTransactionOrigin } from '@hocuspocus/server'
import { type Damage, isStorageError, type ListId, type LoadedList, type Seq } from '@tandem/persistence'
import * as Y from 'yjs'
import { accessOf } from './access.ts'
import type { HubCore } from './core.ts'
import { noAccess, storageUnavailable } from './denial.ts'
import { isListId } from './deps.ts'
import { gatherPresence } from './gather-presence.ts'
import { FROM_LOG, type Room } from './room.ts'

/**
 * Fetches a list into its new document: the newest readable snapshot, then the rows after it.
 *
 * Either the document holds everything that could be read and the room names what could not, or this rejects with a
 * denial that asks the client to come back. A failed load is never an empty list.
 */
export async function fetchList(core: HubCore, payload: fetchPayload): Promise<null> {
  const { document, documentName } = payload
  if (!isListId(documentName)) {
    document.destroy()
    throw noAccess()
  }
  // In the registry before the first query, so that a hint that arrives meanwhile is remembered.
  const room = core.rooms.add(documentName, document)
  const startedMs = core.elapsedMs()
  try {
    const loaded = await core.deps.storage.log.load(documentName)
    const { damage, snapshotSeq } = await fill(core, room, loaded)
    room.opened({ head: loaded.head, snapshotSeq, damage })
  } catch (error) {
    core.logFailure({ list: documentName, error }, 'list.load-failed', 'error')
    throw isStorageError(error, 'unknown-list') ? noAccess() : storageUnavailable()
  }
  core.deps.metrics.observe('tandem_load_seconds', (core.elapsedMs() - startedMs) / 1000)
  // The rows are in the document already: merging them into one update for Hocuspocus to apply costs more the more there
  // are, and would not name the row that cannot be read.
  return null
}

/** Puts snapshot and rows into the document, and says what is missing from it and up to where a snapshot was of use. */
async function fill(
  core: HubCore,
  room: Room,
  loaded: LoadedList,
): Promise<{ damage: Damage[]; snapshotSeq: Seq }> {
  const { listId, document } = room
  const damage = [...loaded.damage]
  let snapshotSeq = loaded.snapshot?.seq ?? 0
  let unreadableUpTo = 0
  const tailBytes = loaded.tail.reduce((sum, { data }) => sum + data.length, 0)
  room.size.known((loaded.snapshot?.data.length ?? 0) + tailBytes)
  document.transact(() => {
    if (loaded.snapshot !== null) {
      const { seq, data } = loaded.snapshot
      tryApply(document, data, () => {
        damage.push(unreadable(listId, 'corrupt-snapshot', seq))
        unreadableUpTo = seq
      })
    }
    for (const { seq, data } of loaded.tail) {
      tryApply(document, data, () => damage.push(unreadable(listId, 'corrupt-row', seq)))
    }
  }, FROM_LOG)
  if (unreadableUpTo > 0) {
    snapshotSeq = 0
    damage.push(...(await replay(core, room, unreadableUpTo)))
  }
  if (hasPending(document) && damage.every((one) => one.kind === 'corrupt-snapshot')) {
    // Everything could be read, and yet something refers to what nobody has: a row was lost before it was stored.
    damage.push({
      listId,
      kind: 'missing-row',
      seq: loaded.head,
      detail: 'Stored edits refer to content that is nowhere in the log.',
    })
  }
  return { damage, snapshotSeq }
}

const ROWS_PER_READ = 500

/** Applies the rows that an unreadable snapshot stood for. */
async function replay(core: HubCore, { listId, document }: Room, upTo: Seq): Promise<Damage[]> {
  const damage: Damage[] = []
  for (let after = 0; after < upTo; ) {
    const found = await core.deps.storage.log.readSince(listId, after, Math.min(ROWS_PER_READ, upTo - after))
    document.transact(() => {
      for (const { seq, data } of found.updates) {
        tryApply(document, data, () => damage.push(unreadable(listId, 'corrupt-row', seq)))
      }
    }, FROM_LOG)
    damage.push(...found.damage)
    if (found.through <= after) break
    after = found.through
  }
  return damage
}

function unreadable(listId: ListId, kind: Damage['kind'], seq: Seq): Damage {
  return { listId, kind, seq, detail: 'The stored bytes are not a Yjs update.' }
}

function tryApply(document: Y.Doc, data: Uint8Array, onFailure: () => void): void {
  try {
    Y.applyUpdate(document, data, FROM_LOG)
  } catch {
    // Its checksum was right, so it was stored like this; the other rows are still worth having.
    onFailure()
  }
}

/** Yjs holds back what depends on something it has not seen. */
export function hasPending(document: Y.Doc): boolean {
  return document.store.pendingStructs !== null || document.store.pendingDs !== null
}

/** The document is filled: watch it from here on, and say what was found. */
export function listLoaded(core: HubCore, { document, documentName }: afterLoadDocumentPayload): void {
  // The load itself waits in the broadcast buffer and would be sent, whole, to whoever joins first.
  document.flush()
  gatherPresence(document, core.deps.clock)
  const room = core.rooms.get(documentName)
  if (room === undefined) return
  document.on('update', (update: Uint8Array, origin: unknown) => {
    room.version += 1
    room.size.grew(update.length)
    room.changedAtMs = core.deps.clock.now()
    if (!isTransactionOrigin(origin) || origin.source !== 'connection') return
    const pending = accessOf(origin.connection)?.pending
    if (pending) pending.isApplied = true
  })
  core.deps.logger.debug({ list: room.listId, seq: room.applied.upTo, rows: room.tailRows }, 'list.opened')
  if (room.damage.length > 0) core.reportDamage(room, room.damage)
  if (room.applied.isBehind) core.catchUp(room, 'load')
}
