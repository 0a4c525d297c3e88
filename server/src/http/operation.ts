import { createHash, randomUUID } from 'node:crypto'
import type { UserId } from '@tandem/persistence'
import type { FastifyRequest } from 'fastify'
import { TandemError } from '../errors.ts'

/** One thing a person asked for, however often the request is repeated. */
export interface Operation {
  /** Made by the client when the person acted; null when the request must not be repeated blindly. */
  readonly clientOpId: string | null
  /** A UUID that follows from person, operation and `purpose`: the same on every repeat, and nobody else's. */
  derive(purpose: string): string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
export const OPERATION_HEADERS = ['client-op-id', 'idempotency-key'] as const

/** The operation a request belongs to. Both headers mean the same; two different ones mean nothing. */
export function operationOf(request: Pick<FastifyRequest, 'headers'>, userId: UserId): Operation {
  const given = new Set<string>()
  for (const header of OPERATION_HEADERS) {
    const value = request.headers[header]
    if (value === undefined) continue
    // Quotes, because a string in a structured header (RFC 8941) has them.
    const id = String(value).replace(/^"(.*)"$/, '$1')
    if (!UUID.test(id)) throw new TandemError('validation-error', `${header}: must be one UUID`)
    given.add(id.toLowerCase())
  }
  if (given.size > 1) throw new TandemError('validation-error', 'client-op-id and idempotency-key differ')
  const clientOpId = [...given][0] ?? null
  // With the person in it: knowing somebody's operation id must not be enough to pass for a repeat of theirs.
  const seed = JSON.stringify([userId, clientOpId ?? randomUUID()])
  return { clientOpId, derive: (purpose) => uuidFrom(`${purpose} ${seed}`) }
}

/** A UUID of version 8: what is in it is our business. */
function uuidFrom(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
