import type { FastifyInstance } from 'fastify'

/**
 * What a page of ours may do: load from this server only, talk to this server only, be framed by nobody. Inline styles are
 * allowed because component libraries write them; inline scripts are not.
 */
const CONTENT_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

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

/**
 * Lets the configured origins call the API. No credentials header: tokens travel in `Authorization`, cookies are never
 * read, so a page of a stranger has nothing to ride on.
 */
export function crossOrigin(app: FastifyInstance, allowed: readonly string[] | null): void {
  if (allowed === null) return
  const isAllowed = (origin: string): boolean => allowed.includes('*') || allowed.includes(origin)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'origin')
    const { origin } = request.headers
    if (origin === undefined || !isAllowed(origin)) return
    reply.header('access-control-allow-origin', allowed.includes('*') ? '*' : origin)
    if (request.method !== 'OPTIONS') return
    reply
      .header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
      .header('access-control-allow-headers', 'authorization, content-type')
      .header('access-control-max-age', String(PREFLIGHT_SECONDS))
    return reply.status(204).send()
  })
}
