import { TandemError } from '../errors.ts'
import { mayGrant } from '../sharing/may.ts'
import type { HttpContext } from './context.ts'
import { memberAnswer, memberParams, roleBody } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

export function memberRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, directory, people, rooms, logger } = context

  /** Gives somebody a role, or changes it; owners and admins only. Counts on open connections before the answer leaves. */
  app.put(
    '/lists/:listId/members/:userId',
    { schema: { params: memberParams, body: roleBody, response: { 200: memberAnswer } } },
    async (request) => {
      const { userId: by } = await signedIn(request, authenticate, 'sharing')
      const { listId, userId } = request.params
      const { role } = request.body
      const list = await directory.find(listId, by)
      if (list === null) throw new TandemError('no-such-list')
      const { outcome } = await people.grants.grant({ listId, userId, role, by, may: mayGrant(role) })
      if (outcome === 'no-such-list') throw new TandemError('no-such-list')
      if (outcome === 'no-such-user') throw new TandemError('no-such-user')
      if (outcome === 'is-owner') throw new TandemError('owner-is-fixed')
      if (outcome === 'not-allowed') throw new TandemError('not-allowed')
      await rooms.accessChanged(listId, userId)
      logger.info({ list: listId, user: userId, role, by }, 'access.changed')
      return { listId, userId, role }
    },
  )
}
