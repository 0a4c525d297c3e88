import type { UserId } from '@tandem/persistence'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../clock.ts'
import { isPlainText } from '../plain-text.ts'
import { type Authentication, refusedToken, type TokenFault } from './identity.ts'

const ALGORITHM = 'HS256'
/** Clocks of the machine that issues and the machine that checks may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 30
const MAX_TOKEN_CHARS = 8_192
export const MAX_NAME_CHARS = 80
const MAX_USER_ID_CHARS = 200

export interface Tokens {
  /** A token for this user that expires after `days`. */
  issue(user: { id: string; name: string }, days: number): Promise<string>
  /** Never rejects: whatever the text is, the answer says why it does not count. */
  verify(token: string): Promise<Authentication>
}

/**
 * HS256 and nothing else: the list of algorithms is fixed here and never taken from the token, because a verifier that
 * believes the token's own header accepts `alg: none`.
 */
export function createTokens(secret: string, clock: Clock): Tokens {
  const key = new TextEncoder().encode(secret)
  return {
    issue(user, days) {
      const issuedAt = Math.floor(clock.now() / 1000)
      return new SignJWT({ name: user.name })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setSubject(user.id)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + days * 86_400)
        .sign(key)
    },
    async verify(token) {
      if (token === '') return refusedToken('missing')
      if (token.length > MAX_TOKEN_CHARS) return refusedToken('malformed')
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: new Date(clock.now()),
        })
        return readClaims(payload)
      } catch (error) {
        return refusedToken(faultOf(error))
      }
    },
  }
}

function readClaims(claims: { sub?: unknown; name?: unknown; exp?: unknown }): Authentication {
  const { sub, name = sub, exp } = claims
  if (!isPlainText(sub, MAX_USER_ID_CHARS) || !isPlainText(name, MAX_NAME_CHARS_OF_OTHERS)) {
    return refusedToken('bad-claims')
  }
  const shortName = [...name].slice(0, MAX_NAME_CHARS).join('')
  const identity = {
    ok: true as const,
    userId: sub as UserId,
    name: shortName,
    sessionId: null,
    issuedAt: null,
    scopes: null,
    kind: 'guest' as const,
    email: null,
  }
  return typeof exp === 'number' ? { ...identity, expiresAt: exp * 1000 } : identity
}

/** Other people's identity providers allow longer names than we show; those are cut, not refused. */
const MAX_NAME_CHARS_OF_OTHERS = 1_000

function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong-signature'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'wrong-algorithm'
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.claim === 'nbf' ? 'not-yet-valid' : 'bad-claims'
  return 'malformed'
}
