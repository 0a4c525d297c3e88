import type { Attention } from './types.ts'

/**
 * Every error that leaves the SDK. `retryable` says whether doing the same again could ever help.
 */
export const CLIENT_ERRORS = {
  'auth-expired': { retryable: true, text: 'You are signed out. Your changes are kept on this device.' },
  'access-revoked': { retryable: false, text: 'You no longer have access to this list.' },
  'create-refused': { retryable: true, text: 'The server did not accept this new list.' },
  'storage-failed': { retryable: true, text: 'This device does not save changes at the moment.' },
  quota: { retryable: true, text: 'This device is full: changes are not saved on it.' },
  'update-rejected': { retryable: true, text: 'Some changes could not be saved.' },
  'server-storage': {
    retryable: true,
    text: 'The server cannot save at the moment. Your changes wait on this device.',
  },
  damaged: {
    retryable: true,
    text: 'The server could not read all of this list. Some of it may be missing.',
  },
  'client-too-old': { retryable: false, text: 'This app is too old for the server. Please reload it.' },
  'not-found': { retryable: false, text: 'There is no such thing in this list.' },
  'not-allowed': { retryable: false, text: 'Your role in this list does not allow that.' },
  'link-over': { retryable: false, text: 'This link does not work any more.' },
  'wrong-password': { retryable: true, text: 'The password does not open this link.' },
  'too-many-requests': { retryable: true, text: 'Too many tries. Please wait a moment.' },
  invalid: { retryable: false, text: 'That value is not allowed.' },
  network: { retryable: true, text: 'The server could not be reached.' },
  pending: { retryable: true, text: 'Changes on this device have not reached the server yet.' },
  closed: { retryable: false, text: 'The list was closed before the change reached the server.' },
} as const satisfies Record<Attention | string, { retryable: boolean; text: string }>

export type ClientErrorCode = keyof typeof CLIENT_ERRORS

/** The only error this package throws or reports; `message` is one sentence fit for a person. */
export class ClientError extends Error {
  readonly code: ClientErrorCode
  readonly retryable: boolean
  /** How long the server asks to wait before another try; null when it does not say. */
  readonly retryAfterMs: number | null

  constructor(
    code: ClientErrorCode,
    message?: string,
    options?: ErrorOptions & { readonly retryAfterMs?: number | null },
  ) {
    super(message ?? CLIENT_ERRORS[code].text, options)
    this.name = 'ClientError'
    this.code = code
    this.retryable = CLIENT_ERRORS[code].retryable
    this.retryAfterMs = options?.retryAfterMs ?? null
  }
}
