import type { FastifyInstance } from 'fastify'
import { CONTENT_POLICY } from './content-policy.ts'
import { OPERATION_HEADERS } from './operation.ts'

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  // Links may carry secrets in their path; other sites must not see them.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

export function securityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS)
  })
}

const PREFLIGHT_SECONDS = 600

const REQUEST_HEADERS = ['authorization', 'content-type', ...OPERATION_HEADERS].join(', ')
/** What a page of another origin may read of an answer, besides the body. */
const ANSWER_HEADERS = 'retry-after, idempotent-replayed'

/**
 * Lets the configured origins call the API. No credentials header: their tokens travel in `Authorization`, and the cookie of this
 * server's own pages never comes with their requests, so that a stranger's page has nothing to ride on.
 */
export function crossOrigin(app: FastifyInstance, allowed: readonly string[] | null): void {
  if (allowed === null) return
  const isAllowed = (origin: string): boolean => allowed.includes('*') || allowed.includes(origin)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'origin')
    const { origin } = request.headers
    if (origin === undefined || !isAllowed(origin)) return
    reply
      .header('access-control-allow-origin', allowed.includes('*') ? '*' : origin)
      .header('access-control-expose-headers', ANSWER_HEADERS)
    if (request.method !== 'OPTIONS') return
    reply
      .header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
      .header('access-control-allow-headers', REQUEST_HEADERS)
      .header('access-control-max-age', String(PREFLIGHT_SECONDS))
    return reply.status(204).send()
  })
}
