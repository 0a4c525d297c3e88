import { isAPIError } from 'better-auth/api'
import { type ErrorCode, TandemError } from '../errors.ts'

export interface Refusal {
  readonly ok: false
  readonly error: TandemError
}

/** As better-auth throws it. */
interface Thrown {
  readonly statusCode: number
  readonly message: string
  readonly body?: { readonly code?: string; readonly message?: string } | undefined
}

/** What better-auth refuses, in Tandem's catalogue; `reason` carries its own code, for pages that say more than the sentence. */
export function refusalOf(thrown: Thrown, path: string): Refusal {
  const reason = thrown.body?.code ?? 'UNKNOWN'
  const detail = thrown.body?.message ?? thrown.message
  const code = codeOf(thrown.statusCode, reason, path)
  // Behind a 5xx stands the database: better-auth keeps what went wrong to itself.
  const error =
    code === 'storage-unavailable'
      ? new TandemError(code)
      : new TandemError(code, sentence(detail), { facts: { reason } })
  return { ok: false, error }
}

/** Runs better-auth outside of a request of its own; what it refuses there is the database's state and passes. */
export async function fromWithin<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw isAPIError(cause) ? new TandemError('storage-unavailable', undefined, { cause }) : cause
  }
}

function codeOf(status: number, reason: string, path: string): ErrorCode {
  if (status >= 500) return 'storage-unavailable'
  if (reason.startsWith('USER_ALREADY_EXISTS')) return 'account-exists'
  if (reason === 'FAILED_TO_CREATE_USER') return 'storage-unavailable'
  if (reason === 'INVALID_PASSWORD') return 'sign-in-failed'
  if (reason.includes('ORIGIN') || reason.includes('CROSS_SITE')) return 'origin-refused'
  if (reason.endsWith('_URL')) return 'validation-error'
  if (status === 401 || status === 403) return isWayIn(path) ? 'sign-in-failed' : 'unauthenticated'
  if (status === 404) return 'no-such-route'
  return 'validation-error'
}

function isWayIn(path: string): boolean {
  return /^\/(sign-in|sign-up|magic-link|passkey\/verify-authentication)/.test(path)
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) || text === '' ? text : `${text}.`
}
