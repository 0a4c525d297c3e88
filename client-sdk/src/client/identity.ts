import type { DeviceIdentity } from '../local/port.ts'

/**
 * Who a token says it is for, read and not verified: the server verifies. It names the device store and the author
 * of edits made before the server is reached. Null for a token that is no JWT or names nobody.
 */
export function identityOf(token: string): DeviceIdentity | null {
  const payload = token.split('.')[1]
  if (payload === undefined) return null
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) => {
      return char.charCodeAt(0)
    })
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (typeof claims !== 'object' || claims === null || !('sub' in claims)) return null
    const { sub } = claims
    if (typeof sub !== 'string' || sub === '') return null
    const name = 'name' in claims && typeof claims.name === 'string' ? claims.name : sub
    return { userId: sub, name }
  } catch {
    // Not base64 or not JSON: whatever it is, it does not say who this is.
    return null
  }
}
