import { type ListView, planRemoveItems, planRestoreItems, selectItems } from '@tandem/client-sdk/model'
import { z } from 'zod'
import { addItem, needRightToPatch, patchItem } from '../content/change-item.ts'
import { fromJson } from '../content/from-json.ts'
import { known, living } from '../content/gone.ts'
import { presentItem } from '../content/present.ts'
import { itemAnswer, itemPatch, newItemBody, recordId, seq } from '../content/schemas.ts'
import type { HttpContext } from './context.ts'
import { changeContent, lookAtContent } from './list-content.ts'
import { needs, TAGS } from './route-doc.ts'
import { listId, listParams } from './schemas.ts'
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

const read = { tags: [TAGS.content], ...needs('lists:read') }
const write = { tags: [TAGS.content], ...needs('lists:write') }

export function itemRoutes(app: TypedApp, context: HttpContext): void {
  app.get(
    '/lists/:listId/items',
    {
      schema: {
        ...read,
        summary: 'Items of a list, in its order; those that match, when anything is asked for',
        params: listParams,
        querystring: query,
        response: { 200: z.object({ seq, items: z.array(itemAnswer) }) },
      },
    },
    (request) => {
      const { trash, ...wanted } = fromJson(request.query)
      return lookAtContent(context, request, request.params.listId, (view, upTo) => ({
        seq: upTo,
        items: (trash === true ? [...view.trash()] : selectItems(view, wanted)).map(presentItem),
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
    (request, reply) => {
      return changeContent(
        context,
        { request, reply },
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
        ...read,
        summary: 'One item',
        params,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    (request) => {
      const { listId, itemId: id } = request.params
      return lookAtContent(context, request, listId, (view, upTo) => {
        const item = living(view.item(id), { listId, collection: 'items', id })
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
    (request, reply) => {
      const { listId, itemId } = request.params
      return changeContent(
        context,
        { request, reply },
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
    (request, reply) => {
      const { listId, itemId: id } = request.params
      return changeContent(
        context,
        { request, reply },
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
    (request, reply) => {
      const { listId, itemId: id } = request.params
      return changeContent(
        context,
        { request, reply },
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
