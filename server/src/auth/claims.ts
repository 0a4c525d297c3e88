import type { UserId, UserKind } from '@tandem/persistence'
import type { JWTPayload } from 'jose'
import { isPlainText } from '../plain-text.ts'
import { type Authentication, refusedToken } from './identity.ts'

export const MAX_NAME_CHARS = 80
const MAX_USER_ID_CHARS = 200
/** Other people's identity providers allow longer names than we show; those are cut, not refused. */
const MAX_NAME_CHARS_OF_OTHERS = 1_000
const MAX_EMAIL_CHARS = 254

export interface ClaimRules {
  readonly kind: UserKind
  /** Whether "sid" names a session of ours. */
  readonly hasSessions: boolean
  /** Whether an address counts without "email_verified". */
  readonly trustsEmails: boolean
  /** Milliseconds since 1970, with what clocks may differ by: nothing was issued after it. */
  readonly latestMs: number
}

/** Who a token speaks of, once its signature was checked. */
export function readClaims(claims: JWTPayload, rules: ClaimRules): Authentication {
  const { sub, exp, iat } = claims
  const name = claims['name'] ?? sub
  if (!isPlainText(sub, MAX_USER_ID_CHARS) || !isPlainText(name, MAX_NAME_CHARS_OF_OTHERS)) {
    return refusedToken('bad-claims')
  }
  const sid = claims['sid']
  return {
    ok: true,
    userId: sub as UserId,
    name: shortName(name),
    ...(typeof exp === 'number' ? { expiresAt: exp * 1000 } : {}),
    sessionId: rules.hasSessions && typeof sid === 'string' ? sid : null,
    issuedAt: readIssued(iat, rules.latestMs),
    scopes: null,
    kind: rules.kind,
    email: readEmail(claims, rules.trustsEmails),
  }
}

/** Null for what cannot be: a token from the future would outlive every "sign out everywhere". */
function readIssued(iat: unknown, latestMs: number): number | null {
  if (typeof iat !== 'number' || iat < 0 || iat * 1000 > latestMs) return null
  return iat * 1000
}

export function shortName(name: string): string {
  return [...name].slice(0, MAX_NAME_CHARS).join('')
}

function readEmail(claims: JWTPayload, isTrusted: boolean): string | null {
  const email = claims['email']
  // Some providers write the text "true".
  const isVerified = claims['email_verified'] === true || claims['email_verified'] === 'true'
  const isDenied = claims['email_verified'] === false || claims['email_verified'] === 'false'
  if (!isPlainText(email, MAX_EMAIL_CHARS) || !/^[^\s@]+@[^\s@]+$/.test(email)) return null
  return isVerified || (isTrusted && !isDenied) ? email : null
}
