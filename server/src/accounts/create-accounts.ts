import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type { Storage, UserId } from '@tandem/persistence'
import type { FastifyRequest } from 'fastify'
import type { PostgresPool } from 'kysely'
import { shortName } from '../auth/claims.ts'
import type { Introduce } from '../auth/introduce.ts'
import type { Tokens } from '../auth/tokens.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/settings.ts'
import { TandemError } from '../errors.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { AccountSession, Accounts } from './accounts.ts'
import { createBetterAuth, type StoredUser } from './better-auth.ts'
import { removeExpired } from './expired.ts'
import { createGateway } from './gateway.ts'
import type { Mail } from './mail.ts'
import { mayUseCookie } from './origin.ts'
import { fromWithin } from './refusal.ts'
import { SignInGuard } from './sign-in-guard.ts'

export interface AccountsDeps {
  readonly config: Config
  readonly pool: PostgresPool
  readonly secret: string
  readonly storage: Pick<Storage, 'credentials'>
  readonly tokens: Tokens
  readonly introduce: Introduce
  readonly mail: Mail | null
  readonly clock: Clock
  readonly logger: Logger
  /** Closes what is open with a session (null: with any of this user's) on all nodes. Never rejects. */
  endSessions(userId: UserId, sessionId: string | null): Promise<void>
}

export function createAccounts(deps: AccountsDeps): Accounts {
  const { config, storage, tokens, introduce, logger } = deps
  const auth = createBetterAuth({
    ...deps,
    publicUrl: config.publicUrl,
    guestDays: config.guestDays,
    events: {
      sessionEnding: ({ userId, id }) => storage.credentials.endSession(userId as UserId, id),
      sessionEnded: ({ userId, id }) => deps.endSessions(userId as UserId, id),
      async userChanged(user) {
        const { kind, ...person } = personOf(user)
        // Guests and new people are made known with their first token; a failure here is made good then, too.
        if (kind === 'account')
          await introduce({ ...person, kind }).catch((error: unknown) =>
            logger.warn({ user: person.userId, error }, 'accounts.failed'),
          )
      },
    },
  })

  async function read(request: FastifyRequest, mayRenew: boolean) {
    const { cookie } = request.headers
    if (cookie === undefined || !mayUseCookie(request, config.publicUrl)) return null
    const asked = auth.api.getSession({
      headers: new Headers({ cookie }),
      query: { disableRefresh: !mayRenew },
      returnHeaders: true,
    })
    const { headers, response } = await fromWithin(asked)
    return response === null ? null : { ...response, cookies: headers.getSetCookie() }
  }

  const handle = createGateway({
    auth,
    guard: new SignInGuard(),
    config,
    logger,
    async whoAsks(request) {
      const found = await read(request, false)
      return found === null ? null : { userId: found.user.id, email: found.user.email }
    },
    async endSession(request) {
      const found = await read(request, false)
      if (found === null) return
      const { internalAdapter } = await auth.$context
      await fromWithin(internalAdapter.deleteSession(found.session.token))
    },
  })

  return {
    handle,
    async sessionOf(request, reply) {
      const found = await read(request, reply !== undefined)
      if (found === null) return null
      if (found.cookies.length > 0) reply?.header('set-cookie', found.cookies)
      return { ...personOf(found.user), sessionId: found.session.id }
    },
    async startGuest(name, reply) {
      if (config.guests === 'off') throw new TandemError('guests-off')
      const mailbox = randomBytes(16).toString('hex')
      const { headers, response } = await fromWithin(
        auth.api.signInGuest({ body: { name: shortName(name.trim()), mailbox }, returnHeaders: true }),
      )
      reply.header('set-cookie', headers.getSetCookie())
      const userId = response.userId as UserId
      const guest: AccountSession = {
        userId,
        name: shortName(name.trim()),
        sessionId: response.sessionId,
        kind: 'guest',
        email: null,
      }
      await introduce(guest)
      return guest
    },
    async accessToken(session) {
      // Before the token exists: whoever holds one must be somebody the directory knows.
      await introduce(session)
      const { token, expiresAt } = await tokens.issueAccess(session)
      return { token, expiresAt: expiresAt.toISOString() }
    },
    async endEverything(userId) {
      const { internalAdapter } = await auth.$context
      // First, so that a token asked for in between belongs to a session that ends right after.
      await storage.credentials.endSession(userId, null)
      await internalAdapter.deleteUserSessions(userId)
      await deps.endSessions(userId, null)
    },
    // An hour later: clocks of several nodes may differ.
    tidy: () => removeExpired(deps.pool, new Date(deps.clock.now() - 3_600_000)),
    methods(request) {
      const hasAccounts = config.accounts === 'on'
      const host = config.publicUrl === null ? request.hostname : new URL(config.publicUrl).hostname
      return {
        guests: config.guests === 'on',
        accounts: hasAccounts,
        emailLinks: hasAccounts && deps.mail !== null,
        passkeys: hasAccounts && isIP(host.replace(/^\[|\]$/g, '')) === 0,
      }
    },
  }
}

function personOf(user: StoredUser): Omit<AccountSession, 'sessionId'> {
  return {
    userId: user.id as UserId,
    name: shortName(user.name),
    kind: user.isGuest === true ? 'guest' : 'account',
    email: user.emailVerified ? user.email : null,
  }
}
