import type { FastifyRequest } from 'fastify'

type Sent = Pick<FastifyRequest, 'method' | 'headers'>

/**
 * Whether a request that carries a cookie may act on it: it reads only, or comes from a page of this server, or from a program.
 *
 * Browsers say where a request comes from, and pages cannot change what they say. `SameSite=Lax` alone lets pages of other
 * ports and sister domains through.
 */
export function mayUseCookie(request: Sent, publicUrl: string | null): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none'
  // Some privacy settings hide the origin, and leave this.
  if (origin === 'null') return site === 'same-origin'
  return isOwnOrigin(request, origin, publicUrl)
}

/** The address under which the caller reached this server. */
export function baseOf(request: Sent, publicUrl: string | null): string {
  const { origin, host = 'localhost' } = request.headers
  if (origin !== undefined && origin !== 'null' && isOwnOrigin(request, origin, publicUrl)) return origin
  return publicUrl ?? `http://${host}`
}

function isOwnOrigin({ headers }: Sent, origin: string, publicUrl: string | null): boolean {
  if (origin === publicUrl) return true
  // A proxy that ends TLS passes on the host and not always the scheme. Cookies go by host.
  return URL.canParse(origin) && new URL(origin).host === headers.host
}
