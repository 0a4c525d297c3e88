import type { AuditEntry, UserId } from '@tandem/persistence'
import type { z } from 'zod'
import { ANONYMOUS, type Masks, type Shown } from '../sharing/masks.ts'
import type { auditAnswer } from '../sharing/schemas.ts'

type AuditJson = z.infer<typeof auditAnswer>['entries'][number]

/** What says nothing about who somebody is. */
const HARMLESS = new Set(['role', 'from', 'why', 'anonymous'])

/**
 * An entry as those who manage members read it. Whoever goes unnamed is so in what was recorded before, too; and nothing that
 * would tie them to an address, an invitation or a link stands beside them.
 */
export function presentAudit(entry: AuditEntry, masks: Masks, names: ReadonlyMap<UserId, string>): AuditJson {
  const { id, at, action, actorId, subjectId, detail } = entry
  const isHidden = (userId: UserId | null) => userId !== null && masks.idOf(userId) !== userId
  const person = (userId: UserId | null): Shown | null => {
    if (userId === null) return null
    if (isHidden(userId)) return { userId: masks.idOf(userId), name: ANONYMOUS }
    return masks.shown(userId) ?? { userId, name: names.get(userId) ?? '' }
  }
  // Whoever invited somebody knows whom: beside their own words the other name would give it away.
  const isGivingAway = action.startsWith('invitation.') && actorId !== subjectId && isHidden(subjectId)
  const someoneHidden = isHidden(actorId) || isHidden(subjectId)
  const told = Object.entries(detail)
    .filter(([word]) => !someoneHidden || HARMLESS.has(word))
    // A third person may be named there: who invited somebody that came.
    .map(([word, value]) => [word, typeof value === 'string' ? masks.idOf(value as UserId) : value])
  return {
    id,
    at: at.toISOString(),
    action,
    actor: person(actorId),
    subject: isGivingAway ? null : person(subjectId),
    detail: Object.fromEntries(told),
  }
}
