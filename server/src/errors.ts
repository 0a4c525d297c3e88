/**
 * Every fault that crosses the server's boundary: HTTP answers, start errors, the command line.
 * `status` is null for faults that only ever reach a terminal.
 */
interface Entry {
  readonly status: number | null
  readonly title: string
  readonly advice: string
  /** Whether the same request can succeed later without being changed. */
  readonly retryable: boolean
}

export const ERRORS = {
  'validation-error': {
    status: 400,
    title: 'The request does not have the documented form.',
    advice: 'Correct the fields named in the detail.',
    retryable: false,
  },
  unauthenticated: {
    status: 401,
    title: 'Nobody is signed in.',
    advice: 'Send "Authorization: Bearer <token>" with a valid token; sign in again to get one.',
    retryable: false,
  },
  'not-allowed': {
    status: 403,
    title: 'Your role on this list does not allow that.',
    advice: 'Ask an owner or admin of the list.',
    retryable: false,
  },
  'access-ended': {
    status: 403,
    title: 'You have no access to this list any more.',
    advice:
      'What you saved until then is with those who still have access; ask them if you should be let in again.',
    retryable: false,
  },
  'origin-refused': {
    status: 403,
    title: 'Pages of this origin may not do that.',
    advice: 'Call it from a page of this server, or send a token instead of the cookie.',
    retryable: false,
  },
  'wrong-password': {
    status: 403,
    title: 'The password does not open this link.',
    advice: 'Ask whoever sent you the link for its password.',
    retryable: false,
  },
  'quota-reached': {
    status: 403,
    title: 'There is no room for another one.',
    advice: 'Remove what is not needed any more, or ask the operator to raise the limit named in the detail.',
    retryable: false,
  },
  'missing-scope': {
    status: 403,
    title: 'The token is not meant for that.',
    advice: 'Make a token with the scope named in the detail.',
    retryable: false,
  },
  'sign-in-failed': {
    status: 401,
    title: 'That did not sign anybody in.',
    advice: 'Check what you entered, or use another way to sign in.',
    retryable: false,
  },
  'account-exists': {
    status: 409,
    title: 'There is an account with this address.',
    advice: 'Sign in, or choose another password if it is forgotten.',
    retryable: false,
  },
  'accounts-off': {
    status: 403,
    title: 'This server has no accounts of its own.',
    advice: 'Sign in through the application that embeds Tandem, or with just a name.',
    retryable: false,
  },
  'mail-off': {
    status: 403,
    title: 'This server sends no mail.',
    advice: 'Sign in with a password or a passkey; the operator can set SMTP_URL.',
    retryable: false,
  },
  'guests-off': {
    status: 403,
    title: 'Signing in with just a name is turned off on this server.',
    advice: 'Sign in through the application that embeds Tandem.',
    retryable: false,
  },
  'no-such-list': {
    status: 404,
    title: 'No such list, or no access.',
    advice: 'Check the link, or ask whoever shared it with you.',
    retryable: false,
  },
  'no-such-user': {
    status: 404,
    title: 'No such user.',
    advice: 'The person must have signed in once; check the user id.',
    retryable: false,
  },
  'no-such-member': {
    status: 404,
    title: 'This person has no access to the list.',
    advice: 'Look at the list’s members for the ids to use.',
    retryable: false,
  },
  'no-such-invitation': {
    status: 404,
    title: 'No such invitation.',
    advice: 'It was accepted or withdrawn, or it has expired.',
    retryable: false,
  },
  'no-such-link': {
    status: 404,
    title: 'No such link.',
    advice: 'Check that it was copied as a whole, or ask for a new one.',
    retryable: false,
  },
  'no-such-token': {
    status: 404,
    title: 'No such token.',
    advice: 'It was revoked already, or belongs to somebody else.',
    retryable: false,
  },
  'no-such-record': {
    status: 404,
    title: 'There is nothing of this id in the list.',
    advice: 'Check the id; what was removed for good cannot be restored.',
    retryable: false,
  },
  'no-such-route': {
    status: 404,
    title: 'There is nothing at this address.',
    advice: 'The API starts at /api/v1.',
    retryable: false,
  },
  'list-id-taken': {
    status: 409,
    title: 'This list id cannot be used.',
    advice: 'Use a new random UUID.',
    retryable: false,
  },
  'id-taken': {
    status: 409,
    title: 'Something with this id is in the list already.',
    advice: 'Leave the id out, or make a new random one.',
    retryable: false,
  },
  'list-full': {
    status: 409,
    title: 'There is no room for more in this list.',
    advice: 'Delete items, empty the trash, or split the list in two.',
    retryable: false,
  },
  'op-id-reused': {
    status: 409,
    title: 'This operation id was used for another request.',
    advice: 'Make a new UUID for each thing a person does, and repeat it only with the same request.',
    retryable: false,
  },
  'op-in-progress': {
    status: 409,
    title: 'The first request with this operation id is still being handled.',
    advice: 'Send the same request again in a moment.',
    retryable: true,
  },
  'owner-is-fixed': {
    status: 409,
    title: 'The owner’s role cannot be changed.',
    advice: 'A list has exactly one owner.',
    retryable: false,
  },
  'link-over': {
    status: 410,
    title: 'This link does not work any more.',
    advice: 'Ask whoever sent it for a new one.',
    retryable: false,
  },
  gone: {
    status: 410,
    title: 'It was deleted.',
    advice: 'Restore it first: send a POST to the address in "restore".',
    retryable: false,
  },
  'too-far-behind': {
    status: 410,
    title: 'The changes since then are not to be had one by one.',
    advice: 'Read the whole list, and go on from the position that comes with it.',
    retryable: false,
  },
  'too-large': {
    status: 413,
    title: 'The request is too large.',
    advice: 'Large content belongs in the list itself, over the socket.',
    retryable: false,
  },
  'wrong-media-type': {
    status: 415,
    title: 'The request body is not JSON.',
    advice: 'Send "Content-Type: application/json".',
    retryable: false,
  },
  refused: {
    status: 422,
    title: 'The list cannot take this change.',
    advice: 'Correct what the detail names; "keys" says where it would have been written.',
    retryable: false,
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests.',
    advice: 'Wait as long as the Retry-After header says.',
    retryable: true,
  },
  'storage-unavailable': {
    status: 503,
    title: 'The database does not answer.',
    advice: 'Try again in a moment; nothing that was saved is lost.',
    retryable: true,
  },
  'keys-unavailable': {
    status: 503,
    title: 'The keys that tokens are checked with cannot be had just now.',
    advice: 'Try again in a moment; the operator should see whether AUTH_JWKS_URL answers.',
    retryable: true,
  },
  draining: {
    status: 503,
    title: 'The server is stopping.',
    advice: 'Try again in a moment; another server or the restarted one will answer.',
    retryable: true,
  },
  internal: {
    status: 500,
    title: 'Something went wrong on the server.',
    advice: 'Try again; if it happens again, tell the operator the id in the detail.',
    retryable: true,
  },
  'bad-configuration': {
    status: null,
    title: 'The configuration cannot be used.',
    advice: '`tandem config` explains every variable.',
    retryable: false,
  },
  'address-in-use': {
    status: null,
    title: 'Another program is listening there already.',
    advice: 'Stop it, or choose another port: PORT=4001 (PORT=0 takes any free one).',
    retryable: false,
  },
  'address-refused': {
    status: null,
    title: 'This address cannot be listened on.',
    advice: 'HOST must be an address of this machine, and ports below 1024 need special rights.',
    retryable: false,
  },
  'data-dir-unusable': {
    status: null,
    title: 'The data directory cannot be used.',
    advice: 'Make it readable and writable for this user, or choose another: DATA_DIR=/path/to/folder.',
    retryable: false,
  },
  'no-data': {
    status: null,
    title: 'There is nothing to look at.',
    advice: 'Set DATA_DIR or DATABASE_URL as it is set for the server.',
    retryable: false,
  },
  'bad-usage': {
    status: null,
    title: 'The command cannot be understood.',
    advice: '`tandem help` lists the commands.',
    retryable: false,
  },
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof ERRORS

export interface FaultOptions extends ErrorOptions {
  /** What a program needs to go on, besides the code: members of the answer of their own, such as who ended an access. */
  readonly facts?: Readonly<Record<string, unknown>>
  /** When trying again makes sense; sent as Retry-After. */
  readonly retryAfterSeconds?: number
}

/** A fault from the catalogue; `detail` is one sentence about this occurrence and safe to show to the caller. */
export class TandemError extends Error {
  override readonly name = 'TandemError'
  readonly code: ErrorCode
  readonly detail: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds: number | null

  constructor(code: ErrorCode, detail?: string, options: FaultOptions = {}) {
    super(detail ?? ERRORS[code].title, options)
    this.code = code
    this.detail = detail ?? ERRORS[code].title
    this.facts = options.facts ?? {}
    this.retryAfterSeconds = options.retryAfterSeconds ?? null
  }
}

/** RFC 9457 problem details, with Tandem's code, advice and whether trying again can help. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly detail: string
  readonly advice: string
  readonly retryable: boolean
}

export function problemOf(error: TandemError): Problem {
  const { status, title, advice, retryable } = ERRORS[error.code]
  const type = `urn:tandem:problem:${error.code}`
  return {
    ...error.facts,
    type,
    title,
    status: status ?? 500,
    code: error.code,
    detail: error.detail,
    advice,
    retryable,
  }
}
