import type { FastifyRequest } from 'fastify'
import type { Authenticate, Identity } from '../auth/identity.ts'
import { requireScope, type Scope } from '../auth/scopes.ts'
import { TandemError } from '../errors.ts'

/**
 * The identity behind a request's bearer token, or a 401 that says what is wrong with it. `scope` is what a limited token
 * needs for this route; every route names one, so that none is forgotten.
 */
export async function signedIn(
  request: FastifyRequest,
  authenticate: Authenticate,
  scope: Scope,
): Promise<Identity> {
  const answer = await authenticate(bearerOf(request))
  if (!answer.ok) throw new TandemError('unauthenticated', answer.reason)
  requireScope(answer, scope)
  return answer
}

/** The text after "Bearer", or '' when nothing of that kind was sent. */
export function bearerOf(request: FastifyRequest): string {
  return /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
}
