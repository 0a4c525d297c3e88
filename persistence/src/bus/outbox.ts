import type { BusMessage, ListId, UserId } from '../ports.ts'

/** NOTIFY takes less than 8,000 bytes; the rest is room for the envelope. */
const maxPayloadBytes = 7_500
const maxReasonLength = 300

type Wire =
  | ['u', ListId, number]
  | ['r', ListId, string]
  | ['a', ListId, UserId]
  | ['l', ListId]
  | ['s', UserId, string | null]

/**
 * Messages on their way out. Of several about the same thing only the latest is kept, so that a node that was cut off for an hour
 * has at most one message per list to tell.
 */
export class Outbox {
  readonly #messages = new Map<string, BusMessage>()
  readonly #maxMessages: number

  constructor(maxMessages = 10_000) {
    this.#maxMessages = maxMessages
  }

  get size(): number {
    return this.#messages.size
  }

  add(message: BusMessage): void {
    const key = keyOf(message)
    const earlier = this.#messages.get(key)
    if (earlier?.kind === 'updates' && message.kind === 'updates' && earlier.seq > message.seq) return
    this.#messages.set(key, message)
    if (this.#messages.size <= this.#maxMessages) return
    const oldest = this.#oldestHint()
    if (oldest !== undefined) this.#messages.delete(oldest)
  }

  /** A hint that is lost costs its receivers a look at the log; of a change of access they would learn late. */
  #oldestHint(): string | undefined {
    for (const [key, { kind }] of this.#messages) if (kind === 'updates' || kind === 'resync') return key
    return this.#messages.keys().next().value
  }

  /** Takes as many as one NOTIFY may carry; null when there are none. */
  take(nodeId: string): { payload: string; messages: BusMessage[] } | null {
    const parts: string[] = []
    const messages: BusMessage[] = []
    let bytes = Buffer.byteLength(nodeId)
    for (const [key, message] of this.#messages) {
      const part = JSON.stringify(encode(message))
      const size = Buffer.byteLength(part) + 1
      // A message that is too large alone cannot be sent at all.
      if (bytes + size > maxPayloadBytes && parts.length > 0) break
      this.#messages.delete(key)
      if (size > maxPayloadBytes) continue
      bytes += size
      parts.push(part)
      messages.push(message)
    }
    if (parts.length === 0) return null
    return { payload: `[${JSON.stringify(nodeId)},${parts.join(',')}]`, messages }
  }
}

/** Null for what is not ours to read: another version's payload, or anybody's NOTIFY on our channel. */
export function readPayload(payload: string): { nodeId: string; messages: BusMessage[] } | null {
  try {
    const parsed: unknown = JSON.parse(payload)
    if (!Array.isArray(parsed) || typeof parsed[0] !== 'string') return null
    return { nodeId: parsed[0], messages: parsed.slice(1).flatMap(decode) }
  } catch {
    return null
  }
}

/** What a message is about; a later one about the same replaces it. */
function keyOf(message: BusMessage): string {
  switch (message.kind) {
    case 'updates':
    case 'resync':
    case 'list-access':
      return `${message.kind} ${message.listId}`
    case 'access':
      return `access ${message.listId} ${message.userId}`
    case 'session-ended':
      return `session ${JSON.stringify([message.userId, message.sessionId])}`
  }
}

function encode(message: BusMessage): Wire {
  switch (message.kind) {
    case 'updates':
      return ['u', message.listId, message.seq]
    case 'resync':
      return ['r', message.listId, message.reason.slice(0, maxReasonLength)]
    case 'access':
      return ['a', message.listId, message.userId]
    case 'list-access':
      return ['l', message.listId]
    case 'session-ended':
      return ['s', message.userId, message.sessionId]
  }
}

function decode(value: unknown): BusMessage[] {
  if (!Array.isArray(value) || typeof value[1] !== 'string') return []
  const [kind, about, last]: unknown[] = value
  const listId = about as ListId
  if (kind === 'u' && typeof last === 'number') return [{ kind: 'updates', listId, seq: last }]
  if (kind === 'r' && typeof last === 'string') return [{ kind: 'resync', listId, reason: last }]
  if (kind === 'a' && typeof last === 'string') return [{ kind: 'access', listId, userId: last as UserId }]
  if (kind === 'l') return [{ kind: 'list-access', listId }]
  if (kind === 's' && (typeof last === 'string' || last === null)) {
    return [{ kind: 'session-ended', userId: about as UserId, sessionId: last }]
  }
  return []
}
