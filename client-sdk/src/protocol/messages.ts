import { isRecordKind } from '../model/keys.ts'
import type { CollisionOp } from '../model/ops.ts'
import type { SharingSettings } from './can.ts'
import type { Refusal } from './refusal.ts'
import { REFUSAL_CODES } from './refusal.ts'

/** Roles from least to most; `can` tables compare by position. */
export const ROLES = ['viewer', 'commenter', 'checker', 'editor', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** What the server tells one document connection, as JSON in a Hocuspocus stateless frame. */
export type ServerMessage =
  /** First message after authentication. */
  | {
      readonly type: 'welcome'
      readonly protocol: number
      readonly role: Role
      readonly userId: string
      /** The id under which this person's edits stand in this list, when it is not `userId`: they asked not to be named here. */
      readonly authorId?: string
      readonly settings?: SharingSettings
      /** Sent again while connected: the name of who changed the role, null when they are not to be named. */
      readonly changedBy?: string | null
    }
  /** The next SyncStatus(0) on this document answers an edit that was refused for this reason. */
  | { readonly type: 'refused'; readonly refusal: Refusal }
  /** The server cannot write at the moment; edits wait and nothing was lost. Sent again with `recovered`. */
  | { readonly type: 'storage'; readonly state: 'failing' | 'recovered' }
  /** Rows of this list's log are missing or unreadable: what you see may be incomplete. */
  | { readonly type: 'damaged'; readonly details: readonly string[] }
  /** Answer to `check`: `moved` means the states were not comparable just now, ask again when idle. */
  | {
      readonly type: 'check-result'
      readonly id: number
      readonly verdict: 'same' | 'different' | 'moved'
    }
  /** In the update logged at `seq`, people wrote fields unseen by each other. To everybody, as soon as it is durable. */
  | { readonly type: 'collisions'; readonly seq: number; readonly collisions: readonly Collided[] }
  /** Answer to `missed`: the same of all updates asked about, as far as this person wrote one of the values. */
  | { readonly type: 'missed-collisions'; readonly upTo: number; readonly collisions: readonly Collided[] }
  /** What only REST tells has changed: the people of this list, or the lists of this person. */
  | { readonly type: 'changed'; readonly what: 'people' | 'lists' }
  /** An operator asks every client to take the server's state afresh; pending edits are kept. */
  | { readonly type: 'resync'; readonly reason: string }
  /** To the socket, without an address: it has had no list open for long, and is about to be closed. */
  | { readonly type: 'idle-disconnect' }

/** `kept` is what the field holds since, `other` is in no document any more. */
export type Collided = Omit<CollisionOp, 'op'>

/** What a client tells the server about one document. */
export type ClientMessage =
  /** "At this state vector (base64) my content hashes to this; is yours the same?" */
  | {
      readonly type: 'check'
      readonly id: number
      readonly stateVector: string
      readonly hash: string
    }
  /** "Which of my values collided since this position of the log?" Null: from now on. Answered once for each time the list is opened. */
  | { readonly type: 'missed'; readonly after: number | null }
  /** "Do not show the others that I have this list open", or do; for this connection. Shown unless said otherwise. */
  | { readonly type: 'presence'; readonly visible: boolean }

export function encodeMessage(message: ServerMessage | ClientMessage): string {
  return JSON.stringify(message)
}

function parseObject(text: string): Record<string, unknown> | null {
  if (text.length > 64_000) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    // Not JSON: some other program's stateless message. Total by design, because a throw here would be a remote crash.
    return null
  }
}

/** Null for anything that is not a well-formed client message; never throws. */
export function parseClientMessage(text: string): ClientMessage | null {
  const m = parseObject(text)
  if (m === null) return null
  if (m['type'] === 'missed') {
    const { after } = m
    return after === null || isPosition(after) ? { type: 'missed', after } : null
  }
  if (m['type'] === 'presence') {
    const { visible } = m
    return typeof visible === 'boolean' ? { type: 'presence', visible } : null
  }
  if (m['type'] !== 'check') return null
  const { id, stateVector, hash } = m
  if (!Number.isSafeInteger(id) || typeof stateVector !== 'string' || typeof hash !== 'string') return null
  return { type: 'check', id: id as number, stateVector, hash }
}

/** Null for anything unknown, so that an older client ignores what a newer server says; never throws. */
export function parseServerMessage(text: string): ServerMessage | null {
  const m = parseObject(text)
  if (m === null) return null
  switch (m['type']) {
    case 'welcome':
      return typeof m['userId'] === 'string' && (ROLES as readonly unknown[]).includes(m['role'])
        ? (m as ServerMessage)
        : null
    case 'refused': {
      const r = m['refusal'] as Partial<Refusal> | undefined
      return r && typeof r.code === 'string' && Object.hasOwn(REFUSAL_CODES, r.code) && Array.isArray(r.keys)
        ? (m as ServerMessage)
        : null
    }
    case 'storage':
      return m['state'] === 'failing' || m['state'] === 'recovered' ? (m as ServerMessage) : null
    case 'damaged':
      return Array.isArray(m['details']) ? (m as ServerMessage) : null
    case 'check-result':
      return Number.isSafeInteger(m['id']) && typeof m['verdict'] === 'string' ? (m as ServerMessage) : null
    case 'collisions':
      return isPosition(m['seq']) && areCollided(m['collisions']) ? (m as ServerMessage) : null
    case 'missed-collisions':
      return isPosition(m['upTo']) && areCollided(m['collisions']) ? (m as ServerMessage) : null
    case 'changed':
      return m['what'] === 'people' || m['what'] === 'lists' ? (m as ServerMessage) : null
    case 'resync':
      return { type: 'resync', reason: typeof m['reason'] === 'string' ? m['reason'] : '' }
    case 'idle-disconnect':
      return { type: 'idle-disconnect' }
    default:
      return null
  }
}

function isPosition(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function areCollided(value: unknown): boolean {
  return Array.isArray(value) && value.every(isCollided)
}

function isCollided(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { kind, id, field, kept, other } = value as Partial<Record<keyof Collided, unknown>>
  const isOfList = kind === 'list' && id === undefined
  const isOfRecord = typeof kind === 'string' && isRecordKind(kind) && typeof id === 'string'
  return (isOfList || isOfRecord) && typeof field === 'string' && isWritten(kept) && isWritten(other)
}

function isWritten(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'value' in value &&
    'by' in value &&
    typeof value.by === 'string'
  )
}
