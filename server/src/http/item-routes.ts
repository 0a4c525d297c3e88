import { type ListView, planRemoveItems, planRestoreItems, selectItems } from '@tandem/client-sdk/model'
import { z } from 'zod'
import { addItem, needRightToPatch, patchItem } from '../content/change-item.ts'
import { fromJson } from '../content/from-json.ts'
import { known, living } from '../content/gone.ts'
import { presentItem } from '../content/present.ts'
import { readContent } from '../content/read.ts'
import { itemAnswer, itemPatch, newItemBody, recordId, seq } from '../content/schemas.ts'
import { changeContent } from './change-content.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { needs, TAGS } from './route-doc.ts'
import { listId, listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const params = z.object({ listId, itemId: recordId })
const answer = z.object({ seq, item: itemAnswer })

const yesOrNo = z.enum(['true', 'false']).transform((word) => word === 'true')
const query = z.strictObject({
  done: yesOrNo.optional(),
  section: recordId.optional(),
  parent: recordId.optional(),
  assignee: z.string().max(256).optional(),
  label: recordId.optional(),
  text: z.string().max(200).optional().meta({ description: 'Words that must all occur in title or notes.' }),
  trash: yesOrNo.optional().meta({ description: 'What was deleted instead of what is there.' }),
})

/** Notes of 100,000 characters, each of them escaped. */
const BODY_LIMIT_BYTES = 700 * 1024

const doc = { tags: [TAGS.content] }
const write = { ...doc, ...needs('lists:write') }

export function itemRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate } = context

  app.get(
    '/lists/:listId/items',
    {
      schema: {
        ...doc,
        ...needs('lists:read'),
        summary: 'Items of a list, in its order; those that match, when anything is asked for',
        params: listParams,
        querystring: query,
        response: { 200: z.object({ seq, items: z.array(itemAnswer) }) },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const list = await listFor(context, { listId: request.params.listId, userId }, 'read')
      const { trash, ...view } = fromJson(request.query)
      return readContent(context, list.id, (content, upTo) => ({
        seq: upTo,
        items: (trash === true ? [...content.trash()] : selectItems(content, view)).map(presentItem),
      }))
    },
  )

  app.post(
    '/lists/:listId/items',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        ...write,
        summary: 'Add an item',
        description: 'With the id of an item that the same person added, answers that item with 200.',
        params: listParams,
        body: newItemBody,
        response: { 200: answer, 201: answer },
        errors: ['id-taken', 'list-full', 'gone'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId: request.params.listId,
          action: 'edit',
          compose: (draft, list) => addItem(draft, list, request.body),
          show,
        },
      )
    },
  )

  app.get(
    '/lists/:listId/items/:itemId',
    {
      schema: {
        ...doc,
        ...needs('lists:read'),
        summary: 'One item',
        params,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const list = await listFor(context, { listId: request.params.listId, userId }, 'read')
      const id = request.params.itemId
      return readContent(context, list.id, (content, upTo) => {
        const item = living(content.item(id), { listId: list.id, collection: 'items', id })
        return { seq: upTo, item: presentItem(item) }
      })
    },
  )

  app.patch(
    '/lists/:listId/items/:itemId',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        ...write,
        summary: 'Change fields of an item',
        description: 'Fields that are not named stay. Who may only tick may send `done` and nothing else.',
        params,
        body: itemPatch,
        response: { 200: answer },
        errors: ['no-such-record', 'gone', 'list-full', 'refused'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId, itemId } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          check: (list) => needRightToPatch(list, itemId, request.body),
          compose(draft, list) {
            patchItem(draft, list, itemId, request.body)
            return { id: itemId, isNew: false }
          },
          show,
        },
      )
    },
  )

  app.delete(
    '/lists/:listId/items/:itemId',
    {
      schema: {
        ...write,
        summary: 'Delete an item and its subtasks; both can be restored',
        params,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId, itemId: id } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          action: 'edit',
          compose(draft) {
            living(draft.view.item(id), { listId, collection: 'items', id })
            draft.add(planRemoveItems(draft.view, draft.context, [id]))
            return { id, isNew: false }
          },
          show,
        },
      )
    },
  )

  app.post(
    '/lists/:listId/items/:itemId/restore',
    {
      schema: {
        ...write,
        summary: 'Bring a deleted item back',
        params,
        response: { 200: answer },
        errors: ['no-such-record'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId, itemId: id } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          action: 'edit',
          compose(draft) {
            known(draft.view.item(id))
            draft.add(planRestoreItems(draft.view, draft.context, [id]))
            return { id, isNew: false }
          },
          show,
        },
      )
    },
  )
}

function show(view: ListView, id: string) {
  return { item: presentItem(known(view.item(id))) }
}
