import {
  type ListView,
  planAddLabel,
  planRemoveLabel,
  planRestoreLabel,
  planUpdateLabel,
} from '@tandem/client-sdk/model'
import { z } from 'zod'
import { fromJson } from '../content/from-json.ts'
import { known, living } from '../content/gone.ts'
import { presentLabel } from '../content/present.ts'
import { readContent } from '../content/read.ts'
import { labelAnswer, labelPatch, newLabelBody, recordId, seq } from '../content/schemas.ts'
import type { Draft } from '../content/write.ts'
import { TandemError } from '../errors.ts'
import { changeContent } from './change-content.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { needs, TAGS } from './route-doc.ts'
import { listId, listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const params = z.object({ listId, labelId: recordId })
const answer = z.object({ seq, label: labelAnswer })

const doc = { tags: [TAGS.content] }
const write = { ...doc, ...needs('lists:write') }

export function labelRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate } = context

  app.get(
    '/lists/:listId/labels',
    {
      schema: {
        ...doc,
        ...needs('lists:read'),
        summary: 'Labels of a list',
        params: listParams,
        response: { 200: z.object({ seq, labels: z.array(labelAnswer) }) },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const list = await listFor(context, { listId: request.params.listId, userId }, 'read')
      return readContent(context, list.id, (content, upTo) => ({
        seq: upTo,
        labels: content.labels().map(presentLabel),
      }))
    },
  )

  app.post(
    '/lists/:listId/labels',
    {
      schema: {
        ...write,
        summary: 'Add a label',
        description: 'With the id of one that the same person added, answers that one with 200.',
        params: listParams,
        body: newLabelBody,
        response: { 200: answer, 201: answer },
        errors: ['id-taken', 'list-full', 'gone'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          action: 'edit',
          compose(draft) {
            const { view, context: plan, add } = draft
            const { id: given, ...input } = fromJson(request.body)
            const id = given ?? plan.newId()
            if (isTheirs(draft, id)) {
              living(view.label(id), { listId, collection: 'labels', id })
              return { id, isNew: false }
            }
            add(planAddLabel(view, plan, { ...input, id }))
            return { id, isNew: true }
          },
          show,
        },
      )
    },
  )

  app.get(
    '/lists/:listId/labels/:labelId',
    {
      schema: {
        ...doc,
        ...needs('lists:read'),
        summary: 'One label',
        params,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const list = await listFor(context, { listId: request.params.listId, userId }, 'read')
      const id = request.params.labelId
      return readContent(context, list.id, (content, upTo) => {
        const label = living(content.label(id), { listId: list.id, collection: 'labels', id })
        return { seq: upTo, label: presentLabel(label) }
      })
    },
  )

  app.patch(
    '/lists/:listId/labels/:labelId',
    {
      schema: {
        ...write,
        summary: 'Change a label',
        description: 'Fields that are not named stay.',
        params,
        body: labelPatch,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId, labelId: id } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          action: 'edit',
          compose({ view, context: plan, add }) {
            living(view.label(id), { listId, collection: 'labels', id })
            add(planUpdateLabel(view, plan, id, fromJson(request.body)))
            return { id, isNew: false }
          },
          show,
        },
      )
    },
  )

  app.delete(
    '/lists/:listId/labels/:labelId',
    {
      schema: {
        ...write,
        summary: 'Delete a label; items that have it are not changed, and it can be restored',
        params,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId, labelId: id } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          action: 'edit',
          compose({ view, context: plan, add }) {
            living(view.label(id), { listId, collection: 'labels', id })
            add(planRemoveLabel(view, plan, id))
            return { id, isNew: false }
          },
          show,
        },
      )
    },
  )

  app.post(
    '/lists/:listId/labels/:labelId/restore',
    {
      schema: {
        ...write,
        summary: 'Bring a deleted label back',
        params,
        response: { 200: answer },
        errors: ['no-such-record'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId, labelId: id } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          action: 'edit',
          compose({ view, context: plan, add }) {
            known(view.label(id))
            add(planRestoreLabel(view, plan, id))
            return { id, isNew: false }
          },
          show,
        },
      )
    },
  )
}

/** There already, and made by whoever asks for it again. */
function isTheirs({ view, context }: Draft, id: string): boolean {
  if (view.label(id)?.created.by === context.by) return true
  if (view.keysOf('labels', id).length > 0) throw new TandemError('id-taken')
  return false
}

function show(view: ListView, id: string) {
  return { label: presentLabel(known(view.label(id))) }
}
