import { ClientError, type ClientErrorCode } from '../errors.ts'
import type { Answer } from './request.ts'

/** The server's names for what an app can do something about; all others follow from the status. */
const BY_CODE: Readonly<Record<string, ClientErrorCode>> = {
  'access-ended': 'access-revoked',
  'wrong-password': 'wrong-password',
  'link-over': 'link-over',
  'no-such-link': 'link-over',
}

const BY_STATUS: Readonly<Record<number, ClientErrorCode>> = {
  400: 'invalid',
  401: 'auth-expired',
  404: 'not-found',
  410: 'not-found',
  413: 'invalid',
  422: 'invalid',
}

/** The value of an answer; throws what an app can act on, in the server's words, when there is none. */
export function valueOrThrow<T>(answer: Answer<T>): T {
  switch (answer.outcome) {
    case 'ok':
      return answer.value
    case 'refused': {
      const code = BY_CODE[answer.code ?? ''] ?? BY_STATUS[answer.status] ?? 'not-allowed'
      throw new ClientError(code, answer.message)
    }
    case 'unreachable': {
      const { cause, retryAfterMs } = answer
      throw new ClientError(answer.status === 429 ? 'too-many-requests' : 'network', undefined, {
        cause,
        retryAfterMs,
      })
    }
  }
}
