import type { FastifyRequest } from 'fastify'
import type { Authenticate, Identity } from '../auth/identity.ts'
import { TandemError } from '../errors.ts'

/** The identity behind a request's bearer token, or a 401 that says what is wrong with it. */
export async function signedIn(request: FastifyRequest, authenticate: Authenticate): Promise<Identity> {
  const answer = await authenticate(bearerOf(request.headers.authorization))
  if (!answer.ok) throw new TandemError('unauthenticated', answer.reason)
  return answer
}

function bearerOf(header: string | undefined): string {
  return /^Bearer +([^\s]+)$/i.exec(header ?? '')?.[1] ?? ''
}
