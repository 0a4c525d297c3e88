import * as decoding from 'lib0/decoding'

/** Why decoding stopped. Thrown and caught inside the decoder only. */
export class Unreadable extends Error {
  readonly code: 'malformed' | 'unknown-root' | 'wrong-type'
  readonly at: string | null

  constructor(code: Unreadable['code'], message: string, at: string | null = null) {
    super(message)
    this.name = 'Unreadable'
    this.code = code
    this.at = at
  }
}

/** Deeper than the schema ever allows, and far from the depth at which a recursive reader runs out of stack. */
const MAX_DEPTH = 64

/**
 * Reads one value in lib0's `any` encoding, and only if it is JSON.
 *
 * Not `decoding.readAny`: that recurses as deep as the sender likes, lets a property named `__proto__` replace the object's
 * prototype (a value that validators then see and JSON does not), and returns bigints, bytes and undefined.
 */
export function readJsonValue(decoder: decoding.Decoder, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new Unreadable('wrong-type', `A value is nested deeper than ${MAX_DEPTH}.`)
  switch (readByte(decoder)) {
    case 126:
      return null
    case 125:
      return decoding.readVarInt(decoder)
    case 124:
      return finite(decoding.readFloat32(decoder))
    case 123:
      return finite(readFloat64(decoder))
    case 121:
      return false
    case 120:
      return true
    case 119:
      return readText(decoder)
    case 118:
      return readObject(decoder, depth)
    case 117:
      return readArray(decoder, depth)
    case 127:
    case 122:
    case 116:
      throw new Unreadable('wrong-type', 'A value is not plain JSON.')
    default:
      throw new Unreadable('malformed', 'A value has an unknown type.')
  }
}

/** Bytes past the end read as `undefined` in lib0; here they are an error. */
export function readByte(decoder: decoding.Decoder): number {
  const byte = decoder.arr[decoder.pos]
  if (byte === undefined) throw new Unreadable('malformed', 'The update ends too early.')
  decoder.pos += 1
  return byte
}

/** Same as `decoding.readVarString`; most strings are short and plain, and for those a TextDecoder is the slow way. */
export function readText(decoder: decoding.Decoder): string {
  const start = decoder.pos
  const length = decoding.readVarUint(decoder)
  const end = decoder.pos + length
  let text = ''
  for (let at = decoder.pos; length <= 48 && at < end; at++) {
    const byte = decoder.arr[at] ?? 0x80
    if (byte >= 0x80) break
    text += String.fromCharCode(byte)
  }
  if (text.length === length) {
    decoder.pos = end
    return text
  }
  decoder.pos = start
  return decoding.readVarString(decoder)
}

const SCRATCH = new DataView(new ArrayBuffer(8))

/** Same as `decoding.readFloat64`, without a DataView for each: every register holds a moment, and moments are floats. */
function readFloat64(decoder: decoding.Decoder): number {
  for (let i = 0; i < 8; i++) SCRATCH.setUint8(i, readByte(decoder))
  return SCRATCH.getFloat64(0)
}

function readObject(decoder: decoding.Decoder, depth: number): Record<string, unknown> {
  const count = decoding.readVarUint(decoder)
  const object: Record<string, unknown> = {}
  // A huge `count` costs nothing: every turn consumes a byte or throws.
  for (let i = 0; i < count; i++) {
    const name = readText(decoder)
    if (name === '__proto__') throw new Unreadable('wrong-type', 'A value has a property named __proto__.')
    object[name] = readJsonValue(decoder, depth + 1)
  }
  return object
}

function readArray(decoder: decoding.Decoder, depth: number): unknown[] {
  const count = decoding.readVarUint(decoder)
  const array: unknown[] = []
  for (let i = 0; i < count; i++) array.push(readJsonValue(decoder, depth + 1))
  return array
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value
  throw new Unreadable('wrong-type', 'A number is not finite.')
}
