import { fromBase64 } from '../protocol/base64.ts'

/** Without `iat` nobody knows for how long a token was made. */
const ASSUMED_LIFE_MS = 5 * 60_000
/** Renewed this long before the end, or in the last fifth of a life shorter than that calls for. */
const MARGIN_MS = 60_000
const MARGIN_SHARE = 0.1

/** What a JWT says, read and not verified: the server verifies. Null for a token that is none. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | null {
  const payload = token.split('.')[1]
  if (payload === undefined) return null
  try {
    const bytes = fromBase64(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const claims: unknown = bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes))
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null
  } catch {
    // Not JSON: whatever it is, it says nothing.
    return null
  }
}

/**
 * When a token handed out just now ends, by this device's clock; null for one that says nothing of an end.
 *
 * The end is written by the server's clock, and devices are minutes or years off. Behind: no token lives longer than it was made
 * for. Ahead: one that seems to be over although it was asked for as a new one is new, or it would be asked for without end.
 */
export function endOf(token: string, receivedAtMs: number, why: 'start' | 'expired'): number | null {
  const claims = claimsOf(token)
  const exp = claims?.['exp']
  const iat = claims?.['iat']
  if (typeof exp !== 'number') return null
  const lifeMs = typeof iat === 'number' && iat < exp ? (exp - iat) * 1_000 : null
  const leftMs = Math.min(exp * 1_000 - receivedAtMs, lifeMs ?? Number.POSITIVE_INFINITY)
  const isAhead = why === 'expired' && leftMs < (lifeMs ?? 0) * MARGIN_SHARE
  if (isAhead || (why === 'expired' && leftMs <= 0)) return receivedAtMs + (lifeMs ?? ASSUMED_LIFE_MS)
  return receivedAtMs + leftMs
}

/** When to ask for the next one: shortly before the end, and not all devices of a server at once. */
export function renewalAt(endsAtMs: number, receivedAtMs: number, random: number): number {
  const leftMs = Math.max(0, endsAtMs - receivedAtMs)
  return endsAtMs - Math.min(MARGIN_MS, leftMs * MARGIN_SHARE) * (1 + random)
}
