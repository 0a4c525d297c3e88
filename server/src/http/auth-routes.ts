import type { UserId } from '@tandem/persistence'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AccountSession } from '../accounts/accounts.ts'
import { methodsAnswer, sessionAnswer } from '../accounts/schemas.ts'
import { newUserId } from '../auth/user-id.ts'
import { TandemError } from '../errors.ts'
import type { HttpContext } from './context.ts'
import { needs, TAGS } from './route-doc.ts'
import { guestAnswer, guestBody } from './schemas.ts'
import { bearerOf, signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const doc = { tags: [TAGS.sign] }

export function authRoutes(app: TypedApp, context: HttpContext): void {
  const { config, directory, tokens, accounts, metrics } = context

  /** Signs a new person in by name alone. Each call makes another user; the token is the only way back to it. */
  app.post(
    '/auth/guest',
    {
      schema: {
        ...doc,
        summary: 'A guest for a program: one long-lived token',
        errors: ['guests-off', 'too-many-requests'],
        body: guestBody,
        response: { 200: guestAnswer },
      },
    },
    async (request) => {
      if (config.guests === 'off') throw new TandemError('guests-off')
      await context.limits.newGuest(request)
      const user = { id: newUserId(), name: request.body.name.trim() }
      await directory.ensureUser({ ...user, kind: 'guest' })
      metrics.count('tandem_guests_total')
      return { token: await tokens.issue(user, config.guestDays), user }
    },
  )

  /** The same for this server's own pages: the way back is a cookie that scripts cannot read. */
  app.post(
    '/auth/guest-session',
    {
      schema: {
        ...doc,
        summary: 'A guest for a page of this server: a cookie, and a token of 15 minutes',
        errors: ['guests-off', 'too-many-requests'],
        body: guestBody,
        response: { 200: sessionAnswer },
      },
    },
    async (request, reply) => {
      if (config.guests === 'off') throw new TandemError('guests-off')
      await context.limits.newGuest(request)
      const session = await accounts.startGuest(request.body.name, reply)
      metrics.count('tandem_guests_total')
      return present(session)
    },
  )

  app.post(
    '/auth/token',
    {
      schema: {
        ...doc,
        summary: 'A token of 15 minutes for whoever is signed in by cookie',
        errors: ['unauthenticated'],
        response: { 200: sessionAnswer },
      },
    },
    async (request, reply) => {
      const session = await accounts.sessionOf(request, reply)
      if (session === null) throw new TandemError('unauthenticated', 'Nobody is signed in on this page.')
      return present(session)
    },
  )

  app.get(
    '/auth/methods',
    { schema: { ...doc, summary: 'The ways to sign in here', response: { 200: methodsAnswer } } },
    async (request) => accounts.methods(request),
  )

  /** Every session and token of the caller, API tokens excepted; what is open with them closes on all nodes. */
  app.post(
    '/auth/sign-out-everywhere',
    {
      schema: {
        ...doc,
        ...needs('me'),
        summary: 'Sign out on all devices',
        errors: ['unauthenticated'],
        response: { 200: z.object({ status: z.literal('signed-out') }) },
      },
    },
    async (request) => {
      await accounts.endEverything(await whoLeaves(request))
      return { status: 'signed-out' as const }
    },
  )

  app.all('/auth/accounts/*', { schema: { hide: true } }, async (request, reply) => {
    await context.limits.visit(request)
    return accounts.handle(request, reply)
  })

  async function present(session: AccountSession) {
    const { userId: id, name, email, kind } = session
    return { ...(await accounts.accessToken(session)), user: { id, name, email, kind } }
  }

  async function whoLeaves(request: FastifyRequest): Promise<UserId> {
    if (bearerOf(request) === '') {
      const session = await accounts.sessionOf(request)
      if (session === null) throw new TandemError('unauthenticated', 'Nobody is signed in on this page.')
      return session.userId
    }
    const { userId, issuedAt } = await signedIn(request, context.authenticate, 'me')
    // It would be refused from then on, and so would every later one.
    if (issuedAt === null)
      throw new TandemError('validation-error', 'The token does not say when it was issued ("iat").')
    return userId
  }
}
