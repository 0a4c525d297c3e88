import type { ListView } from '@tandem/client-sdk/model'
import type { Action } from '@tandem/client-sdk/protocol'
import type { ListId, ListWithRole, Seq } from '@tandem/persistence'
import type { FastifyRequest } from 'fastify'
import { readContent } from '../content/read.ts'
import { type Draft, writeContent } from '../content/write.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { type Asked, once } from './once.ts'
import { signedIn } from './signed-in.ts'

/** Shows whoever is signed in and may read the list what is in it, as of one position in its log. */
export async function lookAtContent<T>(
  context: HttpContext,
  request: FastifyRequest,
  listId: ListId,
  look: (view: ListView, seq: Seq, list: ListWithRole) => T,
): Promise<T> {
  const { userId } = await signedIn(request, context.authenticate, 'lists:read')
  const asked = { listId, userId }
  await listFor(context, asked, 'read')
  return context.rooms.hold(listId, async () => {
    // Again: a closed list takes its time to be read, and who lost it meanwhile gets nothing of it.
    const list = await listFor(context, asked, 'read')
    const shown = await readContent(context, listId, (view, seq) => look(view, seq, list))
    context.rooms.noteReader(listId, userId)
    return shown
  })
}

/** Whoever it is that asks; not looked at yet. */
export type Asking = Omit<Asked, 'userId'>

/** What a change was about, and whether it is there because of it. */
export interface Changed {
  readonly id: string
  readonly isNew: boolean
}

interface ContentChange<Shown> {
  readonly listId: ListId
  /** What everybody who may do this has the right to; the gate judges each key by itself as well. */
  readonly action?: Action
  /** A right that depends on what is asked for: throws for who lacks it. */
  readonly check?: (list: ListWithRole) => void
  compose(draft: Draft, list: ListWithRole): Changed
  show(view: ListView, id: string): Shown
}

/** One change of a list's content, once, answered with where it stands in the log and what is there now. */
export async function changeContent<Shown extends object>(
  context: HttpContext,
  { request, reply }: Asking,
  { listId, action, check, compose, show }: ContentChange<Shown>,
): Promise<Shown & { seq: Seq }> {
  const { userId } = await signedIn(request, context.authenticate, 'lists:write')
  return once(context, { request, reply, userId }, async (operation) => {
    const list = await listFor(context, { listId, userId }, action)
    check?.(list)
    return context.rooms.hold(listId, async () => {
      const { seq, value } = await writeContent(context, { list, userId, operation }, (draft) =>
        compose(draft, list),
      )
      // Read again: somebody else's change of the same thing may have been stored in between.
      const shown = await readContent(context, listId, (view) => show(view, value.id))
      return { status: value.isNew ? 201 : 200, body: { ...shown, seq } }
    })
  })
}
