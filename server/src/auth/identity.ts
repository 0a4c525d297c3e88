import type { UserId, UserKind } from '@tandem/persistence'
import type { Scope } from './scopes.ts'

/** Who a token says its bearer is, after everything about the token was checked. */
export interface Identity {
  readonly userId: UserId
  readonly name: string
  /** Milliseconds since 1970 after which the token no longer counts; absent when it does not expire. */
  readonly expiresAt?: number
  /** What the token ends with: a session of the built-in accounts, or an API token's id. Null: it ends by expiring only. */
  readonly sessionId: string | null
  /** Milliseconds since 1970; null when the token does not say. */
  readonly issuedAt: number | null
  /** What the token may be used for; null: everything its bearer may do. */
  readonly scopes: readonly Scope[] | null
  readonly kind: UserKind
  /** Only an address that is known to be the bearer's own. */
  readonly email: string | null
}

const TOKEN_FAULTS = {
  missing: 'No token was sent.',
  malformed: 'The token is not a JWT.',
  'wrong-algorithm': 'The token is signed with an algorithm that does not count here.',
  'wrong-signature': 'The token was signed with another key, or changed on its way.',
  'wrong-issuer': 'The token was issued by somebody else ("iss").',
  'wrong-audience': 'The token was issued for another service ("aud").',
  expired: 'The token has expired.',
  'not-yet-valid': 'The token is not valid yet; check the clock of whoever issued it.',
  'bad-claims':
    'The token must carry "sub", a user id of 1 to 200 characters, and may carry "name", up to 80.',
  'not-yours': 'The user id in the token has the form of this server’s own ids.',
  'session-ended': 'The session has ended; sign in again.',
  'missing-scope': 'A limited token opens sockets with the scope "lists:write" only; use the REST API.',
  'unknown-token': 'The API token is unknown, expired or revoked.',
} as const

export type TokenFault = keyof typeof TOKEN_FAULTS

export type Authentication =
  | ({ readonly ok: true } & Identity)
  | { readonly ok: false; readonly fault: TokenFault; readonly reason: string }

/**
 * Answers who bears a token, for sockets and REST alike, and makes that user known to the directory on first sight.
 *
 * A bad token is a value. Rejects only when it cannot be known just now, which is worth another try.
 */
export type Authenticate = (token: string) => Promise<Authentication>

export function refusedToken(fault: TokenFault): Authentication & { readonly ok: false } {
  return { ok: false, fault, reason: TOKEN_FAULTS[fault] }
}
