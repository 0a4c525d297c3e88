import type { ApiToken, EndReason, Invitation, ShareLink, StoredAnswer } from '../people-ports.ts'
import type { StoredRole, UserId } from '../ports.ts'

/** What the tables about people hold, for the adapters in memory. `order` says what came first. */

export interface MemoryGrant {
  readonly userId: UserId
  role: StoredRole
  readonly grantedBy: UserId
  readonly grantedAt: Date
  /** When the role was last given. */
  decided: number
  linkId: string | null
  anonymousId: string | null
  isAnonymous: boolean
  ended: {
    readonly at: Date
    readonly by: UserId
    readonly why: Exclude<EndReason, 'list-deleted'>
    readonly order: number
  } | null
}

export interface MemoryInvitation extends Invitation {
  readonly order: number
}

export interface MemoryLink extends Omit<ShareLink, 'uses' | 'hasPassword'> {
  readonly tokenHash: Uint8Array
  readonly passwordHash: string | null
  readonly order: number
  uses: number
  isRevoked: boolean
}

export interface MemoryApiToken extends Omit<ApiToken, 'lastUsedAt'> {
  readonly tokenHash: Uint8Array
  lastUsedAt: Date | null
  isRevoked: boolean
}

export interface MemoryAnswer {
  readonly fingerprint: string
  claimedAt: Date
  answer: StoredAnswer | null
}
