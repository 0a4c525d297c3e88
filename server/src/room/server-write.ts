import type { Document } from '@hocuspocus/server'
import type { Refusal } from '@tandem/client-sdk/protocol'
import type { ListId, Seq } from '@tandem/persistence'
import * as Y from 'yjs'
import { TandemError } from '../errors.ts'
import type { Actor } from '../gate/verdict.ts'
import { admit } from './admit.ts'
import { applyCommitted } from './apply-committed.ts'
import type { HubCore } from './core.ts'
import { Denial } from './denial.ts'
import type { Room } from './room.ts'

export type WriteOutcome = { readonly seq: Seq } | { readonly refusal: Refusal }

/** Hocuspocus' DirectConnection: keeps the list in memory until it is disconnected. */
interface OpenList {
  readonly document: Document | null
  disconnect(): Promise<void>
}

export interface ServerWrite {
  readonly listId: ListId
  readonly actor: Actor
  /** Changes the copy it is given; must not keep it. */
  plan(doc: Y.Doc): void
}

/**
 * A change made by the server itself, through the same gate and the same log as everybody's.
 *
 * The plan works on a copy: the document of the room must never show what is not committed.
 */
export async function serverWrite(
  core: HubCore,
  open: (listId: ListId) => Promise<OpenList>,
  { listId, actor, plan }: ServerWrite,
): Promise<WriteOutcome> {
  const { connection, room } = await openRoom(core, open, listId)
  try {
    const update = changesOf(room.document, plan)
    if (update === null) return { seq: room.applied.upTo }
    const admitted = await admit(core, room, { update, actor: () => actor, isHandshake: false })
    if (admitted.verdict === 'refused') return { refusal: admitted.refusal }
    if (admitted.verdict === 'nothing-new') return { seq: room.applied.upTo }
    const { seq } = await admitted.appended
    core.deps.metrics.count('tandem_edits_accepted_total')
    applyCommitted(core, room, {
      entry: admitted.entry,
      seq,
      committedAtMs: core.elapsedMs(),
      isApplied: false,
    })
    return { seq }
  } finally {
    await connection.disconnect()
  }
}

/** Looks at a list without copying it; `look` must not change what it is given. */
export async function serverRead<T>(
  core: HubCore,
  open: (listId: ListId) => Promise<OpenList>,
  { listId, look }: { listId: ListId; look: (doc: Y.Doc, upTo: Seq) => T },
): Promise<T> {
  const { connection, room } = await openRoom(core, open, listId)
  try {
    return look(room.document, room.applied.upTo)
  } finally {
    await connection.disconnect()
  }
}

/** Again when the list left memory between being found and being held. */
async function openRoom(
  core: HubCore,
  open: (listId: ListId) => Promise<OpenList>,
  listId: ListId,
): Promise<{ connection: OpenList; room: Room }> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const connection = await open(listId).catch((error: unknown) => {
      throw error instanceof Denial ? new TandemError('storage-unavailable', error.reason) : error
    })
    const room = core.rooms.get(listId)
    if (room !== undefined && room.document === connection.document) return { connection, room }
    await connection.disconnect()
  }
  throw new TandemError('internal', 'The list left memory whenever it was to be written.')
}

const MAX_TRIES = 5

function changesOf(document: Y.Doc, plan: (doc: Y.Doc) => void): Uint8Array | null {
  const copy = new Y.Doc()
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(document))
    const updates: Uint8Array[] = []
    copy.on('update', (update: Uint8Array) => updates.push(update))
    copy.transact(() => plan(copy))
    return updates.length === 0 ? null : Y.mergeUpdates(updates)
  } finally {
    copy.destroy()
  }
}
