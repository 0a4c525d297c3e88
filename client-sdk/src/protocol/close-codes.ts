/**
 * Close codes in bands. The band is the contract, the digits only tell people more:
 *
 *     44xx  stop and tell the user; coming back with the same credentials cannot help
 *     45xx  come back after a delay (with jitter); the reason may start with a delay in seconds, "20: draining"
 *
 * The same numbers lead the reason of a document-level close or denial as `"4403 No such list, or no access."`,
 * because Hocuspocus carries only a reason there.
 */
export const CLOSE = {
  unauthenticated: 4401,
  noAccess: 4403,
  /** Access that was given has been taken back; the reason says by whom. Only then may a client give up its copy of the list. */
  accessEnded: 4410,
  /** The list itself was deleted; the reason says by whom. */
  listDeleted: 4411,
  badRequest: 4400,
  tooLarge: 4413,
  clientTooOld: 4426,
  draining: 4501,
  storageUnavailable: 4503,
  tooSlow: 4508,
  overloaded: 4529,
} as const

/** Said, with 1000, by whichever side closes a socket that nobody needs at the moment; nothing is wrong. */
export const IDLE_DISCONNECT = 'idle-disconnect'

export type CloseBand = 'stop' | 'retry'

/** Said by Hocuspocus itself, not by Tandem, when a socket was silent too long: a laptop that slept. */
const HOCUSPOCUS_IDLE_TIMEOUT = 4408

/** Everything outside 44xx is worth another try: 1006 is a lost network, 1012 a restart. So is Hocuspocus' own 4408. */
export function bandOf(code: number): CloseBand {
  if (code === HOCUSPOCUS_IDLE_TIMEOUT) return 'retry'
  return code >= 4400 && code <= 4499 ? 'stop' : 'retry'
}

/** `"4403 No access."` → `{ code: 4403, text: 'No access.' }`; a reason without a leading code is 4500, try again. */
export function parseReason(reason: string): { code: number; text: string } {
  const match = /^(4[45]\d\d)\s+(.*)$/s.exec(reason)
  return match ? { code: Number(match[1]), text: match[2] ?? '' } : { code: 4500, text: reason }
}

export function formatReason(code: number, text: string): string {
  return `${code} ${text}`.slice(0, 120)
}

/** Seconds the server asked to wait, from a socket close reason `"20: draining"`, else null. */
export function retryAfterSeconds(reason: string): number | null {
  const match = /^(\d{1,4}):/.exec(reason)
  return match ? Number(match[1]) : null
}
