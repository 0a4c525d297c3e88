import { can } from '@tandem/client-sdk/protocol'
import type { Member, UserId } from '@tandem/persistence'
import { TandemError } from '../errors.ts'
import { ANONYMOUS, type Masks, masksOf } from '../sharing/masks.ts'
import { mayGrant, mayLeave, mayRemove } from '../sharing/may.ts'
import { allowed } from '../sharing/outcome.ts'
import { presentMembers } from '../sharing/present.ts'
import { roomForMember } from '../sharing/quotas.ts'
import {
  anonymousAnswer,
  anonymousBody,
  leftAnswer,
  memberAnswer,
  memberParams,
  membersAnswer,
  removedAnswer,
  roleBody,
  transferBody,
  transferredAnswer,
} from '../sharing/schemas.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { once } from './once.ts'
import { needs, TAGS } from './route-doc.ts'
import { listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const doc = { tags: [TAGS.sharing], ...needs('sharing') }

export function memberRoutes(app: TypedApp, context: HttpContext): void {
  readRoutes(app, context)
  othersRoutes(app, context)
  ownRoutes(app, context)
}

function readRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, people } = context

  app.get(
    '/lists/:listId/members',
    {
      schema: {
        tags: [TAGS.sharing],
        ...needs('lists:read'),
        summary: 'Everybody with access, the owner first',
        params: listParams,
        response: { 200: membersAnswer },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'lists:read')
      const list = await listFor(context, { listId: request.params.listId, userId }, 'read')
      const masks = await masksOf(people.grants, list.id)
      return {
        members: presentMembers(masks, { you: userId, seesEmails: can(list.role, 'manage-members', list) }),
      }
    },
  )
}

/** What one person does about another's access. Counts on open connections before the answer leaves. */
function othersRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, people, rooms, logger } = context

  app.put(
    '/lists/:listId/members/:userId',
    {
      schema: {
        ...doc,
        summary: 'Give somebody a role, or change it',
        params: memberParams,
        body: roleBody,
        response: { 200: memberAnswer },
        errors: ['no-such-user', 'owner-is-fixed', 'quota-reached'],
      },
    },
    async (request, reply) => {
      const { userId: by } = await signedIn(request, authenticate, 'sharing')
      return once(context, { request, reply, userId: by }, async () => {
        const { listId, userId: shownId } = request.params
        const { role } = request.body
        await listFor(context, { listId, userId: by }, 'share')
        const masks = await masksOf(people.grants, listId)
        const userId = meant(masks, shownId, 'no-such-user')
        if (!isMember(masks, userId)) await roomForMember(context, listId)
        const answer = await people.grants.grant({ listId, userId, role, by, may: mayGrant(role) })
        await allowed(context, { listId, userId: by }, answer)
        await rooms.accessChanged(listId, userId)
        logger.info({ list: listId, user: userId, role, by }, 'access.changed')
        return { status: 200, body: { listId, userId: shownId, role } }
      })
    },
  )

  app.delete(
    '/lists/:listId/members/:userId',
    {
      schema: {
        ...doc,
        summary: 'End somebody’s access; names whom they had let in',
        params: memberParams,
        response: { 200: removedAnswer },
        errors: ['no-such-member', 'owner-is-fixed'],
      },
    },
    async (request, reply) => {
      const { userId: by } = await signedIn(request, authenticate, 'sharing')
      return once(context, { request, reply, userId: by }, async () => {
        const { listId, userId: shownId } = request.params
        const list = await listFor(context, { listId, userId: by })
        const masks = await masksOf(people.grants, listId)
        // Whoever may remove nobody must not learn from the answer who it is that goes unnamed.
        const userId = meant(
          masks,
          shownId,
          can(list.role, 'manage-members', list) ? 'no-such-member' : 'not-allowed',
        )
        const change =
          userId === by
            ? ({ why: 'left', may: mayLeave } as const)
            : ({ why: 'removed', may: mayRemove } as const)
        const invited = await end(context, { listId, userId, by, ...change })
        return {
          status: 200,
          body: { invited: invited.map((person) => ({ ...named(masks, person), role: person.role })) },
        }
      })
    },
  )

  app.post(
    '/lists/:listId/transfer',
    {
      schema: {
        ...doc,
        summary: 'Hand the list over to a member; its owner until now becomes an admin',
        params: listParams,
        body: transferBody,
        response: { 200: transferredAnswer },
        errors: ['no-such-member'],
      },
    },
    async (request, reply) => {
      const { userId: by } = await signedIn(request, authenticate, 'sharing')
      return once(context, { request, reply, userId: by }, async () => {
        const { listId } = request.params
        await listFor(context, { listId, userId: by }, 'transfer')
        const masks = await masksOf(people.grants, listId)
        const to = meant(masks, request.body.userId, 'no-such-member')
        await allowed(context, { listId, userId: by }, await people.grants.transfer({ listId, to, by }))
        await Promise.all([rooms.accessChanged(listId, to), rooms.accessChanged(listId, by)])
        logger.info({ list: listId, user: to, role: 'owner', by }, 'access.changed')
        return { status: 200, body: { owner: named(masks, { userId: to, name: request.body.userId }) } }
      })
    },
  )
}

