import { randomUUID } from 'node:crypto'
import type { ListId } from '@tandem/persistence'
import { within } from '../clock.ts'
import { TandemError } from '../errors.ts'
import type { HttpContext } from './context.ts'
import { createListBody, listAnswer, listParams, listsAnswer, presentList } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

/** The log waits for a database that is away for as long as it takes; a caller does not. Asking again is safe. */
const SEED_LIMIT_MS = 10_000

export function listRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, directory, rooms, logger, clock } = context

  /**
   * Makes a list whose owner is the caller. The same id again by the same person answers the same list, so that a
   * client which never saw the answer can simply ask again; somebody else's id says nothing about the list behind it.
   */
  app.post(
    '/lists',
    { schema: { body: createListBody, response: { 200: listAnswer, 201: listAnswer } } },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { title } = request.body
      const id = request.body.id ?? (randomUUID() as ListId)
      const created = await directory.createList({ id, ownerId: userId, title })
      if (created.outcome === 'taken') throw new TandemError('list-id-taken')
      // Also for a list that exists: the first attempt may have ended between the row and the document.
      const seeded = await within(clock, SEED_LIMIT_MS, rooms.seedTitle(id, userId, created.list.title))
      if (seeded === 'late') throw new TandemError('storage-unavailable')
      if (created.outcome === 'created') logger.info({ list: id, user: userId }, 'list.created')
      // Read again: the title just became the first edit of its log.
      const list = (await directory.find(id, userId)) ?? created.list
      return reply.status(created.outcome === 'created' ? 201 : 200).send(presentList(list))
    },
  )

  app.get('/lists', { schema: { response: { 200: listsAnswer } } }, async (request) => {
    const { userId } = await signedIn(request, authenticate, 'lists:read')
    return { lists: (await directory.listFor(userId)).map(presentList) }
  })

  app.get(
    '/lists/:listId',
    { schema: { params: listParams, response: { 200: listAnswer } } },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const list = await directory.find(request.params.listId, userId)
      if (list === null) throw new TandemError('no-such-list')
      return presentList(list)
    },
  )
}
