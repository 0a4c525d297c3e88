import { AUTH, FRAME, SYNC } from '@tandem/client-sdk/protocol'
import type { ListId } from '@tandem/persistence'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { isListId } from '../room/deps.ts'

/**
 * The Hocuspocus wire format, as far as the edge must understand it: `varString(list id) varUint(type) body`.
 *
 * Every frame is checked to its last byte here, because what Hocuspocus cannot read it answers with exceptions, noise
 * on the console and closed documents, depending on where it fails.
 */

/** A UUID is 36 characters behind one byte of length, so the type always stands at this position. */
const NAME_BYTES = 36
export const TYPE_AT = 1 + NAME_BYTES
const BODY_AT = TYPE_AT + 1

const MAX_NAME_BYTES = 512
const MAX_TOKEN_CHARS = 16_384
const MAX_PRESENCE_BYTES = 64_000
const MAX_STATELESS_CHARS = 64_000

/** What tells the programs apart that share a socket; stock providers make theirs of letters and digits. */
const SESSION = /^[\w-]{1,64}$/

export type Inbound =
  | { readonly kind: 'auth' | 'sync' | 'presence' | 'stateless' | 'close'; readonly listId: ListId }
  /** Nothing to do: a keep-alive, or a question that needs no answer. */
  | { readonly kind: 'ignore' }
  /** A name that cannot be a list. `wantsAnswer` when the client asked to open it. */
  | { readonly kind: 'no-list'; readonly name: string; readonly wantsAnswer: boolean }
  | { readonly kind: 'broken'; readonly reason: string }

const IGNORE: Inbound = { kind: 'ignore' }

function broken(reason: string): Inbound {
  return { kind: 'broken', reason }
}

/**
 * Reads one frame from a client; never throws.
 *
 * `isKnown` spares a name that was checked before from being checked for every frame.
 */
export function readFrame(frame: Buffer, isKnown: (name: string) => boolean = () => false): Inbound {
  // The keep-alive of Hocuspocus has neither name nor body.
  if (frame.length === 1 && (frame[0] === 9 || frame[0] === 10)) return IGNORE
  try {
    const name = frame[0] === NAME_BYTES && frame.length > TYPE_AT ? frame.toString('latin1', 1, TYPE_AT) : ''
    return isKnown(name) || isListId(name) ? readBody(frame, name as ListId) : readOtherName(frame)
  } catch {
    // lib0 and Yjs throw whatever they stumble over first; all that matters is that the frame ends too early or lies.
    return broken('The frame is truncated or malformed.')
  }
}

/**
 * `id\0session` is how programs that share one socket tell their frames apart. Taken off here, and put on again by
 * `withSession`: behind it every frame looks alike. Null for a frame without one.
 */
export function splitSession(frame: Buffer): { readonly session: string; readonly frame: Buffer } | null {
  const nameBytes = frame[0] ?? 0
  if (nameBytes <= TYPE_AT || nameBytes > 127 || frame[TYPE_AT] !== 0) return null
  const session = frame.toString('latin1', BODY_AT, 1 + nameBytes)
  if (!SESSION.test(session)) return null
  // The id moves up to the type, in place: this is done for every keystroke of most tabs.
  const removed = nameBytes - NAME_BYTES
  frame.copyWithin(removed + 1, 1, TYPE_AT)
  frame[removed] = NAME_BYTES
  return { session, frame: frame.subarray(removed) }
}

/** The same frame, for that session. */
export function withSession(frame: Uint8Array, session: string): Uint8Array {
  const added = session.length + 1
  const out = Buffer.allocUnsafe(frame.length + added)
  out.set(frame.subarray(0, TYPE_AT))
  out[0] = NAME_BYTES + added
  out[TYPE_AT] = 0
  out.write(session, BODY_AT, 'latin1')
  out.set(frame.subarray(TYPE_AT), TYPE_AT + added)
  return out
}

function readOtherName(frame: Buffer): Inbound {
  const decoder = decoding.createDecoder(frame)
  if (decoding.peekVarUint(decoder) > MAX_NAME_BYTES)
    return broken('The frame does not start with a list id.')
  const name = decoding.readVarString(decoder)
  // A list id behind a length written in two bytes: readable, but nobody honest writes it, and all positions would shift.
  if (isListId(name)) return broken('The frame does not start with a list id.')
  return { kind: 'no-list', name, wantsAnswer: decoding.readVarUint(decoder) === FRAME.auth }
}

