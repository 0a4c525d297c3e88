import { randomUUID } from 'node:crypto'
import { planRenameList, planSetListIcon } from '@tandem/client-sdk/model'
import { type ListId, type ListOverview, RESTORE_DAYS, type UserId } from '@tandem/persistence'
import type { z } from 'zod'
import { within } from '../clock.ts'
import { presentContent } from '../content/present.ts'
import { readContent } from '../content/read.ts'
import { writeContent } from '../content/write.ts'
import { TandemError } from '../errors.ts'
import { fewAtATime } from '../few-at-a-time.ts'
import { roomForList } from '../sharing/quotas.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { lookAtContent } from './list-content.ts'
import {
  deletedAnswer,
  fullListAnswer,
  listAnswer,
  listPatch,
  listsAnswer,
  listsQuery,
  patchedListAnswer,
  presentList,
} from './list-schemas.ts'
import { once } from './once.ts'
import { needs, TAGS } from './route-doc.ts'
import { createListBody, listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

/** The log waits for a database that is away for as long as it takes; a caller does not. Asking again is safe. */
const SEED_LIMIT_MS = 10_000
/** Opening a list takes memory; this many are open for one caller at a time. */
const READ_AT_ONCE = 4
/** With everything in them. The others are read one by one. */
const MOST_WITH_CONTENT = 100
const DAY_MS = 86_400_000

const read = { tags: [TAGS.lists], ...needs('lists:read') }
const write = { tags: [TAGS.lists], ...needs('lists:write') }

type Overview = z.infer<typeof listsAnswer>['lists'][number]

export function listRoutes(app: TypedApp, context: HttpContext): void {
  makeRoutes(app, context)
  readRoutes(app, context)
  changeRoutes(app, context)
}

function makeRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, directory, rooms, logger, clock } = context

  /**
   * Makes a list whose owner is the caller. The same id again by the same person answers the same list, so that a
   * client which never saw the answer can simply ask again; somebody else's id says nothing about the list behind it.
   */
  app.post(
    '/lists',
    {
      schema: {
        ...write,
        summary: 'Make a list',
        body: createListBody,
        response: { 200: listAnswer, 201: listAnswer },
        errors: ['list-id-taken', 'quota-reached'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      return once(context, { request, reply, userId }, async (operation) => {
        const { title } = request.body
        const id =
          request.body.id ??
          ((operation.clientOpId === null ? randomUUID() : operation.derive('list')) as ListId)
        if ((await directory.find(id, userId)) === null) await roomForList(context, userId)
        const created = await directory.createList({ id, ownerId: userId, title })
        if (created.outcome === 'taken') throw new TandemError('list-id-taken')
        // Also for a list that exists: the first attempt may have ended between the row and the document.
        const seeded = await within(clock, SEED_LIMIT_MS, rooms.seedTitle(id, userId, created.list.title))
        if (seeded === 'late') throw new TandemError('storage-unavailable')
        if (created.outcome === 'created') {
          logger.info({ list: id, user: userId }, 'list.created')
          // Their other devices learn of it.
          await rooms.accessChanged(id, userId)
        }
        // Read again: the title just became the first edit of its log.
        const list = (await directory.find(id, userId)) ?? created.list
        return { status: created.outcome === 'created' ? 201 : 200, body: presentList(list) }
      })
    },
  )
}

function readRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, directory } = context

  app.get(
    '/lists',
    {
      schema: {
        ...read,
        summary: 'Lists you have access to',
        querystring: listsQuery,
        response: { 200: listsAnswer },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const { view = 'all', limit, include } = request.query
      if (view === 'deleted') {
        const deleted = (await directory.deletedLists(userId)).slice(0, limit)
        return {
          lists: deleted.map((list) => ({ ...presentList(list), deletedAt: list.deletedAt.toISOString() })),
        }
      }
      const lists = await directory.listFor(userId, { view, ...(limit === undefined ? {} : { limit }) })
      if (include === undefined) return { lists: lists.map(presentOverview) }
      return { lists: await withContent(context, userId, lists) }
    },
  )

  app.get(
    '/lists/:listId',
    {
      schema: {
        ...read,
        summary: 'One list with everything in it',
        params: listParams,
        response: { 200: fullListAnswer },
      },
    },
    (request) =>
      lookAtContent(context, request, request.params.listId, (view, seq, list) => ({
        ...presentList(list),
        title: view.list().title ?? list.title,
        seq,
        ...presentContent(view),
      })),
  )
}

function changeRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, directory, people, rooms, logger, clock } = context

  app.patch(
    '/lists/:listId',
    {
      schema: {
        ...write,
        summary: 'Rename a list, or change its icon',
        params: listParams,
        body: listPatch,
        response: { 200: patchedListAnswer },
        errors: ['refused'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      return once(context, { request, reply, userId }, async (operation) => {
        const list = await listFor(context, { listId: request.params.listId, userId }, 'edit')
        const { title, icon } = request.body
        const { seq, value } = await writeContent(
          context,
          { list, userId, operation },
          ({ view, context: plan, add }) => {
            if (title !== undefined) add(planRenameList(view, plan, title))
            if (icon !== undefined) add(planSetListIcon(view, plan, icon))
            return { title: view.list().title, icon: view.list().icon }
          },
        )
        return { status: 200, body: { ...presentList(list), ...value, seq } }
      })
    },
  )

  app.delete(
    '/lists/:listId',
    {
      schema: {
        ...write,
        summary: 'Delete a list for everybody; it can be restored for 30 days',
        params: listParams,
        response: { 200: deletedAnswer },
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      return once(context, { request, reply, userId }, async () => {
        const asked = { listId: request.params.listId, userId }
        const { id } = await listFor(context, asked, 'delete-list')
        // Not deleted: somebody was faster, or the right to do it is gone since.
        if (!(await directory.deleteList(id, userId))) await listFor(context, asked, 'delete-list')
        await rooms.listAccessChanged(id)
        logger.info({ list: id, user: userId }, 'list.deleted')
        const restorableUntil = new Date(clock.now() + RESTORE_DAYS * DAY_MS).toISOString()
        return { status: 200, body: { id, restorableUntil } }
      })
    },
  )

  app.post(
    '/lists/:listId/restore',
    {
      schema: {
        ...write,
        summary: 'Bring a deleted list back, with everybody who had access',
        params: listParams,
        response: { 200: listAnswer },
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      return once(context, { request, reply, userId }, async () => {
        const asked = { listId: request.params.listId, userId }
        const isRestored = await directory.restoreList(asked.listId, userId)
        if (isRestored) logger.info({ list: asked.listId, by: userId }, 'list.restored')
        // Not restored: it stands already, or it is not theirs to restore, or they must not know of it.
        const list = await listFor(context, asked, 'delete-list')
        await rooms.listAccessChanged(list.id)
        // Whoever had it has it again, and nobody of them has it open: tell them as if it had just been shared.
        const members = isRestored ? await people.grants.members(list.id) : []
        await fewAtATime(READ_AT_ONCE, members, (member) => rooms.accessChanged(list.id, member.userId))
        return { status: 200, body: presentList(list) }
      })
    },
  )
}

function presentOverview(list: ListOverview): Overview {
  return { ...presentList(list), memberCount: list.memberCount }
}

/** One list that cannot be read must not hide the others. */
async function withContent(
  context: HttpContext,
  userId: UserId,
  lists: readonly ListOverview[],
): Promise<Overview[]> {
  const contents = new Map<ListId, Overview['content']>()
  await fewAtATime(READ_AT_ONCE, lists.slice(0, MOST_WITH_CONTENT), async ({ id }) => {
    const content = await readContent(context, id, (view, seq) => ({ seq, ...presentContent(view) })).catch(
      (error: unknown) => {
        context.logger.warn({ list: id, error }, 'list.load-failed')
        return null
      },
    )
    if (content !== null) context.rooms.noteReader(id, userId)
    contents.set(id, content)
  })
  return lists.map((list) => ({ ...presentOverview(list), content: contents.get(list.id) ?? null }))
}
