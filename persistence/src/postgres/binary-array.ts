/**
 * Arrays in PostgreSQL's binary form.
 *
 * pg sends a Buffer as it is; given JavaScript arrays it would build escaped text and hex of every byte, and the server would
 * parse that again: several times the cost of everything else in an append.
 */

const oids = { int4: 23, text: 25, bytea: 17, uuid: 2950, jsonb: 3802 } as const
type ElementType = keyof typeof oids

const headerBytes = 20
const jsonbVersion = 1

export function int4Array(values: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(headerBytes + values.length * 8)
  let at = writeHeader(buffer, 'int4', values.length)
  for (const value of values) {
    at = buffer.writeInt32BE(4, at)
    at = buffer.writeInt32BE(value, at)
  }
  return finish(buffer, at, values.length)
}

export function uuidArray(values: readonly string[]): Buffer {
  const buffer = Buffer.allocUnsafe(headerBytes + values.length * 20)
  let at = writeHeader(buffer, 'uuid', values.length)
  for (const value of values) {
    at = buffer.writeInt32BE(16, at)
    at = writeUuid(buffer, value, at)
  }
  return finish(buffer, at, values.length)
}

export function byteaArray(values: readonly Uint8Array[]): Buffer {
  let size = headerBytes
  for (const value of values) size += 4 + value.byteLength
  const buffer = Buffer.allocUnsafe(size)
  let at = writeHeader(buffer, 'bytea', values.length)
  for (const value of values) {
    at = buffer.writeInt32BE(value.byteLength, at)
    buffer.set(value, at)
    at += value.byteLength
  }
  return finish(buffer, at, values.length)
}

export function textArray(values: readonly (string | null)[]): Buffer {
  return stringArray('text', values)
}

/** The values are JSON texts. */
export function jsonbArray(values: readonly string[]): Buffer {
  return stringArray('jsonb', values)
}

function stringArray(type: 'text' | 'jsonb', values: readonly (string | null)[]): Buffer {
  let size = headerBytes
  // A UTF-16 unit takes at most three bytes: cheaper to reserve than to count.
  for (const value of values) size += 5 + (value === null ? 0 : value.length * 3)
  const buffer = Buffer.allocUnsafe(size)
  let at = writeHeader(buffer, type, values.length)
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(-1, at)
      continue
    }
    const lengthAt = at
    at += 4
    if (type === 'jsonb') at = buffer.writeUInt8(jsonbVersion, at)
    at += buffer.write(value, at, 'utf8')
    buffer.writeInt32BE(at - lengthAt - 4, lengthAt)
  }
  return finish(buffer, at, values.length)
}

function writeHeader(buffer: Buffer, type: ElementType, length: number): number {
  buffer.writeInt32BE(1, 0)
  // "May contain nulls"; PostgreSQL looks for itself.
  buffer.writeInt32BE(type === 'text' ? 1 : 0, 4)
  buffer.writeInt32BE(oids[type], 8)
  buffer.writeInt32BE(length, 12)
  return buffer.writeInt32BE(1, 16)
}

function finish(buffer: Buffer, end: number, length: number): Buffer {
  // An empty array has no dimensions at all.
  if (length === 0) {
    buffer.writeInt32BE(0, 0)
    return buffer.subarray(0, 12)
  }
  return buffer.subarray(0, end)
}

function writeUuid(buffer: Buffer, uuid: string, start: number): number {
  let at = start
  let high = -1
  for (let i = 0; i < 36; i++) {
    const code = uuid.charCodeAt(i)
    if (code === 45) continue
    const nibble = code < 58 ? code - 48 : code - 87
    if (high < 0) {
      high = nibble
      continue
    }
    buffer[at++] = (high << 4) | nibble
    high = -1
  }
  return at
}