function readBody(frame: Buffer, listId: ListId): Inbound {
  const decoder = decoding.createDecoder(frame)
  decoder.pos = BODY_AT
  switch (frame[TYPE_AT]) {
    case FRAME.sync:
      return checkSync(decoder) ?? { kind: 'sync', listId }
    case FRAME.awareness:
      return checkPresence(decoder) ?? { kind: 'presence', listId }
    case FRAME.auth:
      return checkAuth(decoder) ?? { kind: 'auth', listId }
    case FRAME.queryAwareness:
      return IGNORE
    case FRAME.stateless: {
      const tooLong = decoding.readVarString(decoder).length > MAX_STATELESS_CHARS
      return tooLong ? broken('The message is too long.') : { kind: 'stateless', listId }
    }
    case FRAME.close:
      return { kind: 'close', listId }
    default:
      return broken(`Frames of type ${frame[TYPE_AT]} are not known here.`)
  }
}

function checkSync(decoder: decoding.Decoder): Inbound | null {
  // One byte, as everybody writes it. A longer spelling of the same number would be no handshake to whoever compares bytes,
  // and one to whoever decodes them.
  const step = decoding.readUint8(decoder)
  const payload = decoding.readVarUint8Array(decoder)
  // A malformed state vector would throw inside Hocuspocus; a malformed update is the gate's to refuse with a reason.
  if (step === SYNC.step1) Y.decodeStateVector(payload)
  return step > SYNC.update ? broken(`There is no sync step ${step}.`) : null
}

function checkAuth(decoder: decoding.Decoder): Inbound | null {
  if (decoding.readVarUint(decoder) !== AUTH.token) return broken('Only tokens may be sent here.')
  const token = decoding.readVarString(decoder)
  if (decoding.hasContent(decoder)) decoding.readVarString(decoder)
  return token.length > MAX_TOKEN_CHARS ? broken('The token is too long.') : null
}

function checkPresence(decoder: decoding.Decoder): Inbound | null {
  const body = decoding.readVarUint8Array(decoder)
  if (body.length > MAX_PRESENCE_BYTES) return IGNORE
  readPresence(body, () => undefined)
  return null
}

/** Calls `each` for every entry of an awareness update; throws when it cannot be read. */
export function readPresence(body: Uint8Array, each: (clientId: number, isGone: boolean) => void): void {
  const decoder = decoding.createDecoder(body)
  const count = decoding.readVarUint(decoder)
  for (let i = 0; i < count; i++) {
    const clientId = decoding.readVarUint(decoder)
    decoding.readVarUint(decoder)
    const state: unknown = JSON.parse(decoding.readVarString(decoder))
    if (state !== null && typeof state !== 'object') throw new Error('presence must be an object')
    each(clientId, state === null)
  }
}

/** The body of a presence frame that `readFrame` has accepted. */
export function presenceBody(frame: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(frame)
  decoder.pos = BODY_AT
  return decoding.readVarUint8Array(decoder)
}

/** What an outgoing frame means for the life of its document on this socket; null for everything else. */
export function outboundFate(frame: Uint8Array): 'opened' | 'ended' | null {
  if (frame[0] !== NAME_BYTES) return null
  const type = frame[TYPE_AT]
  if (type === FRAME.close) return 'ended'
  if (type !== FRAME.auth) return null
  if (frame[BODY_AT] === AUTH.denied) return 'ended'
  return frame[BODY_AT] === AUTH.authenticated ? 'opened' : null
}

export function listIdOf(frame: Uint8Array): string {
  return Buffer.from(frame.buffer, frame.byteOffset + 1, NAME_BYTES).toString('latin1')
}

function encodeName(name: string): encoding.Encoder {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, name)
  return encoder
}

export function permissionDenied(name: string, reason: string): Uint8Array {
  const encoder = encodeName(name)
  encoding.writeVarUint(encoder, FRAME.auth)
  encoding.writeVarUint(encoder, AUTH.denied)
  encoding.writeVarString(encoder, reason)
  return encoding.toUint8Array(encoder)
}

/** "Your scope is now …": what a client is sent on authentication, and again when its role changes. */
export function authenticated(listId: string, readOnly: boolean): Uint8Array {
  const encoder = encodeName(listId)
  encoding.writeVarUint(encoder, FRAME.auth)
  encoding.writeVarUint(encoder, AUTH.authenticated)
  encoding.writeVarString(encoder, readOnly ? 'readonly' : 'read-write')
  return encoding.toUint8Array(encoder)
}
