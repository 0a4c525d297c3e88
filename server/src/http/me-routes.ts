import type { ApiToken } from '@tandem/persistence'
import type { z } from 'zod'
import { hashToken, newApiToken } from '../auth/random-token.ts'
import { TandemError } from '../errors.ts'
import { roomForToken } from '../sharing/quotas.ts'
import {
  meAnswer,
  newTokenAnswer,
  tokenBody,
  tokenParams,
  tokenRevokedAnswer,
  tokensAnswer,
} from '../sharing/schemas.ts'
import type { HttpContext } from './context.ts'
import { once } from './once.ts'
import { needs, TAGS } from './route-doc.ts'
import { signedIn } from './signed-in.ts'
import type { TypedApp } from './typed.ts'

const doc = { tags: [TAGS.me], ...needs('me') }

export function meRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, directory } = context

  app.get(
    '/me',
    { schema: { ...doc, summary: 'Who you are', response: { 200: meAnswer } } },
    async (request) => {
      const { userId, name, email, kind } = await signedIn(request, authenticate, 'me')
      const user = await directory.user(userId)
      return { id: userId, name: user?.name ?? name, email: user?.email ?? email, kind: user?.kind ?? kind }
    },
  )
  tokenRoutes(app, context)
}

function tokenRoutes(app: TypedApp, context: HttpContext): void {
  const { authenticate, people, rooms, clock } = context

  app.get(
    '/me/tokens',
    { schema: { ...doc, summary: 'Your API tokens', response: { 200: tokensAnswer } } },
    async (request) => {
      const { userId } = await signedIn(request, authenticate, 'me')
      return { tokens: (await people.credentials.apiTokens(userId)).map(presentToken) }
    },
  )

  app.post(
    '/me/tokens',
    {
      schema: {
        ...doc,
        summary: 'Make an API token; it is shown this once',
        description: 'Not with an API token: one that leaks must not be able to make others.',
        body: tokenBody,
        response: { 201: newTokenAnswer },
        errors: ['quota-reached', 'missing-scope'],
      },
    },
    async (request, reply) => {
      const { userId, scopes: held } = await signedIn(request, authenticate, 'me')
      if (held !== null)
        throw new TandemError('missing-scope', 'An API token cannot make tokens; sign in yourself.')
      return once(context, { request, reply, userId }, async (operation) => {
        const { name, scopes, expiresAt = null } = request.body
        const until = expiresAt === null ? null : new Date(expiresAt)
        if (until !== null && until.getTime() <= clock.now()) {
          throw new TandemError('validation-error', 'expiresAt: must be in the future')
        }
        await roomForToken(context, userId)
        const token = newApiToken()
        const made = await people.credentials.createApiToken({
          id: operation.derive('token'),
          userId,
          name: name.trim(),
          scopes: [...new Set(scopes)],
          expiresAt: until,
          tokenHash: hashToken(token),
        })
        return { status: 201, body: { ...presentToken(made), token }, isSecret: true }
      })
    },
  )

  app.delete(
    '/me/tokens/:tokenId',
    {
      schema: {
        ...doc,
        summary: 'Revoke an API token; what it has open is closed',
        params: tokenParams,
        response: { 200: tokenRevokedAnswer },
        errors: ['no-such-token'],
      },
    },
    async (request, reply) => {
      const { userId } = await signedIn(request, authenticate, 'me')
      return once(context, { request, reply, userId }, async () => {
        const { tokenId } = request.params
        if (!(await people.credentials.revokeApiToken(userId, tokenId)))
          throw new TandemError('no-such-token')
        await rooms.endSessions(userId, tokenId)
        return { status: 200, body: { revoked: true as const } }
      })
    },
  )
}

function presentToken(token: ApiToken): z.infer<typeof tokensAnswer>['tokens'][number] {
  const { id, name, scopes, createdAt, expiresAt, lastUsedAt } = token
  return {
    id,
    name,
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
}
