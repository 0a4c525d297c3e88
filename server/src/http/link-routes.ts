import { can } from '@tandem/client-sdk/protocol'
import type { FastifyRequest } from 'fastify'
import { hashToken, newLinkToken } from '../auth/random-token.ts'
import { TandemError } from '../errors.ts'
import { hashPassword } from '../sharing/link-password.ts'
import { masksOf } from '../sharing/masks.ts'
import { mayLink, mayRevokeLink } from '../sharing/may.ts'
import { allowed } from '../sharing/outcome.ts'
import { presentLink } from '../sharing/present.ts'
import { roomForLink } from '../sharing/quotas.ts'
import {
  linkBody,
  linkParams,
  linksAnswer,
  newLinkAnswer,
  revokedAnswer,
  revokeQuery,
} from '../sharing/schemas.ts'
import type { HttpContext } from './context.ts'
import { listFor } from './list-access.ts'
import { once } from './once.ts'
import { needs, TAGS } from './route-doc.ts'
import { listParams } from './schemas.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const doc = { tags: [TAGS.sharing], ...needs('sharing') }

/** Making links and taking them back; what their visitors do stands in `join-routes.ts`. */
export function linkRoutes(app: TypedApp, context: HttpContext): void {
  makeRoutes(app, context)
  revokeRoutes(app, context)
}

function makeRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, people, clock, config } = context

  app.get(
    '/lists/:listId/links',
    {
      schema: {
        ...doc,
        summary: 'Links that still work; editors see their own',
        params: listParams,
        response: { 200: linksAnswer },
      },
    },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'sharing')
      const list = await listFor(context, { listId: request.params.listId, userId }, 'share')
      const seesAll = can(list.role, 'manage-members', list)
      const [links, masks] = await Promise.all([people.links.of(list.id), masksOf(people.grants, list.id)])
      const seen = links.filter(({ createdBy }) => seesAll || createdBy === userId)
      return { links: seen.map((link) => presentLink(link, masks)) }
    },
  )

  app.post(
    '/lists/:listId/links',
    {
      schema: {
        ...doc,
        summary: 'Make a link that lets whoever has it in',
        params: listParams,
        body: linkBody,
        response: { 201: newLinkAnswer },
        errors: ['quota-reached'],
      },
    },
    async (request, reply) => {
      const { userId: by } = await signedIn(request, authenticate, 'sharing')
      return once(context, { request, reply, userId: by }, async (operation) => {
        const { listId } = request.params
        const { role, expiresAt = null, maxUses = null, password = null } = request.body
        const until = expiresAt === null ? null : new Date(expiresAt)
        if (until !== null && until.getTime() <= clock.now()) {
          throw new TandemError('validation-error', 'expiresAt: must be in the future')
        }
        await listFor(context, { listId, userId: by }, 'share')
        await roomForLink(context, listId)
        const token = newLinkToken()
        const made = await people.links.create({
          id: operation.derive('link'),
          listId,
          role,
          tokenHash: hashToken(token),
          passwordHash: password === null ? null : await hashPassword(password),
          expiresAt: until,
          maxUses,
          by,
          may: mayLink(role),
        })
        const { link } = await allowed(context, { listId, userId: by }, made)
        const masks = await masksOf(people.grants, listId)
        const url = joinUrl(config.publicUrl ?? originOf(request), token)
        return { status: 201, body: { ...presentLink(link, masks), url, token }, isSecret: true }
      })
    },
  )
}

function revokeRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, people, rooms, logger } = context

  app.delete(
    '/lists/:listId/links/:linkId',
    {
      schema: {
        ...doc,
        summary: 'Revoke a link, and with `disconnect` the access of those who came by it',
        params: linkParams,
        querystring: revokeQuery,
        response: { 200: revokedAnswer },
        errors: ['no-such-link'],
      },
    },
    async (request, reply) => {
      const { userId: by } = await signedIn(request, authenticate, 'sharing')
      return once(context, { request, reply, userId: by }, async () => {
        const { listId, linkId: id } = request.params
        const disconnect = request.query.disconnect === 'true'
        const list = await listFor(context, { listId, userId: by }, 'share')
        const link = (await people.links.of(listId)).find((one) => one.id === id)
        const isMine = link?.createdBy === by
        // Somebody who does not see it learns nothing of it.
        if (link === undefined || !(isMine || can(list.role, 'manage-members', list))) {
          throw new TandemError('no-such-link')
        }
        const change = { listId, id, by, disconnect, may: mayRevokeLink({ isMine, disconnect }) }
        const { ended } = await allowed(context, { listId, userId: by }, await people.links.revoke(change))
        await Promise.all(ended.map((userId) => rooms.accessChanged(listId, userId)))
        logger.info({ list: listId, link: id, ended: ended.length, by }, 'link.revoked')
        return { status: 200, body: { ended: ended.length } }
      })
    },
  )
}

function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`
}

/** The address to hand on. The token stands behind the #, which browsers send to no server and no log. */
function joinUrl(origin: string, token: string): string {
  return `${origin}/join#${token}`
}
