import { isAPIError } from 'better-auth/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { decodeJwt } from 'jose'
import type { Config } from '../config/settings.ts'
import { TandemError } from '../errors.ts'
import { placeOf } from '../http/address.ts'
import type { Logger } from '../telemetry/logger.ts'
import { ACCOUNTS_PATH, type Auth } from './better-auth.ts'
import { baseOf, mayUseCookie } from './origin.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import { ACCOUNT_ROUTES, type AccountBody, accountBody, type Guarded } from './routes.ts'
import type { SignInGuard } from './sign-in-guard.ts'
import { withoutSecrets } from './without-secrets.ts'

export interface GatewayDeps {
  readonly auth: Auth
  readonly guard: SignInGuard
  readonly config: Pick<Config, 'accounts' | 'publicUrl' | 'smtpUrl'>
  readonly logger: Pick<Logger, 'error'>
  /** Who is signed in by the request's cookie. */
  whoAsks(request: FastifyRequest): Promise<{ userId: string; email: string } | null>
  /** Ends the session of the request's cookie, if there is one. Rejects when that cannot be written down. */
  endSession(request: FastifyRequest): Promise<void>
}

type Outcome = { readonly ok: true; readonly response: Response } | Refusal

/** Hands requests to better-auth and answers in Tandem's own form: only known paths, guarded, and without secrets. */
export function createGateway(deps: GatewayDeps) {
  const { auth, guard, config } = deps
  const { publicUrl } = config

  return async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const path = pathOf(request)
    const route = ACCOUNT_ROUTES[path]
    if (route?.method !== request.method) throw new TandemError('no-such-route')
    if (config.accounts === 'off' && route.isForGuests !== true) throw new TandemError('accounts-off')
    if (route.needsMail === true && config.smtpUrl === null) throw new TandemError('mail-off')
    if (!mayUseCookie(request, publicUrl)) throw new TandemError('origin-refused')
    const body = request.method === 'GET' ? null : bodyOf(request)
    if (path === '/verify-email' && !(await isOwnAddress(request))) {
      return reply.redirect('/?error=sign-in-first', 302)
    }
    // Whoever changes a password because somebody knows it wants that somebody out.
    if (path === '/change-password' && body !== null) body['revokeOtherSessions'] = true
    // better-auth says "signed out" whatever happens to the session.
    if (path === '/sign-out') await deps.endSession(request)
    const outcome = await counted(route.guarded, { request, path, body })
    if (!outcome.ok) throw outcome.error
    return send(reply, outcome.response)
  }

  interface Asked {
    readonly request: FastifyRequest
    readonly path: string
    readonly body: AccountBody | null
  }

  async function counted(guarded: Guarded, asked: Asked): Promise<Outcome> {
    const place = placeOf(asked.request.ip)
    const account = asked.body?.email ?? ''
    // The guard wants to know whether it went well, and may refuse to let it happen at all.
    let outcome: Outcome | null = null
    const work = async (): Promise<boolean> => {
      outcome = await pass(asked)
      return outcome.ok
    }
    if (guarded === 'password') await guard.signIn({ place, account }, work)
    else if (guarded === 'long-secret') await guard.longSecret(place, work)
    else if (guarded === 'own-password') {
      const asker = await deps.whoAsks(asked.request)
      await guard.signIn({ place, account: asker?.userId ?? 'nobody' }, work)
    } else {
      if (guarded === 'new-account') await guard.newAccount(place)
      if (guarded === 'mail') await guard.mail({ place, account })
      await work()
    }
    return outcome ?? Promise.reject(new Error('The guard let nothing happen and did not say why.'))
  }

  async function pass(asked: Asked): Promise<Outcome> {
    try {
      const response = await auth.handler(requestFor(asked))
      if (response.status < 400) return { ok: true, response }
      const body = refusedBody(parseJson(await response.text()))
      return refusalOf({ statusCode: response.status, message: '', body }, asked.path)
    } catch (error) {
      if (isAPIError(error)) return refusalOf(error, asked.path)
      deps.logger.error({ error }, 'accounts.failed')
      throw error
    }
  }

  function requestFor({ request, path, body }: Asked): Request {
    const base = baseOf(request, publicUrl)
    const query = request.url.split('?', 2)[1]
    const headers = new Headers({ origin: base })
    for (const name of ['cookie', 'user-agent', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']) {
      const value = request.headers[name]
      if (typeof value === 'string') headers.set(name, value)
    }
    if (body !== null) headers.set('content-type', 'application/json')
    const url = `${base}${ACCOUNTS_PATH}${path}${query === undefined ? '' : `?${query}`}`
    const sent = body === null ? {} : { body: JSON.stringify(body) }
    return new Request(url, { method: request.method, headers, ...sent })
  }

  /** A mailbox is confirmed by somebody signed in to the account only, or one could have an address confirmed by its owner. */
  async function isOwnAddress(request: FastifyRequest): Promise<boolean> {
    const { token } = request.query as { token?: unknown }
    const asker = await deps.whoAsks(request)
    return asker !== null && emailIn(token) === asker.email.toLowerCase()
  }
}

function pathOf(request: FastifyRequest): string {
  const path = request.url.split('?', 1)[0] ?? ''
  return path.slice(ACCOUNTS_PATH.length)
}

function bodyOf(request: FastifyRequest): AccountBody {
  const parsed = accountBody.safeParse(request.body ?? {})
  if (parsed.success) return parsed.data
  const details = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
  throw new TandemError('validation-error', details.join('; '))
}

/** Not verified here: that is done by whoever acts on it. */
function emailIn(token: unknown): string | null {
  try {
    const { email } = decodeJwt(String(token))
    return typeof email === 'string' ? email.toLowerCase() : null
  } catch {
    // What is no token names no address.
    return null
  }
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  const location = response.headers.get('location')
  if (location !== null && response.status < 400 && response.status >= 300)
    return reply.redirect(location, response.status)
  const text = await response.text()
  reply.status(response.status).header('content-type', 'application/json; charset=utf-8')
  return reply.serializer(String).send(JSON.stringify(withoutSecrets(parseJson(text))))
}

function refusedBody(body: unknown): { code?: string; message?: string } {
  const { code, message } = (body ?? {}) as { code?: unknown; message?: unknown }
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  }
}

function parseJson(text: string): unknown {
  return text === '' ? null : JSON.parse(text)
}
