import { mayChangeSettings } from '../sharing/may.ts'
import { allowed } from '../sharing/outcome.ts'
import { settingsAnswer, settingsBody } from '../sharing/schemas.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { once } from './once.ts'
import { needs, TAGS } from './route-doc.ts'
import { listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const doc = { tags: [TAGS.sharing], ...needs('sharing') }

export function settingsRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, people, rooms } = context

  app.get(
    '/lists/:listId/settings',
    {
      schema: {
        tags: [TAGS.sharing],
        ...needs('lists:read'),
        summary: 'What the list’s people have agreed on',
        params: listParams,
        response: { 200: settingsAnswer },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const { editorsMayShare } = await listFor(context, { listId: request.params.listId, userId }, 'read')
      return { editorsMayShare }
    },
  )

  app.patch(
    '/lists/:listId/settings',
    {
      schema: {
        ...doc,
        summary: 'Choose whether editors may invite and make links',
        params: listParams,
        body: settingsBody,
        response: { 200: settingsAnswer },
      },
    },
    async (request, reply) => {
      const { userId: by } = await signedIn(request, authenticate, 'sharing')
      return once(context, { request, reply, userId: by }, async () => {
        const { listId } = request.params
        const { editorsMayShare } = request.body
        await listFor(context, { listId, userId: by }, 'change-settings')
        const change = { listId, by, allowed: editorsMayShare, may: mayChangeSettings }
        await allowed(context, { listId, userId: by }, await people.grants.setEditorsMayShare(change))
        await rooms.listAccessChanged(listId)
        return { status: 200, body: { editorsMayShare } }
      })
    },
  )
}
