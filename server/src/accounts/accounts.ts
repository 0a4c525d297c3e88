import type { UserId } from '@tandem/persistence'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Somebody signed in by cookie: an account, or a guest of this server's own pages. */
export interface AccountSession {
  readonly userId: UserId
  readonly name: string
  readonly sessionId: string
  readonly kind: 'account' | 'guest'
  /** Only when it was shown to be theirs. */
  readonly email: string | null
}

/** Which ways in this server offers on the page that asks. */
export interface SignInMethods {
  readonly guests: boolean
  readonly accounts: boolean
  /** Sign-in links by e-mail. */
  readonly emailLinks: boolean
  /** Browsers offer none on pages whose address is a number, such as 127.0.0.1. */
  readonly passkeys: boolean
}

/**
 * Built-in accounts and the cookie sessions of this server's own pages.
 *
 * INVARIANTS
 * - The session's cookie is HttpOnly, and what opens a session never stands in an answer's body.
 * - A cookie counts only on requests that come from this server's own pages, or from a program.
 * - When a session ends, by signing out, by another password or by any other way, its access tokens stop counting and its sockets close
 *   on every node.
 */
export interface Accounts {
  /** Answers every request below `/api/v1/auth/accounts/`. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>
  /**
   * Who is signed in by the request's cookie; null: nobody. With `reply`, a session in use is prolonged. Rejects when the database does
   * not answer.
   */
  sessionOf(request: FastifyRequest, reply?: FastifyReply): Promise<AccountSession | null>
  /** Makes a person of this name and signs them in: sets the cookie on `reply`. Rejects `guests-off` when guests are turned off. */
  startGuest(name: string, reply: FastifyReply): Promise<AccountSession>
  /** A token of 15 minutes for sockets and REST that ends with the session; `expiresAt` in ISO 8601. */
  accessToken(session: AccountSession): Promise<{ token: string; expiresAt: string }>
  /** Ends every session of this user, and every token issued to them so far but API tokens. */
  endEverything(userId: UserId): Promise<void>
  methods(request: FastifyRequest): SignInMethods
  /** Removes what has expired; to be called now and then. */
  tidy(): Promise<void>
}
