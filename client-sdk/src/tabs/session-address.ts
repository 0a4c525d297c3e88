import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { AUTH, FRAME } from '../protocol/frame-types.ts'

/** `name` and `name\0session` are the same list for two programs on one socket; a session is letters, digits, `_` and `-`. */
const SEPARATOR = '\0'

export interface Routed {
  /** Empty for a frame that names none. */
  readonly session: string
  /** Without the session; empty for the one-byte frames that have no address. */
  readonly name: string
  /** The same frame without the session. */
  readonly frame: Uint8Array
  /** What it does to the list's life on the socket; `presence` is what may be lost. */
  readonly kind: 'opens' | 'ends' | 'presence' | null
}

/** Where a frame belongs, either way; null for what has no address. */
export function route(frame: Uint8Array): Routed | null {
  if (frame.length < 3) return null
  try {
    const decoder = decoding.createDecoder(frame)
    const address = decoding.readVarString(decoder)
    const rest = frame.subarray(decoder.pos)
    const at = address.indexOf(SEPARATOR)
    const kind = kindOf(rest)
    if (at === -1) return { session: '', name: address, frame, kind }
    const name = address.slice(0, at)
    return { session: address.slice(at + 1), name, frame: framed(name, rest), kind }
  } catch {
    // Not a frame of this protocol: whoever would read it could not either.
    return null
  }
}

/** The same frame, for that session. */
export function inSession({ name, frame }: Routed, session: string): Uint8Array {
  if (session === '') return frame
  const decoder = decoding.createDecoder(frame)
  decoding.readVarString(decoder)
  return framed(`${name}${SEPARATOR}${session}`, frame.subarray(decoder.pos))
}

/** What a tab that can speak no more would have said. */
export function closeFrame(name: string, session: string): Uint8Array {
  return framed(session === '' ? name : `${name}${SEPARATOR}${session}`, new Uint8Array([FRAME.close]))
}

function framed(address: string, rest: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, address)
  encoding.writeUint8Array(encoder, rest)
  return encoding.toUint8Array(encoder)
}

function kindOf(rest: Uint8Array): Routed['kind'] {
  if (rest[0] === FRAME.close) return 'ends'
  if (rest[0] === FRAME.awareness) return 'presence'
  if (rest[0] !== FRAME.auth) return null
  if (rest[1] === AUTH.token) return 'opens'
  return rest[1] === AUTH.denied ? 'ends' : null
}

/** A copy of all of its buffer travels with a view, and nothing else of this frame's should. */
export function alone(frame: Uint8Array): Uint8Array {
  return frame.byteLength === frame.buffer.byteLength ? frame : frame.slice()
}
