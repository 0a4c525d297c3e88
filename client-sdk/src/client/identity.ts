import { claimsOf } from '../connection/token-life.ts'
import type { DeviceIdentity } from '../local/port.ts'

/**
 * Who a token says it is for, read and not verified: the server verifies. It names the device store and the author
 * of edits made before the server is reached. Null for a token that is no JWT or names nobody.
 */
export function identityOf(token: string): DeviceIdentity | null {
  const { sub, name = sub } = claimsOf(token) ?? {}
  if (typeof sub !== 'string' || sub === '') return null
  return { userId: sub, name: typeof name === 'string' ? name : sub }
}
