import {
  type ListView,
  planAddSection,
  planMoveSection,
  planRemoveSection,
  planRenameSection,
  planRestoreSection,
} from '@tandem/client-sdk/model'
import { z } from 'zod'
import { fromJson } from '../content/from-json.ts'
import { known, living } from '../content/gone.ts'
import { presentSection } from '../content/present.ts'
import { readContent } from '../content/read.ts'
import { newSectionBody, recordId, sectionAnswer, sectionPatch, seq } from '../content/schemas.ts'
import type { Draft } from '../content/write.ts'
import { TandemError } from '../errors.ts'
import { changeContent } from './change-content.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { needs, TAGS } from './route-doc.ts'
import { listId, listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const params = z.object({ listId, sectionId: recordId })
const answer = z.object({ seq, section: sectionAnswer })

const doc = { tags: [TAGS.content] }
const write = { ...doc, ...needs('lists:write') }

export function sectionRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate } = context

  app.get(
    '/lists/:listId/sections',
    {
      schema: {
        ...doc,
        ...needs('lists:read'),
        summary: 'Sections of a list',
        params: listParams,
        response: { 200: z.object({ seq, sections: z.array(sectionAnswer) }) },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const list = await listFor(context, { listId: request.params.listId, userId }, 'read')
      return readContent(context, list.id, (content, upTo) => ({
        seq: upTo,
        sections: content.sections().map(presentSection),
      }))
    },
  )

  app.post(
    '/lists/:listId/sections',
    {
      schema: {
        ...write,
        summary: 'Add a section',
        description: 'With the id of one that the same person added, answers that one with 200.',
        params: listParams,
        body: newSectionBody,
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
              living(view.section(id), { listId, collection: 'sections', id })
              return { id, isNew: false }
            }
            add(planAddSection(view, plan, { ...input, id }))
            return { id, isNew: true }
          },
          show,
        },
      )
    },
  )

  app.get(
    '/lists/:listId/sections/:sectionId',
    {
      schema: {
        ...doc,
        ...needs('lists:read'),
        summary: 'One section',
        params,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const list = await listFor(context, { listId: request.params.listId, userId }, 'read')
      const id = request.params.sectionId
      return readContent(context, list.id, (content, upTo) => {
        const section = living(content.section(id), { listId: list.id, collection: 'sections', id })
        return { seq: upTo, section: presentSection(section) }
      })
    },
  )

  app.patch(
    '/lists/:listId/sections/:sectionId',
    {
      schema: {
        ...write,
        summary: 'Change a section',
        description: 'Fields that are not named stay.',
        params,
        body: sectionPatch,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId, sectionId: id } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          action: 'edit',
          compose({ view, context: plan, add }) {
            living(view.section(id), { listId, collection: 'sections', id })
            const { title, place } = fromJson(request.body)
            if (title !== undefined) add(planRenameSection(view, plan, id, title))
            if (place !== undefined) add(planMoveSection(view, plan, id, place))
            return { id, isNew: false }
          },
          show,
        },
      )
    },
  )

  app.delete(
    '/lists/:listId/sections/:sectionId',
    {
      schema: {
        ...write,
        summary: 'Delete a section; items that have it are not changed, and it can be restored',
        params,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId, sectionId: id } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          action: 'edit',
          compose({ view, context: plan, add }) {
            living(view.section(id), { listId, collection: 'sections', id })
            add(planRemoveSection(view, plan, id))
            return { id, isNew: false }
          },
          show,
        },
      )
    },
  )

  app.post(
    '/lists/:listId/sections/:sectionId/restore',
    {
      schema: {
        ...write,
        summary: 'Bring a deleted section back',
        params,
        response: { 200: answer },
        errors: ['no-such-record'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'lists:write')
      const { listId, sectionId: id } = request.params
      return changeContent(
        context,
        { request, reply, userId },
        {
          listId,
          action: 'edit',
          compose({ view, context: plan, add }) {
            known(view.section(id))
            add(planRestoreSection(view, plan, id))
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
  if (view.section(id)?.created.by === context.by) return true
  if (view.keysOf('sections', id).length > 0) throw new TandemError('id-taken')
  return false
}

function show(view: ListView, id: string) {
  return { section: presentSection(known(view.section(id))) }
}
