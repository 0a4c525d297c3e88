import type { ListId } from '@tandem/persistence'
import { fromJson } from '../content/from-json.ts'
import { known, living } from '../content/gone.ts'
import type { GroupKind } from '../content/groups.ts'
import type { Draft } from '../content/write.ts'
import { TandemError } from '../errors.ts'
import type { HttpContext } from './context.ts'
import { type Asking, type Changed, changeContent, lookAtContent } from './list-content.ts'
import { needs, TAGS } from './route-doc.ts'
import { listParams } from './schemas.ts'
import type { TypedApp } from './typed.ts'

const read = { tags: [TAGS.content], ...needs('lists:read') }
const write = { tags: [TAGS.content], ...needs('lists:write') }

/** The routes of sections, or those of labels. */
export function groupRoutes(app: TypedApp, context: HttpContext, kind: GroupKind): void {
  const { word, collection, params, answer, show } = kind
  const all = `/lists/:listId/${collection}`
  const one = `${all}/:${word}Id`
  const change = (asked: Asking, listId: ListId, compose: (draft: Draft) => Changed) =>
    changeContent(context, asked, { listId, action: 'edit', compose, show })

  app.get(
    all,
    {
      schema: {
        ...read,
        summary: `${collection === 'sections' ? 'Sections' : 'Labels'} of a list`,
        params: listParams,
        response: { 200: kind.allAnswer },
      },
    },
    (request) =>
      lookAtContent(context, request, request.params.listId, (view, seq) => ({ seq, ...kind.showAll(view) })),
  )

  app.post(
    all,
    {
      schema: {
        ...write,
        summary: `Add a ${word}`,
        description: 'With the id of one that the same person added, answers that one with 200.',
        params: listParams,
        body: kind.newBody,
        response: { 200: answer, 201: answer },
        errors: ['id-taken', 'list-full', 'gone'],
      },
    },
    (request, reply) => {
      const { listId } = request.params
      return change({ request, reply }, listId, (draft) => {
        const { id: given, ...input } = fromJson(request.body)
        const id = given ?? draft.context.newId()
        if (isTheirs(draft, kind, id)) {
          living(kind.find(draft.view, id), { listId, collection, id })
          return { id, isNew: false }
        }
        kind.add(draft, { ...input, id })
        return { id, isNew: true }
      })
    },
  )

  app.get(
    one,
    {
      schema: {
        ...read,
        summary: `One ${word}`,
        params,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    (request) => {
      const { listId, id } = request.params
      return lookAtContent(context, request, listId, (view, seq) => {
        living(kind.find(view, id), { listId, collection, id })
        return { seq, ...show(view, id) }
      })
    },
  )

  app.patch(
    one,
    {
      schema: {
        ...write,
        summary: `Change a ${word}`,
        description: 'Fields that are not named stay.',
        params,
        body: kind.patch,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    (request, reply) => {
      const { listId, id } = request.params
      return change({ request, reply }, listId, (draft) => {
        living(kind.find(draft.view, id), { listId, collection, id })
        kind.change(draft, id, fromJson(request.body))
        return { id, isNew: false }
      })
    },
  )

  app.delete(
    one,
    {
      schema: {
        ...write,
        summary: `Delete a ${word}; items that have it are not changed, and it can be restored`,
        params,
        response: { 200: answer },
        errors: ['no-such-record', 'gone'],
      },
    },
    (request, reply) => {
      const { listId, id } = request.params
      return change({ request, reply }, listId, (draft) => {
        living(kind.find(draft.view, id), { listId, collection, id })
        kind.remove(draft, id)
        return { id, isNew: false }
      })
    },
  )

  app.post(
    `${one}/restore`,
    {
      schema: {
        ...write,
        summary: `Bring a deleted ${word} back`,
        params,
        response: { 200: answer },
        errors: ['no-such-record'],
      },
    },
    (request, reply) => {
      const { listId, id } = request.params
      return change({ request, reply }, listId, (draft) => {
        known(kind.find(draft.view, id))
        kind.restore(draft, id)
        return { id, isNew: false }
      })
    },
  )
}

/** There already, and made by whoever asks for it again. */
function isTheirs({ view, context }: Draft, { collection, find }: GroupKind, id: string): boolean {
  if (find(view, id)?.created.by === context.by) return true
  if (view.keysOf(collection, id).length > 0) throw new TandemError('id-taken')
  return false
}