/** What people do about their own access. */
function ownRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, people, rooms, logger } = context

  app.post(
    '/lists/:listId/leave',
    {
      schema: {
        ...doc,
        summary: 'Give up one’s own access; an owner hands the list over first, or deletes it',
        params: listParams,
        response: { 200: leftAnswer },
        errors: ['owner-is-fixed'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'sharing')
      return once(context, { request, reply, userId }, async () => {
        const { listId } = request.params
        await listFor(context, { listId, userId })
        await end(context, { listId, userId, by: userId, why: 'left', may: mayLeave })
        return { status: 200, body: { left: true as const } }
      })
    },
  )

  app.patch(
    '/lists/:listId/members/me',
    {
      schema: {
        ...doc,
        summary: 'Choose whether the others see who you are',
        description: 'What was written until now keeps the name it was written under.',
        params: listParams,
        body: anonymousBody,
        response: { 200: anonymousAnswer },
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'sharing')
      return once(context, { request, reply, userId }, async () => {
        const { listId } = request.params
        const { anonymous } = request.body
        await listFor(context, { listId, userId })
        const answer = await people.grants.setAnonymous({ listId, userId, anonymous })
        const { anonymousId } = await allowed(context, { listId, userId }, answer)
        await rooms.accessChanged(listId, userId)
        logger.info({ list: listId, user: userId, anonymous }, 'access.changed')
        return { status: 200, body: { anonymous: anonymousId !== null, authorId: anonymousId ?? userId } }
      })
    },
  )
}

type Ending = Parameters<HttpContext['people']['grants']['revoke']>[0]

async function end(context: HttpContext, change: Ending): Promise<readonly Member[]> {
  const { people, rooms, logger } = context
  const { listId, userId, by, why } = change
  const answer = await allowed(context, { listId, userId: by }, await people.grants.revoke(change))
  await rooms.accessChanged(listId, userId)
  logger.info({ list: listId, user: userId, role: null, why, by }, 'access.changed')
  return answer.invited
}

function meant(
  masks: Masks,
  shownId: string,
  otherwise: 'no-such-user' | 'no-such-member' | 'not-allowed',
): UserId {
  const userId = masks.meant(shownId)
  if (userId === 'nobody') throw new TandemError(otherwise)
  return userId
}

function isMember({ members }: Masks, userId: UserId): boolean {
  return members.some((one) => one.userId === userId)
}

/** The name is used for somebody who was no member when the masks were made. */
function named(masks: Masks, { userId, name }: { readonly userId: UserId; readonly name: string }) {
  return (
    masks.shown(userId) ?? {
      userId: masks.idOf(userId),
      name: masks.idOf(userId) === userId ? name : ANONYMOUS,
    }
  )
}
