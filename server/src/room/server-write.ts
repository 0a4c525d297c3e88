import type { Document } from '@hocuspocus/server'
import { CLOSE, type Refusal } from '@tandem/client-sdk/protocol'
import type { ListId, Seq } from '@tandem/persistence'
import * as Y from 'yjs'
import { type ErrorCode, TandemError } from '../errors.ts'
import { admit, type Proposal } from './admit.ts'
import { applyCommitted } from './apply-committed.ts'
import type { HubCore } from './core.ts'
import { Denial } from './denial.ts'
import { Rights, type Writer } from './rights.ts'
import type { Room } from './room.ts'

/** `ops`: what the change means, as the log has it; empty when it changed nothing. */
export type WriteOutcome =
  | { readonly seq: Seq; readonly ops: readonly unknown[] }
  | { readonly refusal: Refusal }

/** Hocuspocus' DirectConnection: keeps the list in memory until it is disconnected. */
interface OpenList {
  readonly document: Document | null
  disconnect(): Promise<void>
}

export type OpenDirectly = (listId: ListId) => Promise<OpenList>

export interface ServerWrite {
  readonly listId: ListId
  readonly writer: Writer
  /** Changes the copy it is given; must not keep it. */
  plan(doc: Y.Doc): void
  readonly opId?: string
}

/**
 * A change made by the server itself, through the same gate and the same log as everybody's.
 *
 * The plan works on a copy: the document of the room must never show what is not committed.
 */
export async function serverWrite(
  core: HubCore,
  { listId, writer, plan, opId }: ServerWrite,
): Promise<WriteOutcome> {
  const { connection, room } = await openRoom(core, listId)
  try {
    const rights = new Rights(core, writer)
    // Before the plan, so that it is judged in the turn in which it was made.
    await rights.renew()
    const written = writtenBy(core, room, plan)
    if (written === null) return { seq: room.applied.upTo, ops: [] }
    const { update, clientId, clock } = written
    const outcome = await put(core, room, { update, rights, isHandshake: false }, opId)
    const isSettled = 'refusal' in outcome || Y.getState(room.document.store, clientId) === clock
    if (isSettled) core.writerIds.giveBack(listId, room.document, clientId)
    return outcome
  } finally {
    await connection.disconnect()
  }
}

/** An update that was written elsewhere and came by another way than a socket. */
export async function serverSubmit(
  core: HubCore,
  { listId, writer, update }: { listId: ListId; writer: Writer; update: Uint8Array },
): Promise<WriteOutcome> {
  const { connection, room } = await openRoom(core, listId)
  try {
    return await put(core, room, { update, rights: new Rights(core, writer), isHandshake: true })
  } finally {
    await connection.disconnect()
  }
}

interface Put extends Pick<Proposal, 'update' | 'isHandshake'> {
  readonly rights: Rights
}

async function put(core: HubCore, room: Room, { rights, ...put }: Put, opId?: string): Promise<WriteOutcome> {
  const proposal: Proposal = { ...put, actor: () => rights.actor(), renew: () => rights.renew() }
  const admitted = await admit(core, room, opId === undefined ? proposal : { ...proposal, opId })
  if (admitted.verdict === 'refused') return { refusal: admitted.refusal }
  if (admitted.verdict === 'nothing-new') return { seq: room.applied.upTo, ops: [] }
  const { seq } = await admitted.appended
  core.deps.metrics.count('tandem_edits_accepted_total')
  const committedAtMs = core.elapsedMs()
  const { entry, ops } = admitted
  const earlier = opId === undefined ? null : await earlierOf(core, room, { seq, update: entry.update })
  if (earlier === null) {
    applyCommitted(core, room, { entry, seq, committedAtMs, isApplied: false })
    return { seq, ops }
  }
  entry.settle()
  // What this operation was the first time may have gone through another node; it is in the document with all before it.
  room.applied.hear(seq)
  await core.catchUp(room, 'repeat')
  return { seq, ops: earlier.ops }
}

/**
 * The log stores an operation once, and does not say whether this was the first time. A repeat was planned anew, into other
 * bytes than the stored ones, and those must be in no document. Null: it was the first time.
 */
async function earlierOf(
  core: HubCore,
  room: Room,
  { seq, update }: { seq: Seq; update: Uint8Array },
): Promise<{ readonly ops: readonly unknown[] } | null> {
  try {
    const [row] = (await core.deps.storage.log.readSince(room.listId, seq - 1, 1)).updates
    return row?.seq === seq && isSame(row.data, update) ? null : { ops: row?.seq === seq ? row.ops : [] }
  } catch (error) {
    // Taken from the log later, as soon as it can be read.
    core.logFailure({ list: room.listId, error }, 'bus.failed')
    return { ops: [] }
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** Keeps a list in memory while `work` reads and writes it: a closed one is then loaded once, and not for each of them. */
export async function serverHold<T>(core: HubCore, listId: ListId, work: () => Promise<T>): Promise<T> {
  const { connection } = await openRoom(core, listId)
  try {
    return await work()
  } finally {
    await connection.disconnect()
  }
}

/** Looks at a list without copying it; `look` must not change what it is given. */
export async function serverRead<T>(
  core: HubCore,
  { listId, look }: { listId: ListId; look: (doc: Y.Doc, upTo: Seq) => T },
): Promise<T> {
  const { connection, room } = await openRoom(core, listId)
  try {
    return look(room.document, room.applied.upTo)
  } finally {
    await connection.disconnect()
  }
}

/** Again when the list left memory between being found and being held. */
async function openRoom(core: HubCore, listId: ListId): Promise<{ connection: OpenList; room: Room }> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const connection = await core.openDirectly(listId).catch((error: unknown) => {
      throw error instanceof Denial ? new TandemError(codeFor(error), error.reason) : error
    })
    const room = core.rooms.get(listId)
    if (room !== undefined && room.document === connection.document) return { connection, room }
    await connection.disconnect()
  }
  throw new TandemError('internal', 'The list left memory whenever it was to be written.')
}

const MAX_TRIES = 5

function codeFor({ code }: Denial): ErrorCode {
  if (code === CLOSE.noAccess) return 'no-such-list'
  return code === CLOSE.draining ? 'draining' : 'storage-unavailable'
}

interface Written {
  readonly update: Uint8Array
  readonly clientId: number
  /** Where the writer's clock stands once the update is in the document. */
  readonly clock: number
}

/** Null: the plan changes nothing. The id that the update was written under is given back once it is known what became of it. */
function writtenBy(core: HubCore, { listId, document }: Room, plan: (doc: Y.Doc) => void): Written | null {
  const clientId = core.writerIds.take(listId, document)
  let written: Written | null = null
  try {
    written = changesOf(document, plan, clientId)
    return written
  } finally {
    if (written === null && clientId !== null) core.writerIds.giveBack(listId, document, clientId)
  }
}

function changesOf(document: Y.Doc, plan: (doc: Y.Doc) => void, clientId: number | null): Written | null {
  const copy = new Y.Doc()
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(document))
    // Only now: a document that is given edits of its own client takes another id.
    if (clientId !== null) copy.clientID = clientId
    const updates: Uint8Array[] = []
    copy.on('update', (update: Uint8Array) => updates.push(update))
    copy.transact(() => plan(copy))
    if (updates.length === 0) return null
    const clock = Y.getState(copy.store, copy.clientID)
    return { update: Y.mergeUpdates(updates), clientId: copy.clientID, clock }
  } finally {
    copy.destroy()
  }
}
