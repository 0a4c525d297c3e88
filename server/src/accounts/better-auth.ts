import { randomBytes } from 'node:crypto'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { magicLink } from 'better-auth/plugins/magic-link'
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import { shortName } from '../auth/claims.ts'
import { newUserId } from '../auth/user-id.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../telemetry/logger.ts'
import { Turns } from '../throttle/turns.ts'
import { guestPlugin } from './guest-plugin.ts'
import { confirmLetter, type Mail, resetLetter, signInLetter } from './mail.ts'

export const ACCOUNTS_PATH = '/api/v1/auth/accounts'
const SESSION_DAYS = 60
export const MIN_PASSWORD_CHARS = 8
const DAY_SECONDS = 86_400
/** Hashing takes memory and one of the process's four threads. */
const HASHES_AT_ONCE = 2
const MOST_WAITING = 1_000

export interface BetterAuthDeps {
  readonly pool: PostgresPool
  readonly secret: string
  readonly publicUrl: string | null
  readonly guestDays: number
  readonly clock: Clock
  readonly mail: Mail | null
  readonly logger: Pick<Logger, 'warn'>
  readonly events: AccountEvents
}

export interface AccountEvents {
  /** Rejects when it cannot be written down; the session then goes on. */
  sessionEnding(session: { userId: string; id: string }): Promise<void>
  sessionEnded(session: { userId: string; id: string }): Promise<void>
  userChanged(user: StoredUser): Promise<void>
}

export interface StoredUser {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
  readonly isGuest?: unknown
}

export type Auth = ReturnType<typeof createBetterAuth>

interface Tables {
  readonly user: { readonly id: string; readonly emailVerified: boolean }
  readonly passkey: { readonly userId: string }
}

/** better-auth as we use it: its own tables, our ids, nothing sent to anybody, no limits of its own (see `SignInGuard`). */
export function createBetterAuth(deps: BetterAuthDeps) {
  const { pool, publicUrl, mail, logger, events } = deps
  const turns = new Turns({ atOnce: HASHES_AT_ONCE, mostWaiting: MOST_WAITING })
  const isSecure = publicUrl?.startsWith('https:') === true
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

  /** A passkey made before a mailbox was proven may be of whoever typed in somebody else's address. */
  async function removePasskeys(userId: string): Promise<void> {
    await db.deleteFrom('passkey').where('userId', '=', userId).execute()
  }

  return betterAuth({
    appName: 'Tandem',
    ...(publicUrl === null ? {} : { baseURL: publicUrl }),
    basePath: ACCOUNTS_PATH,
    secret: deps.secret,
    database: {
      db,
      type: 'postgres',
      transaction: true,
    },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { log: (level, message) => level === 'error' && logger.warn({ message }, 'accounts.failed') },
    // What goes wrong is answered in our own form.
    onAPIError: { throw: true },
    // Each request was looked at before: see `origin.ts`. This is the second line.
    trustedOrigins: async (request) => (request === undefined ? [] : [new URL(request.url).origin]),
    advanced: {
      cookiePrefix: 'tandem',
      useSecureCookies: isSecure,
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { disableIpTracking: true },
      database: {
        validateSchema: false,
        generateId: ({ model }) => (model === 'user' ? newUserId() : randomBytes(18).toString('base64url')),
      },
    },
    session: { expiresIn: SESSION_DAYS * DAY_SECONDS, updateAge: DAY_SECONDS },
    verification: { storeIdentifier: 'hashed' },
    user: {
      additionalFields: {
        isGuest: { type: 'boolean', required: true, defaultValue: false, input: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: MIN_PASSWORD_CHARS,
      revokeSessionsOnPasswordReset: true,
      password: {
        hash: (password) => turns.take(() => hashPassword(password)),
        verify: (given) => turns.take(() => verifyPassword(given)),
      },
      // In the fragment, which no server and no log sees.
      sendResetPassword: async ({ user, token }) =>
        mail?.send(resetLetter(user.email, `${publicUrl}/reset-password#${token}`)),
      onPasswordReset: async ({ user }) => {
        if (user.emailVerified) return
        // The link came by mail: whoever used it reads that mailbox.
        await removePasskeys(user.id)
        await db.updateTable('user').set({ emailVerified: true }).where('id', '=', user.id).execute()
      },
    },
    emailVerification: {
      sendOnSignUp: mail !== null,
      sendVerificationEmail: async ({ user, url }) => mail?.send(confirmLetter(user.email, url)),
    },
    databaseHooks: {
      user: {
        create: { before: async (user) => ({ data: { name: nameOf(user) } }) },
        update: {
          before: async (user) =>
            user.name === undefined ? undefined : { data: { name: shortName(user.name) } },
          after: async (user, context) => {
            // The mailbox was proven just now. Passwords and sessions from before are gone already.
            if (context?.path === '/magic-link/verify') await removePasskeys(user.id)
            await events.userChanged(user)
          },
        },
      },
      session: {
        delete: {
          before: (session) => events.sessionEnding(session),
          after: (session) => events.sessionEnded(session),
        },
      },
    },
    plugins: [
      guestPlugin(deps.guestDays, deps.clock),
      passkey({ rpName: 'Tandem' }),
      magicLink({
        expiresIn: 600,
        storeToken: 'hashed',
        sendMagicLink: async ({ email, url }) => mail?.send(signInLetter(email, url)),
      }),
    ],
  })
}

function nameOf({ name, email }: { name: string; email: string }): string {
  const given = shortName(name.trim())
  return given === '' ? shortName(email.split('@', 1)[0] ?? '') : given
}
