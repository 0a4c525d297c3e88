import type { AuditEntry, UserId } from '@tandem/persistence'
import { presentAudit } from '../audit/present.ts'
import { fewAtATime } from '../few-at-a-time.ts'
import { type Masks, masksOf } from '../sharing/masks.ts'
import { auditAnswer, auditQuery } from '../sharing/schemas.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { needs, TAGS } from './route-doc.ts'
import { listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const LOOKUPS_AT_ONCE = 4

export function auditRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, people } = context

  app.get(
    '/lists/:listId/audit',
    {
      schema: {
        tags: [TAGS.audit],
        ...needs('sharing'),
        summary: 'Who did what to whose access, the newest first; for those who manage members',
        params: listParams,
        querystring: auditQuery,
        response: { 200: auditAnswer },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'sharing')
      const { listId } = request.params
      const { before, limit } = request.query
      await listFor(context, { listId, userId }, 'manage-members')
      const filter = { listId, limit: limit + 1, ...(before === undefined ? {} : { before }) }
      const [found, masks] = await Promise.all([people.audit.read(filter), masksOf(people.grants, listId)])
      const entries = found.slice(0, limit)
      const names = await namesOf(context, entries, masks)
      return {
        entries: entries.map((entry) => presentAudit(entry, masks, names)),
        more: found.length > limit,
      }
    },
  )
}

/** Of people who are not members any more; they did what they did by name. */
async function namesOf(
  { directory }: HttpContext,
  entries: readonly AuditEntry[],
  masks: Masks,
): Promise<Map<UserId, string>> {
  const names = new Map<UserId, string>()
  const gone = new Set<UserId>()
  for (const { actorId, subjectId } of entries) {
    for (const id of [actorId, subjectId]) if (id !== null && masks.shown(id) === null) gone.add(id)
  }
  await fewAtATime(LOOKUPS_AT_ONCE, gone, async (id) => {
    const user = await directory.user(id)
    if (user !== null) names.set(id, user.name)
  })
  return names
}
