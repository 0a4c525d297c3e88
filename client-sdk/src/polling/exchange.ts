import { fieldsOf, numberOf } from '../client/fields.ts'
import { type Answer, createRequest, type RequestOptions } from '../client/request.ts'
import { fromBase64, toBase64 } from '../protocol/base64.ts'
import type { SharingSettings } from '../protocol/can.ts'
import { CLOSE, formatReason } from '../protocol/close-codes.ts'
import { encodeMessage, parseServerMessage, type Role, type ServerMessage } from '../protocol/messages.ts'
import { type Refusal, refusal } from '../protocol/refusal.ts'
import { PROTOCOL_VERSION } from '../protocol/version.ts'

export interface Asked {
  readonly listId: string
  readonly token: string
  /** What this client has. */
  readonly stateVector: Uint8Array
  /** Up to where it has the list's log, so that a look at a list in which nothing happens costs next to nothing. Null: not known. */
  readonly seq: number | null
  /** What the server is to have. Null: only look. */
  readonly update: Uint8Array | null
  /** Nobody looks at the list: the server writes that down as what it is. */
  readonly isAhead?: boolean
}

export interface Exchanged {
  readonly update: Uint8Array
  /** What the server has; null when nothing has happened since the `seq` it was asked with. */
  readonly stateVector: Uint8Array | null
  /** Up to where the list's log is known now; null when the server does not say. */
  readonly seq: number | null
  readonly role: Role
  readonly authorId: string
  readonly settings: SharingSettings | null
  /** Why nothing of `update` was stored; `unknown` when a newer server says it in words we do not know. Null: all of it is in the log. */
  readonly refusal: Refusal | 'unknown' | null
}

export type Outcome =
  | { readonly type: 'exchanged'; readonly exchanged: Exchanged }
  /** The update is refused without a look at it. */
  | { readonly type: 'refused'; readonly refusal: Refusal }
  /** What a socket would have closed this list with. */
  | { readonly type: 'closed'; readonly reason: string }
  /** Nobody answered: there is no connection. */
  | { readonly type: 'lost' }

export type Exchange = (asked: Asked) => Promise<Outcome>

/** One list's exchange with the server as one HTTP request. Never rejects. */
export function createExchange(options: Omit<RequestOptions, 'token'>): Exchange {
  return async ({ listId, token, stateVector, seq, update, isAhead = false }) => {
    // A token that is refused goes back to who showed it: the list renews it, as it does on a socket.
    const request = createRequest({ ...options, token: async (why) => (why === 'start' ? token : null) })
    const body = {
      stateVector: toBase64(stateVector),
      ...(seq === null ? {} : { seq }),
      ...(update === null ? {} : { update: toBase64(update) }),
      ...(isAhead ? { ahead: true } : {}),
    }
    const path = `/lists/${listId}/sync`
    return outcomeOf(await request({ method: 'POST', path, body, parse: parseExchanged }), update !== null)
  }
}

function outcomeOf(answer: Answer<Exchanged>, isWrite: boolean): Outcome {
  if (answer.outcome === 'ok') return { type: 'exchanged', exchanged: answer.value }
  if (answer.outcome === 'unreachable') {
    const { status, retryAfterMs } = answer
    if (status === null) return { type: 'lost' }
    const delay = retryAfterMs === null ? '' : `${Math.ceil(retryAfterMs / 1_000)}: `
    const code = status === 429 ? CLOSE.overloaded : CLOSE.storageUnavailable
    return { type: 'closed', reason: formatReason(code, `${delay}The server answered ${status}.`) }
  }
  const { status, code, message, why } = answer
  if (status === 413 && isWrite) return { type: 'refused', refusal: refusal('too-large', message) }
  return { type: 'closed', reason: formatReason(closeCodeOf(status, code, why), message) }
}

function closeCodeOf(status: number, code: string | null, why: string | undefined): number {
  if (code === 'access-ended') return why === 'list-deleted' ? CLOSE.listDeleted : CLOSE.accessEnded
  if (status === 401) return CLOSE.unauthenticated
  if (status === 426) return CLOSE.clientTooOld
  if (status === 403 || status === 404) return CLOSE.noAccess
  // Something between us and the server, or a fault of one of us: nothing that is lost by coming back later.
  return CLOSE.storageUnavailable
}

function parseExchanged(json: unknown): Exchanged | null {
  const fields = fieldsOf(json)
  const update = fromBase64(fields['update'])
  const stateVector = fromBase64(fields['stateVector'])
  const { role, authorId, settings, seq } = fields
  // Read by the same rules as on the socket.
  const welcome = hear({ type: 'welcome', protocol: PROTOCOL_VERSION, role, userId: authorId, settings })
  const isWhole = update !== null && (stateVector !== null || fields['stateVector'] === null)
  if (!isWhole || welcome?.type !== 'welcome') return null
  return {
    update,
    stateVector,
    seq: numberOf(seq),
    role: welcome.role,
    authorId: welcome.userId,
    settings: welcome.settings ?? null,
    refusal: readRefusal(fields['refusal']),
  }
}

/** One that cannot be read is one all the same, and so is a missing field: never "saved" for lack of words. */
function readRefusal(said: unknown): Refusal | 'unknown' | null {
  if (said === null) return null
  const heard = hear({ type: 'refused', refusal: said })
  return heard?.type === 'refused' ? heard.refusal : 'unknown'
}

function hear(said: object): ServerMessage | null {
  return parseServerMessage(encodeMessage(said as ServerMessage))
}
