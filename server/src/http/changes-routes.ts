import { z } from 'zod'
import { FEED_PAGE, readFeed } from '../content/feed.ts'
import { HISTORY_SCAN, readHistory } from '../content/history.ts'
import { recordId, seq } from '../content/schemas.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { needs, TAGS } from './route-doc.ts'
import { listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const position = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a position in the log: 0, 1, 2 …')
  .transform(Number)

const limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, 'must be a number from 1 to 500')
  .transform(Number)
  .refine((count) => count <= FEED_PAGE, `must not be above ${FEED_PAGE}`)
  .optional()

const query = z.strictObject({
  since_seq: position.meta({ description: 'The last position that is known; 0 for everything.' }),
  limit,
})

const HISTORY_PAGE = 100

const historyQuery = z.strictObject({
  before: position.optional().meta({ description: 'The `next` of the page before; the newest without.' }),
  limit,
  item: recordId.optional().meta({
    description: 'Only what was done to this item, its notes and members, and comments written on it.',
  }),
})

const change = z
  .object({
    seq,
    at: z.iso.datetime().meta({ description: 'When the server stored it.' }),
    by: z
      .string()
      .nullable()
      .meta({ description: 'The id the author goes by in this list; null: the server.' }),
    ops: z.array(z.unknown()).meta({
      description:
        'What it means: objects with `op` add, set, member, note, purge or collision; more may come, ignore what you do not know.',
    }),
  })
  .meta({ id: 'Change' })

export function changesRoutes(app: TypedApp, context: HttpContext): void {
  app.get(
    '/lists/:listId/changes',
    {
      schema: {
        tags: [TAGS.changes],
        ...needs('lists:read'),
        summary: 'What changed since a position, in order',
        description:
          'At most 500 at once; while `more`, ask again with the last `seq`. To follow a list: read it with its `seq`, then ask for what came after.',
        params: listParams,
        querystring: query,
        response: { 200: z.object({ changes: z.array(change), head: seq, more: z.boolean() }) },
        errors: ['too-far-behind'],
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, context.authenticate, 'lists:read')
      const { id: listId } = await listFor(context, { listId: request.params.listId, userId }, 'read')
      const { since_seq: since, limit = FEED_PAGE } = request.query
      const page = await readFeed(context, { listId, since, limit })
      context.rooms.noteReader(listId, userId)
      return page
    },
  )

  app.get(
    '/lists/:listId/history',
    {
      schema: {
        tags: [TAGS.changes],
        ...needs('lists:read'),
        summary: 'What happened, newest first',
        description: `${HISTORY_PAGE} at once unless \`limit\` says otherwise. While \`next\` is not null, ask again with it as \`before\`: at most ${HISTORY_SCAN} positions are looked at, so a page may be empty and not the last.`,
        params: listParams,
        querystring: historyQuery,
        response: {
          200: z.object({
            changes: z.array(change),
            head: seq,
            next: seq.nullable().meta({ description: 'Null: there is nothing before these.' }),
            missing: z.int().min(0).meta({
              description: 'Positions among those looked at that the log cannot read any more.',
            }),
          }),
        },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, context.authenticate, 'lists:read')
      const { id: listId } = await listFor(context, { listId: request.params.listId, userId }, 'read')
      const { before, limit = HISTORY_PAGE, item: itemId } = request.query
      const page = await readHistory(context, { listId, before, limit, itemId })
      context.rooms.noteReader(listId, userId)
      return page
    },
  )
}
