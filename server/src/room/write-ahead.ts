import type {
  afterHandleMessagePayload,
  beforeHandleMessagePayload,
  beforeSyncPayload,
} from '@hocuspocus/server'
import { encodeMessage, FRAME, type Refusal, refusal, SYNC } from '@tandem/client-sdk/protocol'
import { isStorageError } from '@tandem/persistence'
import { decodeUpdate } from '../gate/decode.ts'
import type { Actor } from '../gate/verdict.ts'
import { TYPE_AT } from '../socket/frames.ts'
import { type Access, end, join, type RoomContext } from './access.ts'
import { admit } from './admit.ts'
import { applyCommitted } from './apply-committed.ts'
import type { HubCore } from './core.ts'
import { Denial, draining, internal, leftMemory, noAccess, noise, unverified } from './denial.ts'
import { upToDate } from './revoke.ts'
import type { Room } from './room.ts'

/**
 * Nothing is applied, shown to others or acknowledged before its commit.
 *
 *     frame ─► beforeHandleMessage ─► beforeSync: judge, append, await the commit ─► Hocuspocus applies and answers
 *                                          │                                              └─► afterHandleMessage
 *                                          └ refused: `refused` to the client, and readOnly for exactly this frame,
 *                                            which makes Hocuspocus answer SyncStatus(0) and apply nothing
 *
 * `connection.readOnly` is therefore set anew for every frame that carries edits: it is this frame's verdict.
 */

/**
 * Hocuspocus answers a refused answer-to-our-handshake by searching the whole document, throws when it cannot read the
 * update, and calls it saved when all its clocks are known, whatever stands under them. As an ordinary update the same
 * bytes are answered plainly, so that is what such a frame is turned into.
 */
export function noteHandshake(core: HubCore, payload: beforeHandleMessagePayload<RoomContext>): void {
  const { update: frame, context, connection } = payload
  const { access } = context
  if (access === undefined) return
  join(core, access, connection)
  const isStep2 = frame[TYPE_AT] === FRAME.sync && frame[TYPE_AT + 1] === SYNC.step2
  access.isHandshake = isStep2
  if (isStep2) frame[TYPE_AT + 1] = SYNC.update
}

export async function writeAhead(core: HubCore, payload: beforeSyncPayload<RoomContext>): Promise<void> {
  // Whatever else there may be changes the list.
  if (payload.type === SYNC.step1) return
  const { connection, documentName } = payload
  const access = payload.context.access
  const room = core.rooms.get(documentName)
  // Until it is known that the edit is durable, the answer is no.
  connection.readOnly = true
  if (access === undefined || access.isEnded) return
  if (room === undefined || room.document !== connection.document) {
    end(access, leftMemory())
    return
  }

  const outcome = await judgeAndAppend(core, { room, access, update: payload.payload })
  if (outcome.kind === 'failed') {
    // The edit is in no log: whoever sent it must neither be told "saved" nor "refused", but to come back.
    end(access, outcome.denial)
    return
  }
  if (outcome.kind === 'refused') {
    refuse(core, access, outcome.refusal)
    connection.sendStateless(encodeMessage({ type: 'refused', refusal: outcome.refusal }))
    // A program that sends noise, or a broken one. Not at once: the refusal's SyncStatus(0) comes before the end.
    if (isNoise(outcome.refusal, payload.payload)) access.endAfterFrame = noise()
    return
  }
  connection.readOnly = false
}

type Outcome =
  | { readonly kind: 'known' | 'accepted' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly denial: Denial }

interface Edit {
  readonly room: Room
  readonly access: Access
  readonly update: Uint8Array
}

async function judgeAndAppend(core: HubCore, { room, access, update }: Edit): Promise<Outcome> {
  const { deps } = core
  try {
    const admitted = await admit(core, room, {
      update,
      actor: () => actorOf(access),
      renew: () => upToDate(core, access),
      isHandshake: access.isHandshake,
    })
    if (admitted.verdict === 'nothing-new') {
      deps.metrics.count('tandem_edits_known_total')
      return { kind: 'known' }
    }
    if (admitted.verdict === 'refused') return { kind: 'refused', refusal: admitted.refusal }
    const { entry, appended } = admitted
    const startedMs = core.elapsedMs()
    const { seq } = await appended
    const committedAtMs = core.elapsedMs()
    core.timings.appended(committedAtMs - startedMs)
    deps.metrics.count('tandem_edits_accepted_total')
    room.applied.hear(seq)
    access.pending = { entry, seq, committedAtMs, isApplied: false }
    return { kind: 'accepted' }
  } catch (error) {
    if (isStorageError(error) && CANNOT_BE_STORED.has(error.code)) {
      return { kind: 'refused', refusal: refusal('malformed', 'The server cannot store this change.') }
    }
    if (error instanceof Denial) return { kind: 'failed', denial: error }
    // At a stop there can be thousands; storage says how many.
    if (!isStorageError(error, 'storage-closed')) {
      deps.logger.error({ list: room.listId, user: access.userId, error }, 'edit.failed')
    }
    return { kind: 'failed', denial: denialFor(error) }
  }
}

/** Faults of the edit itself: sent again, it would fail again. */
const CANNOT_BE_STORED: ReadonlySet<string> = new Set(['update-rejected', 'invalid-update'])

function denialFor(error: unknown): Denial {
  if (isStorageError(error, 'unknown-list')) return noAccess()
  return isStorageError(error, 'storage-closed') ? draining() : internal()
}

/** Bytes that no Yjs writes. Not what is readable and breaks a rule, nor one of our own faults, which are malformed to the client, too. */
function isNoise({ code }: Refusal, update: Uint8Array): boolean {
  if (code !== 'malformed') return false
  const decoded = decodeUpdate(update)
  return 'refused' in decoded && decoded.refused.code === 'malformed'
}

/** Throws the reason when they have lost the list while their edit waited for its turn, or may have. */
function actorOf(access: Access): Actor {
  if (access.isEnded) throw access.endedBy ?? leftMemory()
  if (access.verified.isInDoubt) throw unverified()
  return { userId: access.userId, authorId: access.authorId, role: access.role }
}

function refuse(core: HubCore, access: Access, { code, keys }: Refusal): void {
  core.deps.metrics.count('tandem_edits_refused_total', { code })
  core.deps.logger.info({ list: access.listId, user: access.userId, code, keys }, 'edit.refused')
}

/** Runs after the frame was applied, or was not; makes sure that a committed edit is in the document. */
export function settleEdit(core: HubCore, payload: afterHandleMessagePayload<RoomContext>): void {
  const access = payload.context.access
  if (access === undefined) return
  access.session.processed(payload.documentName, payload.update.length)
  if (access.endAfterFrame !== null) end(access, access.endAfterFrame)
  const { pending } = access
  if (pending === null) return
  access.pending = null
  const room = core.rooms.get(payload.documentName)
  if (room?.document === payload.document) {
    applyCommitted(core, room, pending)
    return
  }
  pending.entry.settle()
  // The list left memory during the commit. Whoever has opened it since, here or elsewhere, may have read the log before.
  core.committedUnseen(access.listId, pending.seq)
}
