import { decodeProtectedHeader, errors, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../clock.ts'
import { readClaims } from './claims.ts'
import { type Authentication, refusedToken, type TokenFault } from './identity.ts'
import { deriveKeys } from './keys.ts'
import { isAnonymousId, isOwnUserId } from './user-id.ts'

const OWN_ALGORITHM = 'HS256'
/** Says only which key to try; what makes a token ours is that key. */
const OWN_KEY_ID = 'tandem'
const PUBLIC_KEY_ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'Ed25519']
/** Clocks of the machine that issues and the machine that checks may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 30
const MAX_TOKEN_CHARS = 8_192
const ACCESS_TOKEN_MINUTES = 15

/** Whom an access token is for, and what it ends with. */
export interface Subject {
  readonly userId: string
  readonly name: string
  readonly kind: 'account' | 'guest'
  readonly email: string | null
  readonly sessionId: string
}

export interface Tokens {
  /** A token for this guest that expires after `days`. */
  issue(user: { id: string; name: string }, days: number): Promise<string>
  /** A token of 15 minutes that counts only as long as its session. */
  issueAccess(subject: Subject): Promise<{ token: string; expiresAt: Date }>
  /** Whatever the text is, the answer says why it does not count. Rejects only `keys-unavailable`. */
  verify(token: string): Promise<Authentication>
}

export interface TokensOptions {
  readonly secret: string
  readonly clock: Clock
  /** Of an identity provider; left out: none. */
  readonly remoteKeys?: JWTVerifyGetKey | null
  /** What "iss" and "aud" of other people's tokens must be; null: anything. */
  readonly issuer?: string | null
  readonly audience?: string | null
  readonly trustsEmails?: boolean
}

type Key = Uint8Array | JWTVerifyGetKey

/**
 * Which key and which algorithms count is decided here: a shared secret checks HS256 and nothing else, a provider's public keys
 * check signatures of key pairs and nothing else. A verifier that believes the token's own header accepts `alg: none`, or a
 * public key as the secret.
 */
export function createTokens({ secret, clock, ...options }: TokensOptions): Tokens {
  const keys = deriveKeys(secret)
  const { issuer = null, audience = null, remoteKeys = null, trustsEmails = false } = options
  const foreign = {
    ...(issuer === null ? {} : { issuer }),
    ...(audience === null ? {} : { audience }),
  }

  function sign(claims: Record<string, unknown>, seconds: number): Promise<string> {
    // To the millisecond, unlike most: a token made right after "sign out everywhere" must be told from those before.
    const issuedAt = clock.now() / 1000
    return new SignJWT(claims)
      .setProtectedHeader({ alg: OWN_ALGORITHM, typ: 'JWT', kid: OWN_KEY_ID })
      .setIssuedAt(issuedAt)
      .setExpirationTime(Math.floor(issuedAt) + seconds)
      .sign(keys.own)
  }

  async function check(token: string, key: Key, demands: object) {
    const rules = {
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(clock.now()),
      ...demands,
    }
    // Two calls, because jose's types know a key or a function that finds it, and not "either".
    const { payload } =
      typeof key === 'function' ? await jwtVerify(token, key, rules) : await jwtVerify(token, key, rules)
    return payload
  }

  async function verify(token: string): Promise<Authentication> {
    const { alg = '', kid } = decodeProtectedHeader(token)
    const latestMs = clock.now() + CLOCK_TOLERANCE_SECONDS * 1000
    if (alg === OWN_ALGORITHM && kid === OWN_KEY_ID) {
      const claims = await check(token, keys.own, { algorithms: [OWN_ALGORITHM] })
      const kind = claims['kind'] === 'account' ? 'account' : 'guest'
      return readClaims(claims, { kind, hasSessions: true, trustsEmails: true, latestMs })
    }
    const key = keyFor(alg)
    if (key === null) return refusedToken('wrong-algorithm')
    const claims = await check(token, key.key, { algorithms: key.algorithms, ...foreign })
    // Whoever has the secret could sign as this server itself. A provider could not, and neither can its users.
    const isOfProvider = key.key === remoteKeys
    const { sub = '' } = claims
    if (isAnonymousId(sub) || (isOfProvider && isOwnUserId(sub))) return refusedToken('not-yours')
    return readClaims(claims, { kind: 'external', hasSessions: false, trustsEmails, latestMs })
  }

  function keyFor(alg: string): { key: Key; algorithms: string[] } | null {
    if (alg === OWN_ALGORITHM) return { key: keys.embedding, algorithms: [OWN_ALGORITHM] }
    if (remoteKeys === null || !PUBLIC_KEY_ALGORITHMS.includes(alg)) return null
    return { key: remoteKeys, algorithms: PUBLIC_KEY_ALGORITHMS }
  }

  return {
    issue: ({ id, name }, days) => sign({ sub: id, name, kind: 'guest' }, days * 86_400),
    async issueAccess({ userId, name, kind, email, sessionId }) {
      const expiresAt = new Date(clock.now() + ACCESS_TOKEN_MINUTES * 60_000)
      const claims = { sub: userId, name, kind, sid: sessionId, ...(email === null ? {} : { email }) }
      return { token: await sign(claims, ACCESS_TOKEN_MINUTES * 60), expiresAt }
    },
    async verify(token) {
      if (token === '') return refusedToken('missing')
      if (token.length > MAX_TOKEN_CHARS) return refusedToken('malformed')
      try {
        return await verify(token)
      } catch (error) {
        const fault = faultOf(error)
        if (fault === null) throw error
        return refusedToken(fault)
      }
    },
  }
}

/** Null when it is nothing about the token. */
function faultOf(error: unknown): TokenFault | null {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong-signature'
  // Nobody's key, or the key of a provider that was asked and does not have it.
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'wrong-signature'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'wrong-algorithm'
  if (error instanceof errors.JWTClaimValidationFailed) return FAULT_OF_CLAIM[error.claim] ?? 'bad-claims'
  // decodeProtectedHeader throws TypeError for what is no token at all.
  return error instanceof errors.JOSEError || error instanceof TypeError ? 'malformed' : null
}

const FAULT_OF_CLAIM: Readonly<Record<string, TokenFault>> = {
  nbf: 'not-yet-valid',
  iss: 'wrong-issuer',
  aud: 'wrong-audience',
}
