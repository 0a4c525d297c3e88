import { can } from '@tandem/client-sdk/protocol'
import type { UserId } from '@tandem/persistence'
import type { z } from 'zod'
import { TandemError } from '../errors.ts'
import { InvitationMail, mayCauseMail } from '../sharing/invitation-mail.ts'
import { type Masks, masksOf } from '../sharing/masks.ts'
import { mayGrant, mayTakeBack } from '../sharing/may.ts'
import { allowed } from '../sharing/outcome.ts'
import { presentInvitation } from '../sharing/present.ts'
import { roomForInvitation, roomForMember } from '../sharing/quotas.ts'
import {
  invitationBody,
  invitationParams,
  invitationsAnswer,
  invitedAnswer,
  withdrawnAnswer,
} from '../sharing/schemas.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { once } from './once.ts'
import { needs, TAGS } from './route-doc.ts'
import { listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

/** An invitation is forgotten by whoever sent it long before; it must not open the list years later. */
const INVITATION_DAYS = 30
const DAY_MS = 86_400_000

const doc = { tags: [TAGS.sharing], ...needs('sharing') }

export function invitationRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, people, rooms, logger, clock } = context
  const invitationMail = new InvitationMail({
    mail: context.mail,
    publicUrl: context.config.publicUrl,
    logger,
  })

  app.get(
    '/lists/:listId/invitations',
    {
      schema: {
        ...doc,
        summary: 'Who is awaited; editors see those they invited themselves',
        params: listParams,
        response: { 200: invitationsAnswer },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'sharing')
      const list = await listFor(context, { listId: request.params.listId, userId }, 'share')
      const seesAll = can(list.role, 'manage-members', list)
      const [waiting, masks] = await Promise.all([
        people.invitations.waiting(list.id),
        masksOf(people.grants, list.id),
      ])
      const seen = waiting.filter(({ invitedBy }) => seesAll || invitedBy === userId)
      return { invitations: seen.map((invitation) => presentInvitation(invitation, masks)) }
    },
  )

  app.post(
    '/lists/:listId/invitations',
    {
      schema: {
        ...doc,
        summary: 'Invite somebody by e-mail address or user id',
        description:
          'Somebody who is known joins at once; the others when they sign in with that address or id.',
        params: listParams,
        body: invitationBody,
        response: { 201: invitedAnswer },
        errors: ['owner-is-fixed', 'no-such-user', 'quota-reached'],
      },
    },
    async (request, reply) => {
      const inviter = await signedIn(request, authenticate, 'sharing')
      const by = inviter.userId
      return once(context, { request, reply, userId: by }, async (operation) => {
        const { listId } = request.params
        const { role, ...address } = request.body
        const list = await listFor(context, { listId, userId: by }, 'share')
        await Promise.all([roomForMember(context, list.id), roomForInvitation(context, list.id)])
        const masks = await masksOf(people.grants, listId)
        const invited = await people.invitations.invite({
          id: operation.derive('invitation'),
          listId,
          role,
          to: addressee(address, masks),
          by,
          expiresAt: new Date(clock.now() + INVITATION_DAYS * DAY_MS),
          may: mayGrant(role),
        })
        const answer = await allowed(context, { listId, userId: by }, invited)
        if (answer.outcome === 'waiting') {
          const { email } = answer.invitation
          if (email !== null && mayCauseMail(inviter)) {
            const byName = list.anonymousId === null ? inviter.name : null
            invitationMail.send({ email, by, byName, title: list.title })
          }
          return made({ status: 'waiting', invitation: presentInvitation(answer.invitation, masks) })
        }
        const { userId, role: given } = answer.member
        await rooms.accessChanged(listId, userId)
        logger.info({ list: listId, user: userId, role: given, by }, 'access.changed')
        return made({ status: 'joined', role: given })
      })
    },
  )

  app.delete(
    '/lists/:listId/invitations/:invitationId',
    {
      schema: {
        ...doc,
        summary: 'Withdraw an invitation',
        params: invitationParams,
        response: { 200: withdrawnAnswer },
        errors: ['no-such-invitation'],
      },
    },
    async (request, reply) => {
      const { userId: by } = await signedIn(request, authenticate, 'sharing')
      return once(context, { request, reply, userId: by }, async () => {
        const { listId, invitationId: id } = request.params
        const list = await listFor(context, { listId, userId: by }, 'share')
        const waiting = (await people.invitations.waiting(listId)).find((one) => one.id === id)
        const isMine = waiting?.invitedBy === by
        // Somebody who does not see it learns nothing of it.
        if (waiting === undefined || !(isMine || can(list.role, 'manage-members', list))) {
          throw new TandemError('no-such-invitation')
        }
        const change = { listId, id, by, may: mayTakeBack({ isMine }) }
        await allowed(context, { listId, userId: by }, await people.invitations.withdraw(change))
        return { status: 200, body: { withdrawn: true as const } }
      })
    },
  )
}

/** Whoever goes unnamed in this list is not to be found by their own id. */
function addressee(
  to: { email: string } | { userId: string },
  masks: Masks,
): { email: string } | { userId: UserId } {
  if ('email' in to) return { email: to.email }
  const userId = masks.meant(to.userId)
  if (userId === 'nobody') throw new TandemError('no-such-user')
  return { userId }
}

/** Says nothing of who it is: an address must not lead to somebody who goes unnamed here. */
function made(body: z.infer<typeof invitedAnswer>) {
  return { status: 201, body }
}
