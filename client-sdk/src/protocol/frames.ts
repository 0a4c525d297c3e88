import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { AUTH, FRAME, SYNC } from './frame-types.ts'

/**
 * What travels in one WebSocket message: `address, type, body`. The address is the list's id. Ping and Pong are one byte
 * and have no address.
 */
export type Frame =
  | { readonly type: 'token'; readonly token: string; readonly version: string | null }
  /** The server asks for a token again, on an open document. */
  | { readonly type: 'token-request' }
  | { readonly type: 'denied'; readonly reason: string }
  | { readonly type: 'authenticated'; readonly readOnly: boolean }
  /** "This is what I have"; the other side answers with step 2. */
  | { readonly type: 'step-1'; readonly stateVector: Uint8Array }
  | { readonly type: 'step-2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  /** Answers each step 2 and each update, in order: is it durable, or was it refused? */
  | { readonly type: 'sync-status'; readonly saved: boolean }
  | { readonly type: 'awareness'; readonly update: Uint8Array }
  | { readonly type: 'query-awareness' }
  | { readonly type: 'stateless'; readonly payload: string }
  /** From the server with a reason, from a client without one. */
  | { readonly type: 'close'; readonly reason: string | null }
  | { readonly type: 'ping' }
  | { readonly type: 'pong' }

export interface AddressedFrame {
  readonly address: string
  readonly frame: Frame
}

export function encodeFrame(address: string, frame: Frame): Uint8Array {
  const encoder = encoding.createEncoder()
  if (frame.type === 'ping' || frame.type === 'pong') {
    encoding.writeVarUint(encoder, frame.type === 'ping' ? FRAME.ping : FRAME.pong)
    return encoding.toUint8Array(encoder)
  }
  encoding.writeVarString(encoder, address)
  writeBody(encoder, frame)
  return encoding.toUint8Array(encoder)
}

function writeBody(to: encoding.Encoder, frame: Exclude<Frame, { type: 'ping' | 'pong' }>): void {
  switch (frame.type) {
    case 'token':
      writeNumbers(to, FRAME.auth, AUTH.token)
      encoding.writeVarString(to, frame.token)
      if (frame.version !== null) encoding.writeVarString(to, frame.version)
      return
    case 'token-request':
      writeNumbers(to, FRAME.auth, AUTH.token)
      return
    case 'denied':
      writeNumbers(to, FRAME.auth, AUTH.denied)
      encoding.writeVarString(to, frame.reason)
      return
    case 'authenticated':
      writeNumbers(to, FRAME.auth, AUTH.authenticated)
      encoding.writeVarString(to, frame.readOnly ? 'readonly' : 'read-write')
      return
    case 'step-1':
      writeNumbers(to, FRAME.sync, SYNC.step1)
      encoding.writeVarUint8Array(to, frame.stateVector)
      return
    case 'step-2':
      writeNumbers(to, FRAME.sync, SYNC.step2)
      encoding.writeVarUint8Array(to, frame.update)
      return
    case 'update':
      writeNumbers(to, FRAME.sync, SYNC.update)
      encoding.writeVarUint8Array(to, frame.update)
      return
    case 'sync-status':
      writeNumbers(to, FRAME.syncStatus, frame.saved ? 1 : 0)
      return
    case 'awareness':
      writeNumbers(to, FRAME.awareness)
      encoding.writeVarUint8Array(to, frame.update)
      return
    case 'query-awareness':
      writeNumbers(to, FRAME.queryAwareness)
      return
    case 'stateless':
      writeNumbers(to, FRAME.stateless)
      encoding.writeVarString(to, frame.payload)
      return
    case 'close':
      writeNumbers(to, FRAME.close)
      if (frame.reason !== null) encoding.writeVarString(to, frame.reason)
  }
}

function writeNumbers(to: encoding.Encoder, ...numbers: number[]): void {
  for (const number of numbers) encoding.writeVarUint(to, number)
}

/**
 * Reads one message; null for anything that is not a frame of this protocol.
 *
 * Total: bytes from a network must never throw, because a throw in a socket's message handler ends a server process.
 * Bytes after the body are ignored, so that a later version may append fields.
 */
export function decodeFrame(data: Uint8Array): AddressedFrame | null {
  if (data.length === 1 && data[0] === FRAME.ping) return { address: '', frame: { type: 'ping' } }
  if (data.length === 1 && data[0] === FRAME.pong) return { address: '', frame: { type: 'pong' } }
  try {
    const decoder = decoding.createDecoder(data)
    const address = decoding.readVarString(decoder)
    if (address.length === 0) return null
    const frame = readBody(decoder)
    // lib0 does not throw when a length points beyond the end: it hands out what there is and moves past it.
    return frame === null || decoder.pos > data.length ? null : { address, frame }
  } catch {
    // lib0 throws on truncated or overlong numbers: not a frame, which is what null says.
    return null
  }
}

function readBody(from: decoding.Decoder): Frame | null {
  switch (decoding.readVarUint(from)) {
    case FRAME.sync:
      return readSync(from)
    case FRAME.awareness:
      return { type: 'awareness', update: readBytes(from) }
    case FRAME.auth:
      return readAuth(from)
    case FRAME.queryAwareness:
      return { type: 'query-awareness' }
    case FRAME.stateless:
      return { type: 'stateless', payload: decoding.readVarString(from) }
    case FRAME.close:
      return { type: 'close', reason: decoding.hasContent(from) ? decoding.readVarString(from) : null }
    case FRAME.syncStatus:
      return { type: 'sync-status', saved: decoding.readVarUint(from) === 1 }
    default:
      return null
  }
}

function readSync(from: decoding.Decoder): Frame | null {
  switch (decoding.readVarUint(from)) {
    case SYNC.step1:
      return { type: 'step-1', stateVector: readBytes(from) }
    case SYNC.step2:
      return { type: 'step-2', update: readBytes(from) }
    case SYNC.update:
      return { type: 'update', update: readBytes(from) }
    default:
      return null
  }
}

function readAuth(from: decoding.Decoder): Frame | null {
  switch (decoding.readVarUint(from)) {
    case AUTH.token: {
      if (!decoding.hasContent(from)) return { type: 'token-request' }
      const token = decoding.readVarString(from)
      return {
        type: 'token',
        token,
        version: decoding.hasContent(from) ? decoding.readVarString(from) : null,
      }
    }
    case AUTH.denied:
      return { type: 'denied', reason: decoding.readVarString(from) }
    case AUTH.authenticated:
      // An unknown scope counts as read-only: the cautious reading of a word from a newer server.
      return { type: 'authenticated', readOnly: decoding.readVarString(from) !== 'read-write' }
    default:
      return null
  }
}

/** A copy: a view would keep the whole message alive, and storing a view in IndexedDB stores all of its buffer. */
function readBytes(from: decoding.Decoder): Uint8Array {
  return decoding.readVarUint8Array(from).slice()
}
