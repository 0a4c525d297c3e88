import { can, refusal } from '@tandem/client-sdk/protocol'
import type * as Y from 'yjs'
import { checkCapacity } from './capacity.ts'
import { decodeUpdate } from './decode.ts'
import { describe } from './describe.ts'
import { TouchedKeys } from './key.ts'
import { onlyNew } from './novelty.ts'
import { walkRemovals } from './removals.ts'
import { judgeKeys } from './rules.ts'
import type { Actor, GateLimits, Verdict } from './verdict.ts'
import { walkStructs } from './walk.ts'
import { WorkBudget } from './work.ts'

export interface JudgeContext {
  /** The list's log has lost rows: clients may bring back others' work. */
  readonly damaged?: boolean
  /** Size of the encoded list, for the size limit; without it the limit does not apply. */
  readonly listBytes?: number
  /** Hears of faults of the gate itself, which otherwise look like a malformed update. Must not throw. */
  readonly onFault?: (fault: unknown) => void
}

/**
 * The one way in: decides whether an update may become part of the list, and what it means.
 *
 * Promise: never throws, changes nothing, and what it accepts can be integrated at once (no pending structs), belongs to the
 * actor, and leaves every key it touches within the schema. The verdict holds for the document as it is at this moment:
 * judge again after anything was applied in between only if a refusal is to be reconsidered; an acceptance stays good.
 *
 * Edges: synchronous, about as fast as applying the update; a full `maxUpdateBytes` of anything costs well under a second.
 */
export function judge(
  update: Uint8Array,
  document: Y.Doc,
  actor: Actor,
  limits: GateLimits,
  context: JudgeContext = {},
): Verdict {
  try {
    return judgeUpdate(update, document, actor, limits, context)
  } catch (fault) {
    // Refusing is safe: the author keeps the edit. Letting it through, or letting the process die, is not.
    context.onFault?.(fault)
    return refused(refusal('malformed', 'The update could not be judged.'))
  }
}

function judgeUpdate(
  update: Uint8Array,
  document: Y.Doc,
  actor: Actor,
  limits: GateLimits,
  context: JudgeContext,
): Verdict {
  if (update.length > limits.maxUpdateBytes) {
    return refused(refusal('too-large', `An update has at most ${limits.maxUpdateBytes} bytes.`))
  }
  const decoded = decodeUpdate(update)
  if ('refused' in decoded) return refused(decoded.refused)

  const keys = new TouchedKeys(document)
  const gap = walkStructs(document, decoded, keys)
  if (gap !== null) return refused(gap)

  // Others' work is taken back from those who could have done it themselves, and from nobody else.
  const isHealing = context.damaged === true && can(actor.role, 'edit')
  const budget = new WorkBudget(isHealing)
  const removals = walkRemovals(document, decoded, keys, budget)
  if ('refused' in removals) return refused(removals.refused)
  if (keys.areNone) return { verdict: 'nothing-new' }

  const broken = judgeKeys({ document, update: decoded, keys, actor, budget, isHealing })
  if (broken !== null) return refused(broken)

  const ops = describe(document, keys)
  const full = checkCapacity(document, keys, ops, limits, context.listBytes ?? 0)
  if (full !== null) return refused(full)
  return { verdict: 'accepted', ops, update: onlyNew(update, decoded, removals) }
}

function refused(reason: ReturnType<typeof refusal>): Verdict {
  return { verdict: 'refused', refusal: reason }
}
