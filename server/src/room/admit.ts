import { randomUUID } from 'node:crypto'
import { mayWrite, type Refusal, type RefusalCode, refusal } from '@tandem/client-sdk/protocol'
import type { Appended, UserId } from '@tandem/persistence'
import type { Actor, Verdict } from '../gate/verdict.ts'
import { tellCollisions } from './collisions.ts'
import type { HubCore } from './core.ts'
import type { Entry } from './in-flight.ts'
import type { Room } from './room.ts'

export type Admitted =
  | { readonly verdict: 'nothing-new' }
  | { readonly verdict: 'refused'; readonly refusal: Refusal }
  /** `entry` must be settled by the caller once the update is in the document; it settles itself when `appended` rejects. */
  | {
      readonly verdict: 'accepted'
      readonly entry: Entry
      readonly ops: readonly unknown[]
      readonly appended: Promise<Appended>
    }

export interface Proposal {
  readonly update: Uint8Array
  /** Asked again after every wait, because a role may change meanwhile. */
  actor(): Actor
  /** Null when `actor` is up to date; else it is once this settles. Left out: it always is. */
  renew?(): Promise<void> | null
  /** The first message after a reconnect: it may bring what another node has committed already. */
  readonly isHandshake: boolean
  /** UUID of the operation; the log stores it once. Made here when whoever proposes has none. */
  readonly opId?: string
}

/**
 * Refusals that depend on what this node has heard of. Whoever comes from another node brings that node's edits along: they are
 * others' work under others' names, until the log has told us that they are known.
 */
const MAY_BE_OUR_IGNORANCE: ReadonlySet<RefusalCode> = new Set([
  'gap',
  'forged-author',
  'clock-reused',
  'key-removed',
  'already-created',
  'list-full',
])

/**
 * The one way into a list's log: waits for what the update depends on, has the gate judge it, hands it to the log.
 *
 * Judging and handing over happen in the same tick, so that two updates of the same structs can never both pass.
 */
export async function admit(core: HubCore, room: Room, proposal: Proposal): Promise<Admitted> {
  let hasReadLog = false
  let mustReadLog = proposal.isHandshake
  for (;;) {
    const overlapping = room.inFlight.overlapping(proposal.update)
    if (overlapping !== null) {
      await overlapping
      continue
    }
    const renewal = proposal.renew?.() ?? null
    if (renewal !== null) {
      await renewal
      continue
    }
    const actor = proposal.actor()
    const verdict = within(actor, judge(core, room, proposal.update, actor))
    if (verdict.verdict === 'nothing-new') return verdict
    const isCertain = verdict.verdict === 'refused' && !mayBeIgnorance(verdict.refusal.code, mustReadLog)
    if (isCertain || (verdict.verdict === 'refused' && hasReadLog)) return verdict
    if (verdict.verdict === 'refused' || mustReadLog) {
      // What is missing, or what was sent twice, may have gone through another connection or another node.
      hasReadLog = true
      mustReadLog = false
      await room.inFlight.idle()
      // A run that is under way may have read before what is missing was committed.
      await room.catchingUp
      await core.catchUp(room, verdict.verdict === 'refused' ? verdict.refusal.code : 'handshake')
      continue
    }
    if (verdict.verdict === 'accepted')
      return append(core, room, { verdict, actor, opId: proposal.opId ?? randomUUID() })
  }
}

function judge(core: HubCore, room: Room, update: Uint8Array, actor: Actor): Verdict {
  const { deps } = core
  const onFault = (error: unknown): void => {
    deps.logger.error({ list: room.listId, user: actor.userId, error }, 'edit.failed')
  }
  const listBytes = room.size.against(deps.limits.maxListBytes)
  try {
    const context = { damaged: room.isIncomplete, listBytes, onFault }
    return deps.judge(update, room.document, actor, deps.limits, context)
  } catch (error) {
    // Letting the edit through would be worse, and closing the list would have the client send the same edit for ever;
    // refused, it is kept on the device and can be exported.
    onFault(error)
    return { verdict: 'refused', refusal: refusal('malformed', 'The server could not read this change.') }
  }
}

interface Judged {
  readonly verdict: Extract<Verdict, { verdict: 'accepted' }>
  readonly actor: Actor
  readonly opId: string
}

function append(core: HubCore, room: Room, { verdict, actor, opId }: Judged): Admitted {
  const entry = room.inFlight.add(verdict.update)
  const store = async (): Promise<Appended> => {
    try {
      const appended = await core.deps.storage.log.append({
        listId: room.listId,
        actorId: actor.userId as UserId,
        opId,
        ops: verdict.ops,
        data: verdict.update,
      })
      void entry.settled.then(() => {
        tellCollisions(core, room, appended.seq, verdict.ops)
        core.occurrences.follow(room, actor, verdict.ops)
      })
      return appended
    } catch (error) {
      entry.settle()
      throw error
    }
  }
  return { verdict: 'accepted', entry, ops: verdict.ops, appended: store() }
}

/** On a new connection it may have been saved by the one before it, while the role allowed it. */
function mayBeIgnorance(code: RefusalCode, isNewConnection: boolean): boolean {
  return MAY_BE_OUR_IGNORANCE.has(code) || (code === 'read-only' && isNewConnection)
}

/**
 * Who may write nothing is told that before anything else the gate found: after a first refused edit all further ones would
 * otherwise be gaps. In the gate's own words when it got as far as seeing which places are concerned.
 */
function within({ role }: Actor, verdict: Verdict): Verdict {
  if (mayWrite(role) || verdict.verdict === 'nothing-new') return verdict
  if (verdict.verdict === 'refused' && verdict.refusal.code === 'read-only') return verdict
  return { verdict: 'refused', refusal: refusal('read-only', 'Your role does not allow changes.') }
}
