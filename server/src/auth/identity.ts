import type { UserId } from '@tandem/persistence'

/** Who a token says its bearer is, after the signature was checked. */
export interface Identity {
  readonly userId: UserId
  readonly name: string
  /** Milliseconds since 1970 after which the token no longer counts; absent when it does not expire. */
  readonly expiresAt?: number
}

export const TOKEN_FAULTS = {
  missing: 'No token was sent.',
  malformed: 'The token is not a JWT.',
  'wrong-algorithm': 'The token is not signed with HS256.',
  'wrong-signature': 'The token was signed with another secret, or changed on its way.',
  expired: 'The token has expired.',
  'not-yet-valid': 'The token is not valid yet; check the clock of whoever issued it.',
  'bad-claims':
    'The token must carry "sub", a user id of 1 to 200 characters, and may carry "name", up to 80.',
} as const

export type TokenFault = keyof typeof TOKEN_FAULTS

export type Authentication =
  | ({ readonly ok: true } & Identity)
  | { readonly ok: false; readonly fault: TokenFault; readonly reason: string }

/**
 * Answers who bears a token, for sockets and REST alike, and makes that user known to the directory on first sight.
 *
 * A bad token is a value. Rejects only when the directory cannot be reached, which is worth another try.
 */
export type Authenticate = (token: string) => Promise<Authentication>

export function refusedToken(fault: TokenFault): Authentication {
  return { ok: false, fault, reason: TOKEN_FAULTS[fault] }
}
